/// The summary of an addon's list of backups, independent of the order of the list.
package struct BackupSummary: Equatable, Sendable {
    /// The completed backups of one type; there is at least one.
    package struct Completed: Equatable, Sendable {
        /// The completed backup that was initiated last.
        package var newest: Backup
        /// The completed backup that was initiated first: the oldest restorable point.
        package var oldest: Backup
        /// The sum of the known sizes in bytes; nil if no size is known.
        package var storedBytes: Int64?

        fileprivate mutating func add(_ backup: Backup) {
            if backup.isNewer(than: newest) { newest = backup }
            if oldest.isNewer(than: backup) { oldest = backup }
            guard let size = backup.size else { return }
            // Sizes come from the server: a sum beyond Int64 saturates instead of crashing.
            let (sum, overflow) = (storedBytes ?? 0).addingReportingOverflow(size)
            storedBytes = overflow ? .max : sum
        }
    }

    private var counts = [Int](repeating: 0, count: BackupStatus.allCases.count)
    private var completedByType = [Completed?](repeating: nil, count: BackupType.allCases.count)
    /// The newest failed backup of any type.
    package private(set) var newestFailed: Backup?
    /// The creation of the oldest scheduled, in-progress or aborting backup.
    package private(set) var oldestUnfinished: Timestamp?

    package func count(of status: BackupStatus) -> Int { counts[Int(status.rawValue)] }

    /// The number of all backups of the list.
    package var count: Int { counts.reduce(0, +) }

    /// Nil if there is no completed backup of that type.
    package func completed(_ type: BackupType) -> Completed? { completedByType[Int(type.rawValue)] }

    /// - Parameter backups: each backup once, in any order.
    package init(of backups: [Backup]) {
        for backup in backups {
            counts[Int(backup.status.rawValue)] += 1
            if backup.status == .completed {
                addCompleted(backup)
            } else if backup.status == .failed {
                if newestFailed.map(backup.isNewer) ?? true { newestFailed = backup }
            } else if backup.status.isUnfinished {
                oldestUnfinished = min(oldestUnfinished ?? backup.createdAt, backup.createdAt)
            }
        }
    }

    private mutating func addCompleted(_ backup: Backup) {
        let index = Int(backup.type.rawValue)
        if completedByType[index]?.add(backup) == nil {
            completedByType[index] = Completed(newest: backup, oldest: backup, storedBytes: backup.size)
        }
    }
}
