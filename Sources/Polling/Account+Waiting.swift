import Backups
import Fleet
import Freshness
import Settings

/// What keeps polls waiting, though no request fails.
extension Account {
    /// That the request budget is used up while polls are due; nil if it is not.
    ///
    /// - Parameter waiting: polls that are due.
    func budgetTrouble(_ budget: FreshnessPlan.Budget, waiting: Int, now: Instant) -> Trouble? {
        guard budget.left == 0, waiting > 0 else { return nil }
        let until = now.wall + .seconds(budget.secondsToReset)
        return Trouble(
            reason: Trouble.budget,
            message: "request budget used up (\(budget.allowance) of \(budget.allowance)) until \(until.atUTC); "
                + (waiting == 1 ? "1 check waits" : "\(waiting) checks wait"),
            since: now.wall,
            remedy: "raise budget_share (now \(budgetShare)), or ask Northflank for a higher limit")
    }

    /// That not every addon was checked since the start; nil once every addon was, for good.
    mutating func firstChecksTrouble(now: Instant) -> Trouble? {
        guard !areFirstChecksDone else { return nil }
        let targets = targets
        let isListed = !isFirstListOpen
        let done = targets.count { addons[$0]?.isUp != nil }
        areFirstChecksDone = isListed && done == targets.count
        guard !areFirstChecksDone else { return nil }
        return Trouble(
            reason: Trouble.firstChecks,
            message: isListed || done < targets.count
                ? "first checks: \(done) of \(targets.count) databases done"
                : "first checks: the lists of projects and addons are not read yet",
            since: now.wall)
    }
}
