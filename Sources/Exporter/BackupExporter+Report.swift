import Backups
import Fleet
import History
import Northflank
package import Reports
import Settings

extension BackupExporter {
    /// What was kept of every addon in a range of days. Reads the history, which takes as long as its disk does.
    ///
    /// - Throws: `ReportRequest.Problem` if the history has nothing of it.
    package func backupReport(_ request: ReportRequest) throws(ReportRequest.Problem) -> BackupReport {
        let now = time.wall
        let zones = Dictionary(fleet.accounts.map { ($0.name, $0.polling.zone) }, uniquingKeysWith: { $1 })
        return try BackupReport(
            request, keys: history.keys(at: now), past: { history.past(of: $0, at: now) },
            zone: { zones[$0] ?? .utc },
            zones: TimeZones.zone, madeAt: now, version: BuildInfo.version)
    }
}
