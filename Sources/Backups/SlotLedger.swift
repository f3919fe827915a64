/// Every slot of an addon in a range, with its backup and its outcome: as the addon's schedules and decisions were at the
/// time, and by the rules by which slots are judged.
package struct SlotLedger: Equatable, Sendable {
    /// A time at which a backup was due.
    package struct Entry: Equatable, Sendable {
        package var type: BackupType
        package var due: Timestamp
        /// The time after the slot until it counts as missed.
        package var grace: Duration
        package var outcome: Outcome
        /// The backup that filled the slot; of another type if the slot is covered.
        package var backup: KnownBackup?

        /// From the slot to the end of its backup; nil without an end.
        package var lag: Duration? { backup?.backup.completedAt.map { max($0 - due, .zero) } }

        /// Whether the slot has a completed backup.
        package var isKept: Bool {
            switch outcome {
            case .completed: true
            case .covered: backup?.backup.status == .completed
            case .failed, .aborted, .running, .missed, .pending, .forgiven, .notJudged: false
            }
        }

        /// Whether the attempt for the slot ended in vain.
        package var isFailed: Bool {
            switch outcome {
            case .failed, .aborted: true
            case .covered: backup.map { $0.backup.status.isTerminal && $0.backup.status != .completed } ?? false
            case .completed, .running, .missed, .pending, .forgiven, .notJudged: false
            }
        }
    }

    package enum Outcome: Equatable, Sendable {
        /// What became of the attempt for the slot. `failed` includes backups that are not supported.
        case completed, failed, aborted, running
        /// No attempt exists, and the grace is over.
        case missed
        /// No attempt exists yet, and the slot can still get one.
        case pending
        /// An attempt of another type was due at the same instant and counts for both.
        case covered(by: BackupType)
        case forgiven(Forgiveness)
        case notJudged(Doubt)
    }

    /// Why no backup was due at a slot.
    package enum Forgiveness: Equatable, Sendable {
        case paused, waived, maintenanceWindow, notWatched
    }

    /// Why it is not known what became of a slot.
    package enum Doubt: Equatable, Sendable {
        /// A backup can have been made and deleted before the addon was first seen.
        case beforeWatching
        /// A backup can have been made and deleted in a time without an observation, or the addon can have been paused.
        case notObserved
        /// The attempt left the list before its end was seen.
        case vanished
    }

    /// In the order of time, and at one instant in the order of types.
    package let entries: [Entry]

    package init(entries: [Entry]) { self.entries = entries }

    /// - Parameters:
    ///   - range: of the slots.
    ///   - zone: of the schedules' times.
    ///   - zones: the zone of an IANA name, for maintenance windows.
    package init(_ past: AddonPast, zone: Zone, zones: (String) -> Zone, in range: Range<Timestamp>) {
        self.init(LedgerContext(past, zone: zone, zones: zones, in: range))
    }

    init(_ context: LedgerContext) {
        let columns = BackupType.scheduled.compactMap { LedgerColumn($0, context) }
        entries = columns.flatMap { column in
            column.entries(others: columns.filter { $0.type != column.type }, context)
        }
        .filter { context.range.contains($0.due) }
        .sorted { ($0.due, $0.type.rawValue) < ($1.due, $1.type.rawValue) }
    }
}
