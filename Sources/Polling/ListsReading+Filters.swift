import Northflank
import Settings

extension ListsReading {
    /// The patterns and types of the discovery that match nothing in the lists, in words. Projects that are read for
    /// explicit targets alone do not count.
    func unmatched(by discovery: DiscoveryConfiguration) -> [String] {
        let found = addons.filter { discovery.projects.matches($0.key) }.values.flatMap { listing in
            listing.values.map { (id: $0.id, type: $0.type) }
        }
        return discovery.unmatched(projects: projectNames.keys, addons: found)
    }
}
