/// What a wrong clock must not do.
extension AddonRecord {
    /// The most that our clock and Northflank's may differ by.
    package static let mostSkew = Horizon.tolerance

    /// Whether our clock and Northflank's agree well enough.
    ///
    /// - Parameter clockAhead: how far Northflank's is ahead; negative if it is behind.
    package static func isTrusted(clockAhead: Duration) -> Bool {
        abs(clockAhead.milliseconds) <= mostSkew.milliseconds
    }

    /// Whether the clocks agreed at the last observation, so that time can make a backup late.
    var isClockTrusted: Bool { Self.isTrusted(clockAhead: remarks.clockAhead) }

    /// Removes or limits what is dated in the future: a clock that was put right since has dated it. Schedules are read
    /// again, and slots are judged again.
    package mutating func distrustFuture(now: Timestamp) {
        let limit = now + Self.mostSkew
        func isFuture(_ time: Timestamp?) -> Bool { time.map { $0 > limit } ?? false }
        if isFuture(lastObserved) {
            // One of the two clocks is wrong. Until the next observation decides, ours is not trusted.
            remarks.clockAhead = (lastObserved ?? now) - now
            lastObserved = now
        }
        if isFuture(lastWhole) { lastWhole = nil }
        if isFuture(baseline) { baseline = now }
        if isFuture(schedulesObserved) { schedulesObserved = nil }
        if isFuture(pauseChangedAt) { pauseChangedAt = now }
        if let absence, isFuture(absence.since) { self.absence?.since = now }
        if isFuture(absence?.confirmed) { absence?.confirmed = now }
        if let missed, isFuture(missed.since) { self.missed?.since = now }
        if let forgiven, isFuture(forgiven.upperBound) { self.forgiven = min(forgiven.lowerBound, now)..<now }
        for (type, slot) in slots where isFuture(slot.judgedThrough) {
            slots[type]?.judgedThrough = .distantPast
            slots[type]?.missedSince = nil
            slots[type]?.doubtfulSince = nil
        }
        if isFuture(overdueSince) { overdueSince = nil }
        if let standing, isFuture(standing.since) || standing.findings.contains(where: { isFuture($0.since) }) {
            self.standing = nil
        }
    }
}

extension Finding {
    /// Whether the clock alone can make the finding.
    var isMadeByTime: Bool {
        switch self {
        case .neverCompleted, .slotsMissed, .tooOld, .unfinished, .tooFew, .tooShort, .restoreOverdue: true
        case .attemptFailed, .empty, .oddSize, .removedEarly, .gone, .futureDated, .tooShallow, .notSinceUpgrade,
            .restoresUnreadable, .noObjective, .schedulesForbidden, .scheduleNotUnderstood, .unreadable, .cut,
            .notObserved, .paused:
            false
        }
    }
}
