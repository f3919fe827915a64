import Backups
import Freshness
import Northflank

extension AccountState {
    /// The lists were read, in whole or in part. Returns the addons whose records they concern.
    mutating func listed(_ lists: AccountLists, now: Instant) -> [AddonKey] {
        let isComplete = lists.errors.isEmpty
        count(requests: lists.requests, for: "lists")
        if account.discovery.enabled {
            let found = lists.targets(of: account)
            let before = discovered
            // An addon is given up only by a discovery that saw everything.
            discovered = (isComplete ? found : discovered.union(found)).subtracting(explicit)
            notes.discovered(discovered, before: before, errors: lists.errors)
            dropped += before.subtracting(discovered).subtracting(explicit).sorted()
            watch()
            statuses.update(account.name) { status in
                status.isDiscoveryUp = isComplete
                if isComplete { status.lastDiscovery = now.wall }
            }
        } else if !lists.mayListProjects {
            // Names of projects are an extra here: a token that may not read them is not asked again.
            wantsProjectNames = false
        }
        let busy = lists.addons.map { project, addons in
            (project, Set(addons.values.filter(\.isBusy).map { key(project, $0.id) }))
        }
        plan.listsRead(
            lists.extent, requests: lists.requests, busy: Dictionary(uniqueKeysWithValues: busy), now: now.uptime)
        // How many addons there are is to be seen at once.
        nextReview = -.infinity
        return plan.targets.filter { !isGone($0) }.sorted()
    }

    /// The addons that have gone since this was last asked.
    mutating func takeDropped() -> [AddonKey] {
        defer { dropped = [] }
        return dropped
    }

    func isGone(_ key: AddonKey) -> Bool { notFound[key, default: 0] >= Self.confirmedNotFound }

    func key(_ project: String, _ addon: String) -> AddonKey {
        AddonKey(account: account.name, project: project, addon: addon)
    }

    mutating func watch(seen: [AddonKey] = []) {
        let targets = explicit.union(discovered)
        plan.watch(targets, seen: seen)
        notFound = notFound.filter { targets.contains($0.key) }
        fleet.retain { $0.account != account.name || targets.contains($0) }
        for key in targets where !isGone(key) { fleet.update(key) { _ in } }
    }
}
