import Backups
import Catalog
import Fleet
import History
import Northflank
package import Reports
import Settings

extension BackupExporter {
    /// All that explains the verdict on an addon. Reads the history, which takes as long as its disk does.
    ///
    /// - Parameters:
    ///   - path: account, project and addon; the account can be left out.
    ///   - days: of slots.
    ///   - runbooks: where the explanation finds its runbook.
    package func explain(_ path: [String], days: Int, runbooks: RunbookLinks = RunbookLinks()) -> ExplanationAnswer {
        let addons = addons.map(\.addon)
        let found: AddonKey
        switch AddonSearch(addons.map(\.key)).find(path) {
        case .found(let key): found = key
        case .unknown(let problem): return .unknown(problem)
        case .ambiguous(let problem): return .ambiguous(problem)
        }
        let configuration = configuration
        guard let addon = addons.first(where: { $0.key == found }),
            let account = fleet.accounts.first(where: { $0.name == found.account }),
            let settings = configuration.accounts.first(where: { $0.name == found.account })
            // Only while a reload takes the account out of service.
        else { return .unknown("no addon \(path.joined(separator: "/")) is watched") }
        let now = time.wall
        let facts = ExplanationFacts(
            addon, past: history.past(of: found, at: now),
            decided: settings.resolve(found, type: addon.type, tags: addon.record?.tags ?? []), account: account,
            configuration: settings, usesSlots: configuration.poll.slots, now: now)
        return .explanation(Explanation(facts, days: days, runbooks: runbooks))
    }
}
