import Backups
import Northflank

/// What a configuration costs in requests, before anything was asked.
package struct RequestCost: Equatable, Sendable {
    /// Requests an hour for the backups of the explicit addons, at one page each.
    package let polls: Double
    /// Requests an hour for the lists of projects and addons; those of projects that nobody knows yet are
    /// counted as one project.
    package let lists: Double
    /// Requests an hour that one more addon costs.
    package let perAddon: Double
    /// Requests an hour that we, or this shard of us, may send by `budget_share` of the default limit.
    package let allowance: Double

    package init(account: AccountConfiguration, poll: PollConfiguration) {
        perAddon = 3600 / poll.interval.seconds
        polls = Double(account.addons.count) * perAddon
        let projects = Set(account.addons.map(\.project)).count
        lists = (1 + Double(max(1, projects))) * 3600 / account.listInterval.seconds
        allowance = Double(RequestBudget.defaultLimit) * poll.budgetShare / Double(account.shard.count)
    }

    package var total: Double { polls + lists }

    /// Whether it is over the limit that an account has by default, whatever our share.
    package var isOverLimit: Bool { total > Double(RequestBudget.defaultLimit) }

    /// Whether it is over our share, so that polling will be slowed down.
    package var isOverAllowance: Bool { total > allowance }
}

extension AccountConfiguration {
    /// Between two readings of the lists: as configured for discovery, else an hour at least, since names and types of
    /// addons hardly ever change.
    package var listInterval: Duration {
        discovery.enabled ? discovery.interval : max(.seconds(3600), discovery.interval)
    }
}
