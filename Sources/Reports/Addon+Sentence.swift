import Backups

extension Addon {
    /// The newest completed backup of the type that comes closest to its limit, in a sentence.
    func newestSentence(_ context: FindingContext) -> String {
        var nearest: (type: BackupType, end: Timestamp, limit: Duration?, share: Double)?
        for type in BackupType.allCases where type != .imported {
            guard let end = summary?.completed(type)?.newest.endOrCreation else { continue }
            let limit = ageLimit(type)
            let share = limit.map { (context.now - end).seconds / max(1, $0.seconds) } ?? -1
            if nearest.map({ share > $0.share }) ?? true { nearest = (type, end, limit, share) }
        }
        guard let nearest else { return "no completed backup exists" }
        return "last completed \(nearest.type.noun): \(nearest.end.ago(context.now))"
            + (nearest.limit.map { "; limit \(Finding.limit($0))" } ?? "")
    }
}
