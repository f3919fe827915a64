/// The summary of an addon's list of backups, independent of the order of the list.
package struct BackupSummary: Equatable, Sendable {
    /// The completed backups of one type; there is at least one.
    package struct Completed: Equatable, Sendable {
        /// The completed backup that was initiated last.
        package let newest: Attempt
        /// The end, else the creation, of the completed backup that was initiated first: the oldest restorable point.
        package let oldest: Timestamp
        /// The sum of the known sizes in bytes; nil if no size is known.
        package let storedBytes: Int64?
        /// The version of the newest one; nil if the API does not say.
        package fileprivate(set) var version: String?
    }

    private var counts = StatusCounts()
    private var completed: ByType<Completed> = [:]
    /// The newest failed backup of any type.
    package private(set) var newestFailed: Attempt?
    /// The creation of the oldest scheduled, in-progress or aborting backup.
    package private(set) var oldestUnfinished: Timestamp?

    package func count(of status: BackupStatus) -> Int { counts[status: status] }

    /// The number of all backups of the list.
    package var count: Int { BackupStatus.allCases.reduce(0) { $0 + counts[status: $1] } }

    /// Nil if there is no completed backup of that type.
    package func completed(_ type: BackupType) -> Completed? { completed[type] }

    /// Whether there is a completed backup, imports aside.
    package var hasCompleted: Bool {
        BackupType.allCases.contains { $0 != .imported && completed[$0] != nil }
    }

    /// - Parameters:
    ///   - listed: each backup once, newest first.
    ///   - undated: the statuses of the backups whose dates say nothing: they only count.
    ///   - undatedScheduled: the number of scheduled backups without a creation.
    init(of listed: [Attempt], undated: [BackupStatus] = [], undatedScheduled: Int = 0) {
        counts = StatusCounts(undated)
        counts[status: .scheduled] += undatedScheduled
        for attempt in listed {
            counts[status: attempt.status] += 1
            if attempt.status == .completed {
                addCompleted(attempt)
            } else if attempt.status == .failed {
                newestFailed = newestFailed ?? attempt
            } else if attempt.status.isUnfinished {
                oldestUnfinished = attempt.createdAt
            }
        }
    }

    /// Takes over the versions of the newest completed backups. Attempts do not have them, because judging copies
    /// attempts and needs no version.
    func withVersions(of known: [KnownBackup]) -> BackupSummary {
        var summary = self
        for (type, one) in completed { summary.completed[type]?.version = known.newest(like: one.newest)?.version }
        return summary
    }

    private mutating func addCompleted(_ attempt: Attempt) {
        let newer = completed[attempt.type]
        let sum = newer?.storedBytes
        // Sizes come from the server: a sum beyond Int64 saturates instead of crashing.
        let stored = attempt.size.map { size in
            let (sum, overflow) = size.addingReportingOverflow(sum ?? 0)
            return overflow ? .max : sum
        }
        completed[attempt.type] = Completed(
            newest: newer?.newest ?? attempt, oldest: attempt.endOrCreation, storedBytes: stored ?? sum)
    }
}

extension [KnownBackup] {
    /// The listed backup that an attempt stands for.
    fileprivate func newest(like attempt: Attempt) -> Backup? {
        var newest: Int?
        // By index, because a loop over elements would copy each.
        for index in indices where self[index].backup.createdAt == attempt.createdAt {
            guard Attempt(self[index]) == attempt else { continue }
            if let newest, !self[index].backup.isNewer(than: self[newest].backup) { continue }
            newest = index
        }
        return newest.map { self[$0].backup }
    }
}
