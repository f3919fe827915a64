import Backups

extension FreshnessPlan {
    /// The part of the allowance that the sweep has whatever the other layers need, so that what only it can see is
    /// seen: backups by hand, deletions, schedules that are not kept.
    package static let sweepFloor = 0.04
    /// The same for the sentinel: a few of its readings save more polls than they cost.
    package static let sentinelFloor = 0.04
    /// The part of what the other needs leave that goes to the sentinel; the rest is the sweep's.
    static let sentinelShare = 0.25

    /// Between two polls of an addon by the sweep as the budget allows it.
    package func intervalInForce(_ budget: Budget) -> Duration {
        let addons = Double(count)
        guard addons > 0 else { return settings.interval }
        let left = sweepLeft(budget)
        let rate = steadySweepRate(budget)
        // What this window does not carry has to wait for the next one.
        let now =
            addons > left ? budget.secondsToReset + (addons - left) / rate : addons / left * budget.secondsToReset
        return max(settings.interval, .seconds(max(addons / rate, now)))
    }

    /// Seconds from one poll of the sweep to the next.
    func sweepGap(_ budget: Budget) -> Double {
        let left = sweepLeft(budget)
        let spread = left >= 1 ? budget.secondsToReset / left : max(budget.secondsToReset, gapOfFloor(budget))
        return max(settings.interval.seconds / Double(max(1, count)), spread)
    }

    /// Requests that the sweep may send in this window.
    private func sweepLeft(_ budget: Budget) -> Double {
        min(Double(budget.left), max(spending.keptForSweep(budget), spare(budget) * sweepShare))
    }

    /// The part of what the other needs leave that goes to the sweep.
    private var sweepShare: Double { settings.usesSentinel ? 1 - Self.sentinelShare : 1 }

    /// Requests a second in a window that is like the last ones.
    private func steadySweepRate(_ budget: Budget) -> Double {
        let steady = Double(max(1, budget.allowance)) / 3600
        let needs = lists.rate(budget) + wholeLists.rate + spending.urgentRate
        return max((steady - needs) * sweepShare, steady * Self.sweepFloor)
    }

    private func gapOfFloor(_ budget: Budget) -> Double {
        3600 / (Double(max(1, budget.allowance)) * Self.sweepFloor)
    }

    /// Requests that are left of this window besides the lists, the whole listings and all expected ends; below zero
    /// if they do not fit.
    func spare(_ budget: Budget) -> Double {
        Double(budget.left) - (lists.rate(budget) + wholeLists.rate) * budget.secondsToReset - census.polls
    }

    /// Requests that an action may begin with. One is kept for each list that is being read, which can have further
    /// pages.
    func free(_ budget: Budget) -> Int { budget.left - inFlight }

    /// Requests that must be kept for the rest of the window, however many addons are due.
    func kept(_ budget: Budget) -> Double { spending.keptForSweep(budget) + keptForSentinel(budget) }

    /// The sentinel's part of it.
    func keptForSentinel(_ budget: Budget) -> Double {
        settings.usesSentinel ? spending.keptForSentinel(budget) : 0
    }
}
