import Backups

extension Addon {
    /// The state in one sentence: its worst finding, or that the addon is well and by what.
    func sentence(_ context: FindingContext) -> String {
        if let waiver, let state = verdict.waived {
            let until = UTCTime(waiver.until).minute
            return "waived by \(context.policyName) until \(until) UTC (\(waiver.owner)): \(waiver.reason); "
                + "without the waiver: \(state.rawValue)"
        }
        if let worst = verdict.findings.first { return worst.text(context) }
        if let due = assessment?.firstDueBy { return "no completed backup yet; the first is due by \(due.atUTC)" }
        // The type that comes closest to its limit is what a person looks for.
        var nearest: (type: BackupType, end: Timestamp, limit: Duration?, share: Double)?
        for type in BackupType.allCases where type != .imported {
            guard let end = summary?.completed(type)?.newest.endOrCreation else { continue }
            let limit = ageLimit(type)
            let share = limit.map { (context.now - end).seconds / max(1, $0.seconds) } ?? -1
            if nearest.map({ share > $0.share }) ?? true { nearest = (type, end, limit, share) }
        }
        return nearest.map { newest in
            "last completed \(newest.type.noun): \(newest.end.ago(context.now))"
                + (newest.limit.map { "; limit \(Finding.limit($0))" } ?? "")
        } ?? "no completed backup exists"
    }
}
