/// A restore that has ended, as it is remembered after the API's list no longer has it.
package struct PastRestore: Equatable, Sendable {
    /// The most that are remembered of one addon: more than one a day for the standard retention of the history.
    package static let most = 500

    package var end: Timestamp
    /// Whether it completed; otherwise it failed.
    package var hasCompleted: Bool
    /// Nil if the API does not say both start and end.
    package var duration: Duration?
    /// The `id` or the `uid` of the backup; nil if the API does not say.
    package var backup: String?
    /// The creation of the backup that was restored; nil if it is not known.
    package var backupCreatedAt: Timestamp?

    package init(
        end: Timestamp, hasCompleted: Bool, duration: Duration? = nil, backup: String? = nil,
        backupCreatedAt: Timestamp? = nil
    ) {
        self.end = end
        self.hasCompleted = hasCompleted
        self.duration = duration
        self.backup = backup
        self.backupCreatedAt = backupCreatedAt
    }
}

extension AddonRecord {
    /// Takes over restores that have ended. What is known of a restore is kept when the list does not have it any more.
    mutating func note(ended: [PastRestore]) {
        for restore in ended {
            if let index = pastRestores.firstIndex(where: { $0.isSame(as: restore) }) {
                pastRestores[index].duration = restore.duration ?? pastRestores[index].duration
            } else {
                pastRestores.append(restore)
            }
        }
        // Stable, so that an unchanged list changes nothing.
        pastRestores.sort { $0.end != $1.end ? $0.end > $1.end : ($0.backup ?? "") < ($1.backup ?? "") }
        pastRestores.removeLast(max(0, pastRestores.count - PastRestore.most))
    }

    /// Finds out which backups were restored, as far as the known backups and the last search for one say it.
    mutating func noteRestored(_ creation: (String) -> Timestamp?) {
        for index in pastRestores.indices where pastRestores[index].backupCreatedAt == nil {
            guard let name = pastRestores[index].backup else { continue }
            pastRestores[index].backupCreatedAt =
                name == lastCompletedRestore?.backup ? lastCompletedRestore?.backupCreatedAt : creation(name)
        }
    }
}

extension PastRestore {
    fileprivate func isSame(as other: PastRestore) -> Bool {
        end == other.end && hasCompleted == other.hasCompleted && backup == other.backup
    }
}
