import Backups
import Catalog
import Fleet
import Logging
import Northflank
import Polling
import Settings

/// The log messages and pages while polling stands still.
extension BackupExporter {
    /// The reason for which the exporter does not work, for people; nil if it works.
    package var standstill: String? {
        guard let (account, seconds) = pulse.standstills.first else { return nil }
        let duration = PrometheusDuration.text(.seconds(seconds.rounded()))
        return "Polling of account \(account) has stood still for \(duration); the disk of the history may not answer."
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

    /// Logs when polling stands still and when it goes on.
    func watchPulse() async {
        var told: Set<String> = []
        pulse.beginLooking()
        repeat {
            let standing = Set(pulse.standstills.map(\.account))
            for account in standing.subtracting(told).sorted() {
                log.error(
                    "polling stands still; the disk of the history may not answer", metadata: ["account": "\(account)"])
            }
            for account in told.subtracting(standing).sorted() {
                log.info("polling goes on", metadata: ["account": "\(account)"])
            }
            told = standing
        } while (try? await pulse.time.sleep(for: 10)) != nil
    }
}
