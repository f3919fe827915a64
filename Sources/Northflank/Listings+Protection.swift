package import Backups

/// An entry of an addon's list of restores.
package struct RestoreListing: Equatable, Sendable {
    package var id: String
    package var status: BackupStatus
    /// The end of the restore. For a completed restore without an end, its start. Nil before the end, or if the API
    /// does not say.
    package var completedAt: Timestamp?

    package init(id: String, status: BackupStatus, completedAt: Timestamp? = nil) {
        self.id = id
        self.status = status
        self.completedAt = completedAt
    }
}

extension RestoreListing: ListEntry {
    static let list = PageDecoder.List(
        path: "data.restores", columns: ["id", "status", "completedAt", "restoreTimestamp"])

    var identity: String { id }

    init(row: PageDecoder.Row) throws(APIError) {
        id = try row[0].requiredText()
        status = BackupStatus(word: try row[1].text() ?? "")
        let started = try row[3].timestamp()
        completedAt = try row[2].timestamp() ?? (status == .completed ? started : nil)
    }
}

extension BackupSchedule: ListEntry {
    static let list = PageDecoder.List(
        path: "data.schedules",
        columns: [
            "id", "backupType", "scheduling.interval", "scheduling.minute", "scheduling.hour", "scheduling.day",
            "retentionTime", "createdAt", "updatedAt",
        ])

    var identity: String { id }

    /// Strict about the values that decide slots: a partly understood schedule would report slots as missed that do
    /// not exist.
    init(row: PageDecoder.Row) throws(APIError) {
        let word = try row[2].text() ?? ""
        guard let interval = Interval(rawValue: word) else { throw row[2].wrong("hourly, daily or weekly") }
        // The API counts in days.
        let retention = row[6].lenientCount.flatMap { days -> Duration? in
            let (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
            return overflow || days == 0 ? nil : .seconds(seconds)
        }
        let createdAt = try row[7].timestamp()
        self.init(
            id: try row[0].requiredText(),
            type: try row[1].backupType(),
            rule: Rule(
                interval: interval, minutes: try row[3].integers().map { Int($0) },
                hours: try row[4].integers().map { Int($0) }, days: try row[5].integers().map { Int($0) }),
            retention: retention,
            effectiveFrom: try row[8].timestamp() ?? createdAt ?? Timestamp(milliseconds: 0))
    }
}

extension PageDecoder.Cell {
    /// The API's `backupType` of a schedule.
    fileprivate func backupType() throws(APIError) -> BackupType {
        switch try text() {
        case "dump": .dump
        case "snapshot": .snapshot
        default: .unknown
        }
    }
}
