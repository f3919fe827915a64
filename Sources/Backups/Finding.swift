/// One reason of a verdict, as data. A nil type means all types together, without imports.
package enum Finding: Equatable, Sendable {
    /// No completed backup exists; `expectedBy` is the time by which one was due.
    case neverCompleted(expectedBy: Timestamp)
    /// The newest finished attempt did not complete; `inARow` counts it and the unsuccessful attempts directly before
    /// it.
    case attemptFailed(type: BackupType, status: BackupStatus, at: Timestamp, inARow: Int)
    /// A backup is unfinished since `since`, which is longer than `limit`.
    case unfinished(type: BackupType, since: Timestamp, limit: Duration)
    /// The last `inARow` slots passed without an attempt; `last` is the newest of them.
    case slotsMissed(type: BackupType, last: Timestamp, inARow: Int)
    /// The newest completed backup ended at `since`, longer ago than `objective` allows. A nil `since` means that no
    /// completed backup of the type exists.
    case tooOld(type: BackupType?, since: Timestamp?, objective: Duration)
    /// The newest completed backup has no bytes.
    case empty(type: BackupType, at: Timestamp, Zeros = Zeros())
    /// The newest completed backup has `size` bytes, outside of the `band` expected from the backups before it.
    case oddSize(type: BackupType, at: Timestamp, size: Int64, band: SizeBand)
    /// Completed backups left the list before their retention was over.
    case removedEarly(type: BackupType, Removals.Removal)
    /// Northflank has not had the addon since this instant, as far as it is known.
    case gone(since: Timestamp)
    /// `count` backups are dated in the future, by Northflank's clock; `latest` is the latest of their dates.
    case futureDated(count: Int, latest: Timestamp)
    /// The schedules keep no backup up to the next slot: the longest time before a slot without any is `hole`, 0 if
    /// there is none until the backup of the slot has completed. A nil type means that several types have schedules.
    case tooShallow(type: BackupType?, retention: Duration, gap: Duration, hole: Duration)
    /// There are `count` completed backups, fewer than the policy demands; of a type, if the policy demands that type.
    case tooFew(type: BackupType?, count: Int, limit: Int)
    /// The oldest completed backup reaches back to `oldest`, which is not as far as the policy demands; nil if there is
    /// none.
    case tooShort(oldest: Timestamp?, limit: Duration)
    /// The last restore that proved something ended at `last`, longer ago than the policy allows; a nil `last` means that
    /// there was none, since `since`.
    case restoreOverdue(last: Timestamp?, since: Timestamp, limit: Duration)
    /// A policy demands restores, and these cannot be read.
    case restoresUnreadable(limit: Duration)
    /// No backup has completed since the addon's version changed: the first attempt with the new one was at `at`.
    case notSinceUpgrade(from: String, to: String, at: Timestamp)
    /// The token may not read the schedules, and no objective is configured.
    case schedulesForbidden
    /// No schedule is known, and no objective is configured.
    case noObjective
    /// No schedule of the type is understood, and no objective is configured; `oddity` says what is not understood, and
    /// `name` of which schedule.
    case scheduleNotUnderstood(type: BackupType?, oddity: String, name: String? = nil)
    /// Entries of the list of backups cannot be read.
    case unreadable(Unreadable)
    /// The list of backups is longer than the `after` entries that are read.
    case cut(after: Int)
    /// The addon was last observed at `since`, longer ago than `limit`. A nil `since` means never.
    case notObserved(since: Timestamp?, limit: Duration)
    case paused

    /// What is known around completed backups without bytes.
    package struct Zeros: Equatable, Sendable {
        /// The newest completed backups that have no bytes.
        package var inARow: Int
        /// The sizes that are usual; nil if they are not known.
        package var usual: SizeBand?
        /// The creation of the newest completed backup that has bytes; nil if none is known.
        package var lastWithData: Timestamp?

        package init(inARow: Int = 1, usual: SizeBand? = nil, lastWithData: Timestamp? = nil) {
            self.inARow = inARow
            self.usual = usual
            self.lastWithData = lastWithData
        }
    }

    /// The state of an addon that has only this finding.
    package var state: HealthState {
        switch self {
        case .neverCompleted: .never
        case .attemptFailed: .failing
        case .unfinished: .stuck
        case .slotsMissed, .tooOld: .late
        case .empty, .oddSize, .removedEarly, .futureDated, .tooShallow, .tooFew, .tooShort, .restoreOverdue,
            .restoresUnreadable, .notSinceUpgrade:
            .suspect
        case .gone: .gone
        case .noObjective, .schedulesForbidden, .scheduleNotUnderstood: .unprotected
        case .notObserved, .unreadable, .cut: .unknown
        case .paused: .paused
        }
    }
}

/// The verdict on an addon: whether it is as protected as its objectives demand, and the reasons if it is not.
package struct Verdict: Equatable, Sendable {
    package let state: HealthState
    /// The reasons, the worst state first; empty if the state is `ok`. Behind a waiver, what would be wrong without it.
    package let findings: [Finding]
    /// The state without the waiver that is in force; nil if none is.
    package let waived: HealthState?

    /// Judges from the findings of the last observation and from its age. A finding that depends on time is made at an
    /// observation only: a backup is late only if an observation after its due time did not show it.
    ///
    /// - Parameters:
    ///   - findings: of the last observation; empty before the first.
    ///   - absence: nil for an addon that is watched.
    ///   - lastObserved: the time of the last observation; nil before the first.
    ///   - limit: the age at which an observation is too old.
    ///   - waiver: nil if there is none.
    package init(
        findings: [Finding], isPaused: Bool, absence: Absence? = nil, lastObserved: Timestamp?, limit: Duration,
        waiver: Waiver? = nil, now: Timestamp
    ) {
        self.findings = Self.findings(
            findings, isPaused: isPaused, absence: absence, lastObserved: lastObserved, limit: limit, now: now)
        let unwaived = self.findings.first?.state ?? .ok
        waived = waiver?.isInForce(at: now) == true ? unwaived : nil
        state = waived == nil ? unwaived : .waived
    }

    private static func findings(
        _ findings: [Finding], isPaused: Bool, absence: Absence?, lastObserved: Timestamp?, limit: Duration,
        now: Timestamp
    ) -> [Finding] {
        // What is gone has no backups that could be late.
        if let absence, absence.isGone { return [.gone(since: absence.since)] }
        var all = isPaused ? [Finding.paused] : findings
        let isKnown = lastObserved.map { now - $0 <= limit } ?? false
        if !isKnown { all.append(.notObserved(since: lastObserved, limit: limit)) }
        // Stable, so that findings of one state stay in the order in which they were made.
        return all.enumerated().sorted { ($0.element.state, $0.offset) < ($1.element.state, $1.offset) }.map(\.element)
    }
}
