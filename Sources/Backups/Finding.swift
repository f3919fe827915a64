/// One thing that is not as it should be, as data: a verdict's reason. A type of nil means all types together,
/// imports aside.
package enum Finding: Equatable, Sendable {
    /// There is no completed backup; `expectedBy` is when there should have been one.
    case neverCompleted(expectedBy: Timestamp)
    /// The newest finished attempt did not complete; `inARow` counts it and those before it that did not either.
    case attemptFailed(type: BackupType, status: BackupStatus, at: Timestamp, inARow: Int)
    /// Unfinished since `since`, which is longer than `limit`.
    case unfinished(type: BackupType, since: Timestamp, limit: Duration)
    /// The last `inARow` slots, `last` being the newest of them, passed without an attempt.
    case slotsMissed(type: BackupType, last: Timestamp, inARow: Int)
    /// The newest completed backup ended at `since`, or there is none of this type (nil), which is longer ago than
    /// `objective` allows.
    case tooOld(type: BackupType?, since: Timestamp?, objective: Duration)
    /// The newest completed backup has no bytes.
    case empty(type: BackupType, at: Timestamp)
    /// The newest completed backup has `size` bytes, where the ones before let expect something in `band`.
    case oddSize(type: BackupType, at: Timestamp, size: Int64, band: SizeBand)
    /// No schedule is known and no objective configured.
    case noObjective
    /// Not observed since `since`, or never (nil), which is longer than `limit`.
    case notObserved(since: Timestamp?, limit: Duration)
    case paused

    /// What it makes of the addon.
    package var state: HealthState {
        switch self {
        case .neverCompleted: .never
        case .attemptFailed: .failing
        case .unfinished: .stuck
        case .slotsMissed, .tooOld: .late
        case .empty, .oddSize: .suspect
        case .noObjective: .unprotected
        case .notObserved: .unknown
        case .paused: .paused
        }
    }
}

/// The answer to "is this database as protected as we decided it should be, and if not, why?"
package struct Verdict: Equatable, Sendable {
    package let state: HealthState
    /// The reasons, those of the worst state first; none if the state is `ok`.
    package let findings: [Finding]

    /// Judges from what the last observation found, and from how long ago that was. Anything that only time tells
    /// was judged at the observation: that a backup is late is said only by somebody who has looked since it was
    /// due.
    ///
    /// - Parameters:
    ///   - findings: of the last observation; none before the first.
    ///   - lastObserved: when that was; nil before the first.
    ///   - limit: the age at which an observation is too old.
    package init(findings: [Finding], isPaused: Bool, lastObserved: Timestamp?, limit: Duration, now: Timestamp) {
        var all = isPaused ? [Finding.paused] : findings
        let isKnown = lastObserved.map { now - $0 <= limit } ?? false
        if !isKnown { all.append(.notObserved(since: lastObserved, limit: limit)) }
        // Stable, so that findings of one state stay in the order in which they were made.
        self.findings = all.enumerated().sorted { ($0.element.state, $0.offset) < ($1.element.state, $1.offset) }
            .map(\.element)
        state = self.findings.first?.state ?? .ok
    }
}
