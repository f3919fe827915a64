import Backups

/// What was spent on what in the last hours, and what the sweep and the sentinel have a right to.
struct Spending: Sendable {
    private var sweep = Rate()
    private var sentinel = Rate()
    private var urgent = Rate()

    /// Polls a second for webhooks, sentinel and slots.
    var urgentRate: Double { urgent.perSecond }

    mutating func countPoll(_ reason: PollReason, now: Double) {
        if reason == .sweep { sweep.count(now: now) }
        if reason.isUrgent { urgent.count(now: now) }
    }

    mutating func countSentinelReading(now: Double) { sentinel.count(now: now) }

    /// Requests that must be kept for the sweep until the window ends; none if it had more than its part.
    func keptForSweep(_ budget: FreshnessPlan.Budget) -> Double {
        sweep.kept(of: FreshnessPlan.sweepFloor, budget)
    }

    /// Requests that must be kept for the sentinel, likewise.
    func keptForSentinel(_ budget: FreshnessPlan.Budget) -> Double {
        sentinel.kept(of: FreshnessPlan.sentinelFloor, budget)
    }
}

/// Requests a second, averaged over some hours.
struct Rate: Sendable {
    /// Seconds.
    private static let memory = 6 * 3600.0
    private(set) var perSecond = 0.0
    /// When the last request was counted, in seconds of uptime.
    private var last = 0.0

    mutating func count(now: Double) {
        let passed = max(0, now - last)
        last = now
        // 1 - x/m is a good enough exponential for short gaps, and stays above zero for long ones.
        perSecond = perSecond / (1 + passed / Self.memory) + 1 / Self.memory
    }

    /// Requests that a part of the allowance is until the window ends; none if more than this part was spent.
    fileprivate func kept(of share: Double, _ budget: FreshnessPlan.Budget) -> Double {
        let rate = Double(budget.allowance) * share / 3600
        return perSecond > rate ? 0 : rate * budget.secondsToReset
    }
}
