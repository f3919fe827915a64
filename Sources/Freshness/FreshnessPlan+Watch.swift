package import Backups

/// What an earlier plan knew of an addon that it polled.
package struct Seen: Equatable, Sendable {
    package let key: AddonKey
    /// Pages of the whole list, at least 1.
    package let pages: Int
    /// When all pages were last read, in seconds of uptime; negative if before the start, nil if not known.
    package let lastWhole: Double?

    package init(key: AddonKey, pages: Int = 1, lastWhole: Double? = nil) {
        self.key = key
        self.pages = max(1, pages)
        self.lastWhole = lastWhole
    }
}

extension FreshnessPlan {
    /// Sets the addons to watch. Addons that stay keep their place in the sweep and all that is known of them.
    ///
    /// - Parameters:
    ///   - targets: of one account.
    ///   - seen: addons that are new to the plan but were polled before, longest unseen first. Their pages and whole
    ///     readings count as if this plan had read them.
    package mutating func watch(_ targets: Set<AddonKey>, seen: [Seen] = []) {
        // In order, so that the same events bring the same actions.
        for key in roster.keys.subtracting(targets).sorted() { remove(key) }
        for known in seen where targets.contains(known.key) && !isWatching(known.key) { add(known) }
        for key in targets.subtracting(roster.keys).sorted() {
            let id = add(key)
            // If it was removed and comes back while its poll is in flight, this poll is its first.
            if !flights.contains(key) { queues.addNeverPolled(id) }
        }
    }

    private mutating func add(_ known: Seen) {
        let id = add(known.key)
        entries[id].wasPolled = true
        wholeLists.read(id, pages: known.pages, now: known.lastWhole ?? -.infinity)
        if !flights.contains(known.key) { queues.addToSweep(id) }
        schedules.add(id, known.key)
        restores.add(id, known.key)
    }

    private mutating func add(_ key: AddonKey) -> Int {
        let id = roster.add(key)
        if id == entries.count { entries.append(Entry()) }
        sentinel.grow(to: roster.projectCount)
        return id
    }

    private mutating func remove(_ key: AddonKey) {
        guard let id = roster.remove(key) else { return }
        entries[id] = Entry()
        queues.remove(id)
        wholeLists.remove(id)
        webhookTrust.remove(id)
        schedules.remove(id)
        restores.remove(id)
        let project = roster.project(of: id)
        if roster.members(ofProject: project).isEmpty { sentinel.unschedule(project) }
    }
}
