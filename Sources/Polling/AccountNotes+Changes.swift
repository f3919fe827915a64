import Backups
import Logging

extension AccountNotes {
    /// What changed in the verdict on an addon. Its first verdict is no change.
    static func changes(from old: Addon?, to new: Addon) -> [AccountNote] {
        guard let old, old.lastObserved != nil, old.verdict != new.verdict else { return [] }
        var notes: [AccountNote] = []
        if old.verdict.state != new.verdict.state {
            var facts = metadata(new.key)
            facts["from"] = old.verdict.state.rawValue
            facts["to"] = new.verdict.state.rawValue
            facts["findings"] = new.verdict.findings.compactMap { $0.kind?.rawValue }.joined(separator: ",")
            // Of an outage the account has a line.
            let isOutage = [old.verdict.state, new.verdict.state].contains(.unknown)
            notes.append(AccountNote(isOutage ? .debug : .info, "state changed", facts))
        }
        for case .removedEarly(let type, let removal) in new.verdict.findings
        where !old.verdict.findings.contains(.removedEarly(type: type, removal)) {
            var facts = metadata(new.key)
            facts["type"] = type.label
            facts["removed"] = "\(removal.removed)"
            facts["listed"] = "\(removal.removed + removal.left)"
            facts["left"] = "\(removal.left)"
            notes.append(AccountNote(.warning, "backups removed early", facts))
        }
        return notes
    }
}
