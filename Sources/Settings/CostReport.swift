package import Backups
import Freshness
import Northflank

/// What `check-config` prints.
package enum CostReport {
    /// - Parameters:
    ///   - source: the file, or the environment.
    ///   - now: decides which waivers are said to end soon.
    package static func text(_ configuration: Configuration, source: String, now: Timestamp) -> String {
        let poll = configuration.poll
        var lines = ["\(source): valid"]
        if let shard = configuration.accounts.first?.shard, shard.isPart {
            lines.append("shard \(shard): the figures are those of this shard alone")
        }
        for account in configuration.accounts {
            let cost = RequestCost(account: account, poll: poll)
            lines.append("")
            let source = account.baseURLVariable.map { " (from \($0))" } ?? ""
            lines.append("account \(account.name) at \(account.baseURL)\(source), token from \(account.token):")
            lines.append(
                account.objective.isTimeZoneAuto
                    ? "  schedules are read in UTC until backups show another time zone (time_zone: auto)"
                    : "  schedules are read in the time zone \(account.objective.timeZone)")
            if !account.addons.isEmpty {
                lines.append(
                    "  \(number(cost.polls)) requests an hour for \(account.addons.count) listed addons, "
                        + "at one page every \(PrometheusDuration.text(poll.interval))")
            }
            lines.append(
                "  \(number(cost.lists)) requests an hour for lists of projects and addons, "
                    + "every \(PrometheusDuration.text(account.listInterval))"
                    + (account.discovery.enabled ? " and one more for each further project" : ""))
            lines.append(
                account.readsRestores
                    ? "  2 requests a day more for each addon, for its schedules and its restores"
                    : "  1 request a day more for each addon, for its schedules")
            if account.readsRestores, !account.restores {
                lines.append("  restores are read, because a policy has restore_every")
            }
            lines.append(
                "  \(number(cost.total)) requests an hour"
                    + (account.discovery.enabled
                        ? ", plus \(number(cost.perAddon)) for each discovered addon" : " in all"))
            lines.append(
                "  \(number(cost.allowance)) requests an hour are allowed by budget_share "
                    + "\(poll.budgetShare) of the default limit of \(RequestBudget.defaultLimit)"
                    + (account.shard.isPart ? ", divided among \(account.shard.count) shards" : ""))
            if cost.isOverLimit {
                lines.append(
                    "  WARNING: this is over the default limit of the whole account; \(remedy(cost, account, poll))")
            } else if cost.isOverAllowance {
                lines.append("  WARNING: this is over the allowance; \(remedy(cost, account, poll))")
            }
            lines += PolicyReport.lines(account, now: now)
        }
        return lines.joined(separator: "\n")
    }

    private static func remedy(
        _ cost: RequestCost, _ account: AccountConfiguration, _ poll: PollConfiguration
    ) -> String {
        let left = max(1, cost.allowance - min(cost.lists, cost.allowance * FreshnessPlan.listShare))
        guard cost.polls > left else {
            return "the lists will be read less often. Raise discovery.interval, or ask Northflank for a higher limit"
        }
        let interval = PrometheusDuration.text(.seconds((Double(account.addons.count) * 3600 / left).rounded(.up)))
        return "each addon will be polled every \(interval) or so. "
            + "Raise poll.interval, or ask Northflank for a higher limit"
    }

    private static func number(_ value: Double) -> String { String(Int(value.rounded(.up))) }
}
