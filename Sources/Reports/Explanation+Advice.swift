import Backups
import Settings

extension Explanation {
    /// What to do about the findings, the worst first; nothing while a waiver is in force.
    func steps(_ facts: ExplanationFacts) -> [Advice] {
        if facts.addon.verdict.waived != nil { return [] }
        if facts.addon.isGone { return goneAdvice(facts) }
        var steps: [String] = []
        for finding in facts.addon.verdict.findings {
            for step in self.steps(finding, facts) where !steps.contains(where: { $0.hasSameAction(as: step) }) {
                steps.append(step)
            }
        }
        return steps.map { Advice(text: $0, command: nil) }
    }

    private func steps(_ finding: Backups.Finding, _ facts: ExplanationFacts) -> [String] {
        switch finding {
        case .neverCompleted:
            ["Check at Northflank that \(schedules(nil)).", "Start \(usual(facts).article) by hand. \(changesBy)"]
        case .attemptFailed(let type, let status, _, let inARow): failed(type, status, inARow, facts)
        case .unfinished(let type, _, _):
            [
                "Open the running \(type.label) at Northflank. If it makes no progress, abort it.",
                "Start \(type.article) by hand. \(changesBy)",
            ]
        case .slotsMissed(let type, _, _):
            ["Check at Northflank that \(schedules(type)).", "Start \(type.article) by hand. \(changesBy)"]
        case .tooOld(let type, _, _): ["Start \((type ?? usual(facts)).article) by hand. \(changesBy)"]
        case .empty(let type, _, _), .oddSize(let type, _, _, _):
            [
                "Compare the size of the newest \(type.label) with the data in the database.",
                "Restore the \(type.label) into a new addon: only a restore proves it. If the new size is right, set "
                    + "sizes_since in the configuration.",
            ]
        case .removedEarly:
            ["Check Northflank's audit log for deleted backups, and the retention of the schedules."]
        case .futureDated:
            ["Compare the dates of the newest backups at Northflank with the clock. Report them to its support."]
        case .tooShallow: ["Lengthen the retention of the schedules at Northflank beyond the time between two slots."]
        case .tooFew(let type, _, _):
            ["Start \((type ?? usual(facts)).article) by hand, and let a schedule take enough of them."]
        case .tooShort:
            ["Lengthen the retention of the schedules at Northflank to what min_span demands."]
        case .restoreOverdue:
            [
                "Restore the newest backup into a new addon at Northflank, and delete that addon after a look at its data."
            ]
        case .notSinceUpgrade:
            ["Start \(usual(facts).article) by hand. \(changesBy)"]
        case .schedulesForbidden, .restoresUnreadable:
            ["Add the permission Project > Addons > General > Read to the role of the token at Northflank."]
        case .noObjective, .scheduleNotUnderstood:
            [
                "Add a backup schedule at Northflank with a slot outside of maintenance windows, or set max_age for the addon "
                    + "in the configuration."
            ]
        case .notObserved: unobserved(facts)
        case .unreadable, .cut:
            ["Compare the list at Northflank with the attempts above: what is not read does not count."]
        // What is gone has advice of its own.
        case .paused, .gone: []
        }
    }

    private func failed(_ type: BackupType, _ status: BackupStatus, _ inARow: Int, _ facts: ExplanationFacts)
        -> [String]
    {
        guard status == .failed else {
            return [
                "Northflank does not support \(type.label)s of this addon: replace the schedule by one of another type."
            ]
        }
        let others = BackupType.scheduled.filter { $0 != type && !facts.holds("attempt-failed", $0) }
        return [
            "Read the logs of the failed \(inARow == 1 ? type.label : "\(type.label)s") at Northflank."
                + failures(type, inARow),
            others.first.map { "Start \($0.article) by hand, so that today's data are in a backup." },
            "After the repair start \(type.article) by hand. \(changesBy)",
        ].compactMap(\.self)
    }

    /// What the failed attempts have in common.
    private func failures(_ type: BackupType, _ inARow: Int) -> String {
        let mine = attempts.filter { $0.type == type.label && ["failed", "completed"].contains($0.status) }
        let failed = mine.prefix { $0.status == "failed" }
        let longest = failed.compactMap(\.tookSeconds).max()
        let usual = Durations(
            milliseconds: mine.filter { $0.status == "completed" }.compactMap(\.tookSeconds).map { $0 * 1000 }
        )
        .quantile(0.5)
        guard failed.count == inARow, let longest, let usual else { return "" }
        let all = inARow == 1 ? "It ended" : "All \(inARow) ended"
        let times = " \(all) within \(DurationText.attempt(.seconds(longest))) (usual \(DurationText.attempt(usual)))"
        guard let version = failed.last?.version, failed.allSatisfy({ $0.version == version }),
            let before = mine.dropFirst(failed.count).first?.version, before != version
        else { return times + "." }
        return times + " and \(inARow == 1 ? "is the first" : "are the first") of version \(version)."
    }

    private func unobserved(_ facts: ExplanationFacts) -> [String] {
        guard let problem = evidence.error else { return ["Wait for the first check."] }
        let remedy = problem.remedy.map { " \($0.prefix(1).uppercased())\($0.dropFirst())." } ?? ""
        return ["The addon cannot be checked: \(problem.message).\(remedy)"]
    }

    private func goneAdvice(_ facts: ExplanationFacts) -> [Advice] {
        let id = "\(account)/\(project)/\(addon)"
        return [
            facts.isConfigured
                ? Advice(
                    text: "Deleted on purpose: remove it from the configuration, and the state and the alert end.",
                    command: nil)
                : Advice(
                    text: "Deleted on purpose: confirm it, and the state and the alert end.",
                    command: "northflank-backup-exporter forget \(id)"),
            Advice(
                text: "Not on purpose: contact Northflank's support now with the ids below. Backups outside Northflank "
                    + "are not known to the exporter.", command: nil),
            Advice(text: "Moved to another project: it is watched there as a new addon.", command: nil),
        ]
    }

    /// That the schedules of a type are there, with their ids.
    private func schedules(_ type: BackupType?) -> String {
        let ids = evidence.schedules.filter { type == nil || $0.type == type?.label }.map(\.id)
        switch ids.count {
        case 0: return "a backup schedule exists and is enabled"
        case 1: return "the schedule \(ids[0]) exists and is enabled"
        default: return "the schedules \(ids.joined(separator: ", ")) exist and are enabled"
        }
    }

    /// The type that has a schedule, a dump if both or none have one.
    private func usual(_ facts: ExplanationFacts) -> BackupType {
        facts.calendar(.dump).isEmpty && !facts.calendar(.snapshot).isEmpty ? .snapshot : .dump
    }

    /// When a repair shows.
    private var changesBy: String {
        let by = next.checkBy.map { "by \($0.clock) UTC" }
        if next.usesWebhooks { return "The state changes within seconds (webhook)\(by.map { " or \($0)" } ?? "")." }
        return by.map { "The state changes \($0)." } ?? ""
    }
}

extension String {
    /// Whether both steps are to start a backup of one type: the first one that says it is enough.
    fileprivate func hasSameAction(as other: String) -> Bool {
        if self == other { return true }
        return BackupType.allCases.contains { type in
            let action = "tart \(type.article) by hand"
            return contains(action) && other.contains(action)
        }
    }
}

extension BackupType {
    fileprivate var article: String { self == .unknown ? "a backup" : "a \(label)" }
}

extension FindingKind {
    /// The name of the runbook.
    package var runbook: String {
        switch self {
        case .neverCompleted: "NorthflankBackupAtRisk"
        case .gone: "NorthflankBackupAddonGone"
        case .attemptFailed, .unfinished, .slotsMissed, .tooOld: "NorthflankBackupNotCompleting"
        case .empty, .oddSize, .removedEarly, .futureDated, .tooFew, .tooShallow, .notSinceUpgrade:
            "NorthflankBackupSuspect"
        case .restoreOverdue: "NorthflankBackupRestoreOverdue"
        case .noObjective: "NorthflankBackupUnprotected"
        case .notObserved, .unreadable: "NorthflankBackupNotObserved"
        }
    }
}
