import Backups
import Northflank
import Settings

extension ListsReading {
    /// The patterns and types of the discovery that match nothing in the lists, in words. Projects that are read for
    /// explicit targets alone do not count.
    func unmatched(by discovery: DiscoveryConfiguration) -> [String] {
        discovery.unmatched(
            projects: projectNames.keys, addons: listedAddons.filter { discovery.projects.matches($0.project) })
    }

    /// The policies that match no addon of the lists, of which only explicit targets count while nothing is discovered.
    /// None are known for empty lists, and for a shard that does not know the targets of the other ones.
    func unmatchedPolicies(of account: AccountConfiguration) -> [PolicyConfiguration] {
        if account.discovery.enabled { return account.unmatchedPolicies(among: listedAddons) }
        if account.shard.isPart { return [] }
        return account.unmatchedPolicies(among: listedAddons.filter { account.lists($0.project, $0.id) })
    }

    private var listedAddons: [ListedAddon] {
        addons.flatMap { project, listing in
            listing.values.map { ListedAddon(project: project, id: $0.id, type: $0.type, tags: $0.tags) }
        }
    }
}
