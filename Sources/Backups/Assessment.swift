/// What an observation of an addon says about its protection: pure, from its backups, schedules, history and
/// objectives. Rests with the addon until the next observation.
package struct Assessment: Equatable, Sendable {
    /// What was learned from the completed backups of one type, deleted ones included.
    package struct Learned: Equatable, Sendable {
        package var durations: Durations
        /// Of the backups before the newest; nil if there are too few.
        package var band: SizeBand?
        /// Of all of them: where the next one is expected.
        package var nextBand: SizeBand?
    }

    /// How the slots of one type stand.
    package struct Slots: Equatable, Sendable {
        package var type: BackupType
        /// Missed one after the other, up to the newest that can be judged.
        package var missedInARow: Int
        /// Slots that were missed since the last judgement.
        package var newlyMissed: Int
        /// Slots up to this instant are judged for good.
        package var judgedThrough: Timestamp
        /// Milliseconds that the newest completed backup may be old.
        package var objective: Int64
        /// Slots that were due, and may still get their backup.
        package var pending: [Timestamp]
        /// Whether a slot would be missed if the schedules were still what they were when they were read: they are
        /// to be read again before anybody is told.
        package var isScheduleDoubtful: Bool
        /// Milliseconds from a slot to the end of its completed backup, the newest first.
        package var lags: [Int64]
    }

    /// Of the backups that are listed now.
    package let summary: BackupSummary
    /// All that is not as it should be, in no particular order.
    package let findings: [Finding]
    /// Attempts that failed in a row, up to the newest that has finished, if they are held against the addon; aborted
    /// ones aside. Types of which none has finished are left out.
    package let failedInARow: [BackupType: Int]
    /// Of the types that have a schedule.
    package let slots: [Slots]
    /// Milliseconds; nil unless `max_age` is what counts.
    package let generalObjective: Int64?
    private let learnedByType: [Learned]
    /// Type and creation of the backups that have not ended, the oldest first, imports aside.
    package let unfinished: [Unfinished]
    /// A list that is newest first and was read back to here has all that may have changed.
    package let reach: Timestamp?
    /// When a backup ended last, however; nil if none has.
    package let lastEnd: Timestamp?

    package struct Unfinished: Equatable, Sendable {
        package var type: BackupType
        package var since: Timestamp
    }

    package func learned(_ type: BackupType) -> Learned { learnedByType[Int(type.rawValue)] }

    /// Judges.
    ///
    /// - Parameter evidence: everything that is known of the addon.
    package init(_ evidence: Evidence, _ objectives: Objectives) {
        let judge = Judge(evidence, objectives)
        summary = BackupSummary(of: evidence.listed)
        learnedByType = judge.learned
        let tracks = judge.tracks()
        slots = tracks.compactMap(\.slots)
        generalObjective = judge.generalObjective
        findings = judge.findings(tracks)
        failedInARow = judge.failedInARow(findings)
        unfinished = evidence.listed
            .filter { $0.status.isUnfinished && $0.type != .imported }
            .map { Unfinished(type: $0.type, since: $0.createdAt) }
            .sorted { $0.since < $1.since }
        let newest = evidence.listed.map(\.createdAt).max()
        // What has been running for longer than a day is left to the daily reading of all pages.
        let oldestUnfinished = evidence.listed
            .filter { $0.status.isUnfinished && evidence.observedAt.millisecondsSince($0.createdAt) < 86_400_000 }
            .map(\.createdAt).min()
        reach = newest.map { min($0, oldestUnfinished ?? $0) }
        lastEnd = evidence.listed.filter(\.status.isTerminal).map(\.endOrCreation).max()
    }
}

/// What a judgement is made of.
package struct Evidence: Sendable {
    /// The list as it was observed, each backup once.
    package var listed: [Backup]
    /// Backups that were listed once and are no more.
    package var gone: [Backup] = []
    /// Nil if they were not read yet.
    package var schedules: [BackupSchedule]?
    /// When they were read; nil counts as just now.
    package var schedulesObserved: Timestamp?
    /// Whether the token may read them.
    package var mayReadSchedules = true
    package var isPaused = false
    /// When the addon was first seen.
    package var firstSeen: Timestamp
    /// When it was resumed; slots before that were nobody's duty. Nil if no pause is known.
    package var activeSince: Timestamp?
    /// The slots that were judged before, by type. A type that is missing is new: what it missed is no news.
    package var judgedThrough: [BackupType: Timestamp] = [:]
    package var observedAt: Timestamp

    package init(listed: [Backup], firstSeen: Timestamp, observedAt: Timestamp) {
        self.listed = listed
        self.firstSeen = firstSeen
        self.observedAt = observedAt
    }
}
