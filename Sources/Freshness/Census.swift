/// How many requests the expected ends take until the window ends, counted over all addons every half minute, and how
/// the plan saves requests if they are short.
struct Census: Sendable {
    /// Seconds from one census to the next.
    private static let gap = 30.0
    /// Patience and slack when there are three times as many requests as ends, and when there are too few.
    private static let inPlenty = (patience: 0.6, slack: 0.02)
    private static let inNeed = (patience: 1.0, slack: 0.2)

    /// When the next census is due, in seconds of uptime.
    private(set) var next = -Double.infinity
    /// When the window ends, in seconds of uptime.
    private(set) var reset = 0.0
    /// The budget of the last call.
    private var allowance = 0
    private var left = 0

    /// Polls that the expected ends take until the window ends, by minutes from the census.
    private(set) var pollsByMinute: [Double] = []
    /// The sum of `pollsByMinute`.
    private(set) var polls = 0.0
    /// Whether the window cannot carry these polls besides what is kept for the sweep and the sentinel.
    private(set) var isShort = false
    /// The part of an addon's past durations that must have passed before a poll: the dearer requests are, the more.
    private(set) var patience = 0.8
    /// The part of a duration that is added to it for the same reason.
    private(set) var slack = 0.05

    /// Begins a census if it is time: after half a minute, or when the window or the allowance is another.
    mutating func begin(now: Double, budget: FreshnessPlan.Budget) -> Bool {
        defer { (allowance, left) = (budget.allowance, budget.left) }
        let isNewWindow = now >= reset || budget.left > left
        guard now >= next || isNewWindow || budget.allowance != allowance else { return false }
        (next, reset) = (now + Self.gap, now + budget.secondsToReset)
        return true
    }

    mutating func count(_ pollsByMinute: [Double]) {
        self.pollsByMinute = pollsByMinute
        polls = pollsByMinute.reduce(0, +)
    }

    /// Decides how to save requests. Returns whether the times of polls change by it.
    ///
    /// - Parameters:
    ///   - spare: requests that are left until the window ends, besides all that is expected; below zero if too few.
    ///   - kept: requests that are kept for the sweep and the sentinel.
    mutating func adjust(spare: Double, kept: Double) -> Bool {
        isShort = spare < kept
        let plenty = min(1, max(0, spare / max(1, 2 * polls)))
        let old = patience
        patience = Self.inNeed.patience + (Self.inPlenty.patience - Self.inNeed.patience) * plenty
        slack = Self.inNeed.slack + (Self.inPlenty.slack - Self.inNeed.slack) * plenty
        return abs(patience - old) > 0.01
    }
}
