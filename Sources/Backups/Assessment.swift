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
        /// The longest allowed age of the newest completed backup.
        package var objective: Duration
        /// Slots that were due, and may still get their backup.
        package var pending: [Timestamp]
        /// Whether a slot would be missed if the schedules were still what they were when they were read: they are
        /// to be read again before anybody is told.
        package var isScheduleDoubtful: Bool
        /// The times from a slot to the end of its completed backup.
        package var lags: Durations
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
    /// The configured `max_age`; nil unless that is what counts.
    package let generalObjective: Duration?
    private let learnedByType: [Learned]
    /// Type and creation of the backups that have not ended, in no particular order, imports aside.
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
    /// - Parameters:
    ///   - record: all that is known of the addon besides its backups.
    ///   - known: the addon's backups, those that are listed and the newest of those that are gone, in any order.
    ///   - observedAt: when the list was seen.
    init(_ record: AddonRecord, _ known: [KnownBackup], _ objectives: Objectives, observedAt: Timestamp) {
        let listed = known.filter(\.isListed).map(\.backup)
        let judge = Judge(record, known, objectives, observedAt: observedAt)
        summary = BackupSummary(of: listed)
        learnedByType = judge.learned
        let tracks = judge.tracks()
        slots = tracks.compactMap(\.slots)
        generalObjective = judge.generalObjective
        findings = judge.findings(tracks)
        failedInARow = judge.failedInARow(findings)
        unfinished =
            listed
            .filter { $0.status.isUnfinished && $0.type != .imported }
            .map { Unfinished(type: $0.type, since: $0.createdAt) }
        let newest = listed.map(\.createdAt).max()
        // What has been running for longer than a day is left to the daily reading of all pages.
        let oldestUnfinished =
            listed
            .filter { $0.status.isUnfinished && observedAt - $0.createdAt < .seconds(86_400) }
            .map(\.createdAt).min()
        reach = newest.map { min($0, oldestUnfinished ?? $0) }
        lastEnd = listed.filter(\.status.isTerminal).map(\.endOrCreation).max()
    }
}
