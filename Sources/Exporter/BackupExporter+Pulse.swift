import Backups
import Catalog
import Fleet
import History
import Logging
import Northflank
import Polling
import Reports
import Settings

/// The log messages and pages while polling stands still.
extension BackupExporter {
    /// The reason for which the exporter does not work, for people; nil if it works.
    package var standstill: String? {
        guard let (account, seconds) = pulse.standstills.first else { return nil }
        return Self.standstill(of: account, for: .seconds(seconds.rounded()), path: historyPath)
    }

    /// The sentence about a poller that is blocked.
    ///
    /// - Parameter path: the file of the history; nil for one in memory, which waits for no disk.
    static func standstill(of account: String, for duration: Duration, path: String?) -> String {
        let fact = "The poller of account \(account) is blocked for \(DurationText.attempt(duration))"
        guard let path else { return "\(fact). Restart the exporter." }
        return "\(fact): no answer from the disk of \(path). Check that disk, then restart the exporter."
    }

    /// The addons to show. Their runner judges them; while it stands still they are judged here, so that an addon
    /// without polls does not stay ok.
    var addons: [RenderedAddon] {
        let standing = Set(pulse.standstills.map(\.account))
        let addons = fleet.items
        guard !standing.isEmpty else { return addons }
        let intervals = Dictionary(uniqueKeysWithValues: fleet.accounts.map { ($0.name, $0.polling.pollInterval) })
        let zones = Dictionary(uniqueKeysWithValues: fleet.accounts.map { ($0.name, $0.polling.zone) })
        let now = time.wall
        return addons.map { addon in
            let account = addon.addon.key.account
            guard standing.contains(account), let interval = intervals[account], let zone = zones[account] else {
                return addon
            }
            var addon = addon.addon
            addon.review(now: now, limit: PollingStatus.longestAge(interval), zone: zone)
            return RenderedAddon(addon)
        }
    }

    /// Logs when the poller of an account is blocked, and when it continues.
    func watchPulse() async {
        var began: [String: Double] = [:]
        pulse.beginLooking()
        repeat {
            let blocked = Dictionary(pulse.standstills.map { ($0.account, $0.seconds) }, uniquingKeysWith: max)
            for (account, seconds) in blocked.sorted(by: { $0.key < $1.key }) where began[account] == nil {
                began[account] = pulse.time.uptime - seconds
                var facts: Logger.Metadata = ["account": "\(account)", "for": "\(Self.text(seconds))"]
                facts["path"] = historyPath.map { "\($0)" }
                facts["remedy"] =
                    historyPath == nil
                    ? "restart the exporter" : "check the disk of the path, then restart the exporter"
                log.error("poller blocked", metadata: facts)
            }
            for (account, start) in began.sorted(by: { $0.key < $1.key }) where blocked[account] == nil {
                began[account] = nil
                log.info(
                    "poller continues",
                    metadata: [
                        "account": "\(account)", "blocked_for": "\(Self.text(pulse.time.uptime - start))",
                    ])
            }
        } while (try? await pulse.time.sleep(for: 10)) != nil
    }

    private static func text(_ seconds: Double) -> String { PrometheusDuration.text(.seconds(seconds.rounded())) }

    /// The file of the history; nil for one in memory.
    private var historyPath: String? {
        switch loader.historyLocation(configuration) {
        case .file(let path): path
        case .memory: nil
        }
    }
}
