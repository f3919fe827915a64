extension FreshnessPlan {
    /// The part of the allowance that the sweep has whatever the other layers need, so that what only it can see is
    /// seen: backups by hand, deletions, schedules that nobody keeps.
    package static let sweepFloor = 0.04
    /// The same for the sentinel: a few of its readings save more polls than they cost.
    package static let sentinelFloor = 0.04
    /// The part of what the other needs leave that goes to the sentinel; the rest is the sweep's.
    static let sentinelShare = 0.25

    /// The next addon in the round, if it is time.
    mutating func nextInRound(now: Double, budget: Budget) -> Int? {
        guard !ring.isEmpty else { return nil }
        let gap = sweepGap(budget)
        // The pace may have become quicker since the last poll was sent. The first of those that a reload kept
        // waits for its turn, too: reloads must not cost polls.
        nextSweep = nextSweep.isFinite ? min(nextSweep, now + gap) : now + gap
        guard nextSweep <= now else { return nil }
        // From when it was due, so that small delays do not add up; but what was missed is not caught up.
        nextSweep = nextSweep + gap > now ? nextSweep + gap : now + gap
        return ring.popFirst()
    }

    /// Between two polls of an addon by the sweep as the budget allows it.
    package func intervalInForce(_ budget: Budget) -> Duration {
        let round = Double(count)
        guard round > 0 else { return settings.interval }
        let left = sweepLeft(budget)
        let rate = steadySweepRate(budget)
        // What this window does not carry has to wait for the next one.
        let now = round > left ? budget.secondsToReset + (round - left) / rate : round / left * budget.secondsToReset
        return .seconds(max(interval, round / rate, now))
    }

    /// Seconds from one poll of the sweep to the next.
    func sweepGap(_ budget: Budget) -> Double {
        let left = sweepLeft(budget)
        let spread = left >= 1 ? budget.secondsToReset / left : max(budget.secondsToReset, intervalOfFloor(budget))
        return max(interval / Double(max(1, count)), spread)
    }

    /// Requests that the sweep may send in this window.
    private func sweepLeft(_ budget: Budget) -> Double {
        let spare = spare(budget)
        let share = settings.usesSentinel ? 1 - Self.sentinelShare : 1
        return min(Double(budget.left), max(sweepKept(budget), spare * share))
    }

    /// Requests a second in a window that is like the last ones.
    private func steadySweepRate(_ budget: Budget) -> Double {
        let steady = Double(max(1, budget.allowance)) / 3600
        let needs = Double(listRequests) / secondsBetweenLists(budget) + wholeRate + newsRate.rate
        let rest = (steady - needs) * (settings.usesSentinel ? 1 - Self.sentinelShare : 1)
        return max(rest, steady * Self.sweepFloor)
    }

    private func intervalOfFloor(_ budget: Budget) -> Double {
        3600 / (Double(max(1, budget.allowance)) * Self.sweepFloor)
    }

    /// Requests that are left of this window when the lists, the whole listings and all ends that are expected have
    /// had theirs; below zero if they do not fit.
    func spare(_ budget: Budget) -> Double {
        let lists = Double(listRequests) / secondsBetweenLists(budget)
        return Double(budget.left) - (lists + wholeRate) * budget.secondsToReset - census.polls
    }

    /// Requests that must be kept for the rest of the window, whoever has news.
    func kept(_ budget: Budget) -> Double { sweepKept(budget) + sentinelKept(budget) }

    /// The sweep's part of it. None if it has had more than its part in the last hours.
    private func sweepKept(_ budget: Budget) -> Double {
        let rate = Double(budget.allowance) * Self.sweepFloor / 3600
        return sweepRate.rate > rate ? 0 : rate * budget.secondsToReset
    }

    /// The sentinel's part of it, likewise.
    func sentinelKept(_ budget: Budget) -> Double {
        let rate = Double(budget.allowance) * Self.sentinelFloor / 3600
        return !settings.usesSentinel || sentinelRate.rate > rate ? 0 : rate * budget.secondsToReset
    }

    /// Requests a second for the pages beyond the first.
    private var wholeRate: Double { Double(extraPages) / wholeInterval }
}

/// Requests a second, averaged over some hours.
struct Rate: Sendable {
    private static let memory = 6 * 3600.0
    private(set) var rate = 0.0
    private var last = 0.0

    mutating func count(now: Double) {
        let passed = max(0, now - last)
        last = now
        // 1 - x/m is a good enough exponential for short gaps, and stays above zero for long ones.
        rate = rate / (1 + passed / Self.memory) + 1 / Self.memory
    }
}
