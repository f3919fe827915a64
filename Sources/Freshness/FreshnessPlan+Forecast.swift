import Backups

extension FreshnessPlan {
    /// What the rest of the window will be spent on, as far as it can be known.
    package struct Forecast: Equatable, Sendable {
        /// Requests until the window ends.
        package var requests: Double
        /// When the budget will be used up, in seconds of uptime; nil if not before the window ends.
        package var usedUpAt: Double?
    }

    /// Forecasts the rest of the window. What is spread evenly (sweep, lists) slows down before it uses the budget up;
    /// the ends of many backups at once may not.
    package func forecast(now: Double, budget: Budget) -> Forecast {
        let reset = budget.secondsToReset
        let swept = queues.isEmpty(.sweep) ? 0 : reset / max(1, sweepGap(budget))
        let read = sentinel.savingRate * reset
        let listed = lists.rate(budget) * reset
        let firsts = Double(queues.neverPolledCount + schedules.neverReadCount + restores.neverReadCount)
        let even = min(swept + read + listed, max(kept(budget), Double(budget.left) - census.polls))
        let requests = firsts + even + census.polls
        guard requests > Double(budget.left) else { return Forecast(requests: requests, usedUpAt: nil) }
        var left = Double(budget.left) - firsts
        let evenPerMinute = reset > 0 ? even * 60 / reset : 0
        for (minute, polls) in census.pollsByMinute.enumerated() {
            let need = polls + evenPerMinute
            guard left > need else {
                let part = need > 0 ? max(0, left) / need : 0
                let time = now + (Double(minute) + part) * 60
                return Forecast(requests: requests, usedUpAt: min(time, now + reset))
            }
            left -= need
        }
        return Forecast(requests: requests, usedUpAt: nil)
    }
}
