import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// Which addons come, stay and go.
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

    /// Takes the lists over once all of them were read, in whole or in part.
    mutating func endListsIfDone(now: Instant) {
        guard let lists = reading, lists.isDone else { return }
        reading = nil
        if lists.isCancelled { return }
        effects.append(count(lists.requests, .lists))
        if configuration.discovery.enabled {
            discover(lists, now: now)
        } else if !lists.mayListProjects {
            // Names of projects are an extra here: a token that is not allowed to read them is not used for that again.
            mayListProjects = false
        }
        let busy = lists.addons.map { project, addons in
            (project, Set(addons.values.filter(\.isBusy).map { key(project, $0.id) }))
        }
        plan.listsRead(
            lists.extent, requests: lists.requests, busy: Dictionary(uniqueKeysWithValues: busy), now: now.uptime)
        // How many addons there are is to be seen at once.
        nextReview = -.infinity
        let changes = plan.targets.filter { !isGone($0) }.sorted().map { (key: $0, change: lists.change(of: $0)) }
        effects.append(.keep(.listed(changes, isDiscovery: configuration.discovery.enabled)))
    }

    private mutating func discover(_ lists: ListsReading, now: Instant) {
        let isComplete = lists.errors.isEmpty
        let found = lists.targets(of: configuration)
        let before = discovered
        // An addon is given up only by a discovery that saw everything.
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

    /// Shows the targets that are not shown yet, unless the API does not know them.
    private mutating func showTargets(now: Instant) {
        for key in targets.sorted() where addons[key] == nil && !isGone(key) { change(key, now: now) { _ in } }
    }

    /// Shows addons no longer, and has the history say so, so that a restart does not show them either.
    mutating func withdraw(_ keys: [AddonKey]) {
        guard !keys.isEmpty else { return }
        for key in keys where addons.removeValue(forKey: key) != nil { effects.append(.withdraw(key)) }
        effects.append(.keep(.unwatched(keys)))
    }

    /// The list of a project's addons was read for their states, or could not be.
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
