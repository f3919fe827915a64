/// When the sweep polls next.
struct SweepPace: Sendable {
    /// Seconds of uptime; -infinity before the first poll.
    private(set) var next = -Double.infinity

    /// Whether a poll is due. If so, the next one is due a gap later.
    ///
    /// - Parameter gap: seconds between two polls.
    mutating func takeIfDue(now: Double, gap: Double) -> Bool {
        // The pace may have become quicker since the last poll was sent. The first addon that an earlier plan polled
        // waits for a gap too: a restart must not cost polls.
        next = next.isFinite ? min(next, now + gap) : now + gap
        guard next <= now else { return false }
        // From when it was due, so that small delays do not add up; but what was missed is not caught up.
        next = next + gap > now ? next + gap : now + gap
        return true
    }

    /// Has the sweep begin a gap from now.
    mutating func restart(now: Double, gap: Double) { next = now + gap }
}
