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
        withdraw(addons.values.filter { !wanted.contains($0.key) && !isMissed($0) }.map(\.key), now: now)
        for key in addons.keys.sorted() { change(key, now: now, always: true) { _ in } }
        showTargets(now: now)
        // They were judged by the zone of the configuration.
        if zone != configuration.zone { judgeAgain(Array(addons.keys)) }
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
        if lists.errors.isEmpty { log(notes.unmatched(lists.unmatchedPolicies(of: configuration))) }
        noteExplicit(lists, now: now)
        let changes = plan.targets.sorted().map { (key: $0, change: lists.change(of: $0)) }
        effects.append(.keep(.listed(changes, isDiscovery: configuration.discovery.enabled)))
    }

    private mutating func discover(_ lists: ListsReading, now: Instant) {
        let isComplete = lists.errors.isEmpty
        let found = lists.targets(of: configuration)
        let before = discovered
        discovered.formUnion(found)
        // Only a complete discovery drops an addon.
        var gone: [AddonKey: Timestamp] = [:]
        if isComplete {
            let missing = before.subtracting(lists.listed(in: configuration.name))
            let missedBefore = absences.missed
            gone = absences.read(missing: missing, of: before.count, now: now.wall)
            let changed = Set(missedBefore.keys).union(missing).filter { missedBefore[$0] != absences.missed[$0] }
            effects.append(.keep(.missed(changed.sorted().map { ($0, absences.missed[$0]) })))
            log(notes.unmatched(lists.unmatched(by: configuration.discovery)))
            status.findings.removeAll { !$0.isAboutTimeZone }
            if let confirmAt = absences.confirmAt, let since = absences.missed.values.map(\.since).min() {
                status.findings.append(
                    .shrunk(found: before.count - missing.count, of: before.count, since: since, confirmAt: confirmAt))
            }
            if absences.areMany { log(notes.shrunk(before: before.count, missing: missing.count, absences, lists)) }
            discovered = found.union(missing.subtracting(gone.keys))
        }
        discovered.subtract(explicit)
        for note in notes.discovered(discovered, before: before, errors: lists.errors) { log(note) }
        for key in discovered.subtracting(before).sorted() where addons[key]?.isGone == true {
            log(notes.back(key, addons[key], now: now.wall))
        }
        let wanted = targets
        plan.watch(wanted)
        notFound = notFound.filter { wanted.contains($0.key) }
        miss(gone, now: now)
        withdraw(before.subtracting(wanted).subtracting(gone.keys).sorted(), now: now)
        showTargets(now: now)
        status.isDiscoveryUp = isComplete
        if isComplete { status.lastDiscovery = now.wall }
        effects.append(.publishStatus(status))
    }

    /// Shows targets that are not shown yet, except targets that the API does not know.
    private mutating func showTargets(now: Instant) {
        for key in targets.sorted() where addons[key] == nil { change(key, now: now) { _ in } }
    }

    /// Removes addons from the fleet, and marks them in the history, so that a restart does not show them either.
    mutating func withdraw(_ keys: [AddonKey], now: Instant) {
        guard !keys.isEmpty else { return }
        for key in keys {
            lists[key] = nil
            if addons.removeValue(forKey: key) != nil { effects.append(.withdraw(key)) }
        }
        isZoneEvidenceNew = true
        effects.append(.keep(.away(keys.map { ($0, Absence(since: now.wall, isGone: false)) })))
    }

    /// Takes in that addons are gone, and since when. One that never had a backup is not missed.
    mutating func miss(_ gone: [AddonKey: Timestamp], now: Instant) {
        if gone.isEmpty { return }
        var away: [(key: AddonKey, absence: Absence)] = []
        for (key, since) in gone.sorted(by: { $0.key < $1.key }) {
            lists[key] = nil
            let isMissed = addons[key].map { $0.record?.hadCompleted == true && $0.isMissedIfGone } ?? false
            log(notes.gone(key, addons[key], isMissed: isMissed, isConfigured: explicit.contains(key)))
            if !isMissed, addons.removeValue(forKey: key) != nil {
                effects.append(.withdraw(key))
            }
            away.append((key, Absence(since: since, isGone: isMissed, confirmed: isMissed ? now.wall : nil)))
        }
        effects.append(.keep(.away(away)))
        nextReview = -.infinity
    }

    /// Takes in that an addon may be gone.
    mutating func forget(_ key: AddonKey, now: Instant) {
        guard addons[key]?.isGone == true, !explicit.contains(key) else { return }
        log(notes.forgotten(key))
        withdraw([key], now: now)
    }

    /// Reads all lists of an addon again, which was deleted and made anew.
    mutating func readAnew(_ key: AddonKey) {
        guard plan.isWatching(key) else { return }
        lists[key] = nil
        plan.watch(targets.subtracting([key]))
        plan.watch(targets)
    }

    /// Remembers which explicit targets the lists have, for the judgement of 404 responses.
    private mutating func noteExplicit(_ lists: ListsReading, now: Instant) {
        let read = explicit.filter { lists.addons[$0.project] != nil }
        listed = listed.subtracting(read).union(read.intersection(lists.listed(in: configuration.name)))
        missUnknown(now: now)
    }

    /// Takes in which explicit targets are gone by now.
    mutating func missUnknown(now: Instant) {
        // One that never had a backup has an error, and nothing more.
        let gone = notFound.keys.filter { key in
            guard let addon = addons[key], !addon.isGone, addon.record?.hadCompleted == true else { return false }
            return isUnknown(key)
        }
        miss(Dictionary(uniqueKeysWithValues: gone.map { ($0, addons[$0]?.trouble?.since ?? now.wall) }), now: now)
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
