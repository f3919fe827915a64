import Backups
import Northflank

/// The requests that a configuration costs, estimated before the first request.
package struct RequestCost: Equatable, Sendable {
    /// Requests an hour for the backups of the explicit addons, at one page each.
    package let polls: Double
    /// Requests an hour for the lists of projects and addons; projects that are not known yet count as one project.
    package let lists: Double
    /// Requests an hour that one more addon costs.
    package let perAddon: Double
    /// Requests an hour that this exporter, or this shard, may send: `budget_share` of the default limit.
    package let allowance: Double

    package init(account: AccountConfiguration, poll: PollConfiguration) {
        perAddon = 3600 / poll.interval.seconds
        polls = Double(account.addons.count) * perAddon
        let projects = Set(account.addons.map(\.project)).count
        lists = (1 + Double(max(1, projects))) * 3600 / account.listInterval.seconds
        allowance = Double(RequestBudget.defaultLimit) * poll.budgetShare / Double(account.shard.count)
    }

    package var total: Double { polls + lists }

    /// Whether the cost exceeds the default limit of an account, whatever the exporter's share.
    package var isOverLimit: Bool { total > Double(RequestBudget.defaultLimit) }

    /// Whether the cost exceeds the exporter's share, so that polling is slowed down.
    package var isOverAllowance: Bool { total > allowance }
}

extension AccountConfiguration {
    /// Between two readings of the lists: as configured for discovery, else at least an hour, because names and types
    /// of addons rarely change.
    package var listInterval: Duration {
        discovery.enabled ? discovery.interval : max(.seconds(3600), discovery.interval)
    }
}
