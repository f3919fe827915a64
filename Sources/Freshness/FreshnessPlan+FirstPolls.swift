import Backups

extension FreshnessPlan {
    /// How long it takes to poll addons that were not polled since the start.
    package struct FirstPolls: Equatable, Sendable {
        package var seconds: Double
        /// Whether the request budget decides it.
        package var isLimited: Bool
    }

    /// Estimates the time until the last of some addons is polled. Those without any earlier poll take what the budget has,
    /// window by window; the others come in the order of the sweep.
    ///
    /// - Parameters:
    ///   - waiting: addons that were not polled since the start.
    ///   - pace: seconds from one poll to the next while the budget lasts.
    package func firstPolls(_ waiting: Int, pace: Double, budget: Budget) -> FirstPolls {
        let new = min(waiting, queues.neverPolledCount + flights.count)
        let known = waiting - new
        // A poll in flight has its request already.
        let later = min(new, queues.neverPolledCount) - budget.left
        var polls = FirstPolls(seconds: Double(new) * pace, isLimited: later > 0)
        if polls.isLimited {
            let allowance = max(1, budget.allowance)
            let windows = (later - 1) / allowance
            polls.seconds = budget.secondsToReset + Double(windows) * 3600 + Double(later - windows * allowance) * pace
        }
        guard known > 0 else { return polls }
        let interval = intervalInForce(budget)
        let swept = interval.seconds * Double(known) / Double(max(1, count))
        return FirstPolls(
            seconds: max(polls.seconds, swept), isLimited: polls.isLimited || interval > settings.interval)
    }
}
