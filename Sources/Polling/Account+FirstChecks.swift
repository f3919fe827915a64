import Backups
import Fleet
import Freshness
import Settings

/// How far the first checks since the start are.
extension Account {
    /// A check takes this long, in seconds, until it is known how long checks take.
    private static let assumedPace = 0.2

    /// Nil once every addon was checked, for good.
    func firstChecks(_ budget: FreshnessPlan.Budget, now: Instant) -> PollingStatus.FirstChecks? {
        guard !areFirstChecksDone else { return nil }
        let targets = targets
        let done = targets.count { addons[$0]?.isUp != nil }
        guard !isFirstListOpen else { return PollingStatus.FirstChecks(done: done, of: targets.count) }
        guard done < targets.count else { return nil }
        let elapsed = max(0, now.uptime - startedAt)
        // Waits for the budget are no part of the pace.
        let pace = done > 0 ? min(elapsed / Double(done), 3600 / Double(max(1, budget.allowance))) : Self.assumedPace
        let polls = plan.firstPolls(targets.count - done, pace: pace, budget: budget)
        return PollingStatus.FirstChecks(
            done: done, of: targets.count,
            expectedEnd: Timestamp(seconds: (now.wall.seconds + polls.seconds).rounded()),
            requestsPerHour: polls.isLimited ? budget.allowance : nil)
    }

    /// Whether it is not known yet which addons there are.
    var isFirstListOpen: Bool { configuration.discovery.enabled && status.isDiscoveryUp == nil }
}
