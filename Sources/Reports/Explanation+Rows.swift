extension Explanation {
    /// A time at which a backup was due.
    package struct Slot: Codable, Equatable, Sendable {
        package enum Outcome: String, Codable, CaseIterable, Sendable {
            case completed, failed, aborted, running, missed
            /// The slot has come, and its grace is not over.
            case pending
            /// A backup of another type that was due at the same instant counts.
            case covered
            /// Nothing was expected.
            case forgiven
            /// It is not known what became of the slot.
            case notJudged = "not-judged"
        }

        package var due: UTCTime
        package var type: String
        package var missedAt: UTCTime
        package var outcome: Outcome
        /// Why the slot is covered, forgiven or not judged; nil for other outcomes.
        @OrNull package var reason: String?
        /// The backup of the slot; nil if it has none.
        @OrNull package var backup: Attempt?

        /// From the slot to the creation of its backup.
        package var lagSeconds: Int64? { backup.map { max(0, due.until($0.createdAt).components.seconds) } }
    }

    /// A backup, successful or not.
    package struct Attempt: Codable, Equatable, Sendable {
        /// Northflank's id: the `uid`, else the `id`.
        package var id: String
        package var type: String
        package var status: String
        package var createdAt: UTCTime
        @OrNull package var endedAt: UTCTime?
        @OrNull package var sizeBytes: Int64?
        @OrNull package var version: String?
        /// Whether the list of backups has it.
        package var isListed: Bool
        /// Whether it fills no slot: it was made by hand, or by a schedule that is not known.
        package var isOutsideSlots: Bool

        package var tookSeconds: Int64? { endedAt.map { max(0, createdAt.until($0).components.seconds) } }
    }

    package struct Restore: Codable, Equatable, Sendable {
        package var endedAt: UTCTime
        package var hasCompleted: Bool
        @OrNull package var tookSeconds: Int64?
        /// The creation of the backup that was restored; nil if it is not known.
        @OrNull package var backupCreatedAt: UTCTime?
        @OrNull package var backupType: String?
    }

    /// What the verdict is made of.
    package struct Evidence: Codable, Equatable, Sendable {
        /// The last poll that worked; nil before the first.
        @OrNull package var checkedAt: UTCTime?
        /// Why it was sent; nil if that was before the start of the exporter.
        @OrNull package var checkedFor: String?
        /// The last poll that read the whole list.
        @OrNull package var wholeListAt: UTCTime?
        @OrNull package var listed: Int?
        /// Why the addon cannot be read now; nil if it can.
        @OrNull package var error: Problem?
        package var schedules: [Schedule]
        @OrNull package var schedulesReadAt: UTCTime?
        package var mayReadSchedules: Bool
        package var timeZone: String
        /// Whether the backups decided the zone.
        package var isTimeZoneAuto: Bool
        /// Of the last 24 hours, the oldest first.
        package var failedPolls: [FailedPolls]
        @OrNull package var clockAheadSeconds: Int64?
        @OrNull package var uid: String?
        @OrNull package var watchedSince: UTCTime?
        @OrNull package var goneSince: UTCTime?
        /// When an addon that is gone is shown no more; nil for one that the configuration names.
        @OrNull package var goneUntil: UTCTime?
        /// The newest first.
        package var changes: [Change]
        package var unobserved: [Gap]
    }

    package struct Problem: Codable, Equatable, Sendable {
        package var reason: String
        package var message: String
        package var since: UTCTime
        @OrNull package var remedy: String?
    }

    package struct Schedule: Codable, Equatable, Sendable {
        package var id: String
        package var type: String
        /// When it is due, in words.
        package var times: String
        @OrNull package var keptSeconds: Int64?
    }

    package struct FailedPolls: Codable, Equatable, Sendable {
        package var reason: String
        @OrNull package var status: Int?
        package var first: UTCTime
        package var last: UTCTime
        package var count: Int
    }

    package struct Change: Codable, Equatable, Sendable {
        package var at: UTCTime
        /// Nil for the first state.
        @OrNull package var before: String?
        package var state: String
    }

    package struct Gap: Codable, Equatable, Sendable {
        package var from: UTCTime
        package var to: UTCTime
    }
}
