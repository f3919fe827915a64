import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// Addons that are added, kept and dropped.
extension Account {
    mutating func begin(now: Instant) {
        effects.append(.publishStatus(status))
        let wanted = targets
        withdraw(addons.keys.filter { !wanted.contains($0) })
        for key in addons.keys.sorted() { change(key, now: now, always: true) { _ in } }
        showTargets(now: now)
        if !configuration.discovery.enabled || plan.count > 0 { effects.append(.ready) }
    }

    mutating func beginLists(now: Instant) {
        reading = ListsReading(
            discovery: configuration.discovery, explicit: Set(configuration.addons.map(\.project)),
            wantsNames: mayListProjects)
        endListsIfDone(now: now)
    }

    /// Applies the lists once the reading of all of them has ended, completely or with errors.
    mutating func endListsIfDone(now: Instant) {
        guard let lists = reading, lists.isDone else { return }
        reading = nil
        if lists.isCancelled { return }
        effects.append(count(lists.requests, .lists))
        if configuration.discovery.enabled {
            discover(lists, now: now)
        } else if !lists.mayListProjects {
            // Names of projects are optional here: a token that may not read them is not used for that again.
            mayListProjects = false
        }
        let busy = lists.addons.map { project, addons in
            (project, Set(addons.values.filter(\.isBusy).map { key(project, $0.id) }))
        }
        plan.listsRead(
            lists.extent, requests: lists.requests, busy: Dictionary(uniqueKeysWithValues: busy), now: now.uptime)
        // The number of addons is published at once.
        nextReview = -.infinity
        let changes = plan.targets.filter { !isGone($0) }.sorted().map { (key: $0, change: lists.change(of: $0)) }
        effects.append(.keep(.listed(changes, isDiscovery: configuration.discovery.enabled)))
    }

    private mutating func discover(_ lists: ListsReading, now: Instant) {
        let isComplete = lists.errors.isEmpty
        let found = lists.targets(of: configuration)
        let before = discovered
        // Only a complete discovery drops an addon.
        discovered = (isComplete ? found : discovered.union(found)).subtracting(explicit)
        for note in notes.discovered(discovered, before: before, errors: lists.errors) { log(note) }
        let wanted = targets
        plan.watch(wanted)
        notFound = notFound.filter { wanted.contains($0.key) }
        withdraw(before.subtracting(wanted).sorted())
        showTargets(now: now)
        status.isDiscoveryUp = isComplete
        if isComplete { status.lastDiscovery = now.wall }
        effects.append(.publishStatus(status))
    }

    /// Shows targets that are not shown yet, except targets that the API does not know.
    private mutating func showTargets(now: Instant) {
        for key in targets.sorted() where addons[key] == nil && !isGone(key) { change(key, now: now) { _ in } }
    }

    /// Removes addons from the fleet, and marks them in the history, so that a restart does not show them either.
    mutating func withdraw(_ keys: [AddonKey]) {
        guard !keys.isEmpty else { return }
        for key in keys {
            lists[key] = nil
            if addons.removeValue(forKey: key) != nil { effects.append(.withdraw(key)) }
        }
        effects.append(.keep(.unwatched(keys)))
    }

    /// The reading of a project's list of addons for their states has ended or failed.
    mutating func take(states result: Result<Listing<AddonListing>, APIError>, of project: String, now: Instant) {
        switch result {
        case .success(let listing):
            let busy = Set(listing.entries.filter(\.isBusy).map { key(project, $0.id) })
            plan.sentinelRead(project, busy: busy, requests: listing.pages, now: now.uptime)
            effects.append(count(listing.pages, .addonStates))
            let changes = listing.entries.compactMap { entry -> (key: AddonKey, change: AddonChange)? in
                let key = key(project, entry.id)
                guard let record = addons[key]?.record, record.isPaused != entry.facts.isPaused else { return nil }
                return (key, .listed(projectName: nil, entry.facts))
            }
            if !changes.isEmpty { effects.append(.keep(.listed(changes, isDiscovery: false))) }
        case .failure(let error):
            guard error.reason != .cancelled else { return }
            plan.sentinelFailed(project, now: now.uptime)
            effects.append(count(1, .addonStates))
        }
    }
}
