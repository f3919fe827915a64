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
    /// Sets the addons to watch. Addons that stay keep their turn and all that is known of them.
    ///
    /// - Parameters:
    ///   - targets: of one account.
    ///   - seen: addons that are new to the plan but were polled before, longest unseen first. Their pages and whole
    ///     readings count as if this plan had read them.
    package mutating func watch(_ targets: Set<AddonKey>, seen: [Seen] = []) {
        for key in ids.keys.filter({ !targets.contains($0) }).sorted() { remove(key) }
        let added = targets.filter { ids[$0] == nil }
        guard !added.isEmpty else { return }
        let addedSeen = seen.filter { added.contains($0.key) }
        for known in addedSeen where ids[known.key] == nil {
            let key = known.key
            let id = add(key)
            entries[id].isSeen = true
            entries[id].pages = known.pages
            extraPages += known.pages - 1
            entries[id].lastWhole = known.lastWhole ?? -.infinity
            if flights[key] == nil { ring.set(id, nextTurn()) }
            schedules.add(id, key, turn: nextTurn())
            restores.add(id, key, turn: nextTurn())
        }
        for key in added.subtracting(addedSeen.map(\.key)).sorted() {
            let id = add(key)
            // One that was given up and comes back while it is in flight is polled already.
            if flights[key] == nil { unseen.set(id, nextTurn()) }
        }
    }

    private mutating func add(_ key: AddonKey) -> Int {
        let project: Int
        if let known = projectIDs[key.project] {
            project = known
        } else {
            project = projects.count
            projectIDs[key.project] = project
            projects.append(Project(name: key.project))
        }
        let entry = Entry(key: key, project: project)
        let id: Int
        if let free = freeIDs.popLast() {
            id = free
            entries[id] = entry
            nextExpected[id] = .infinity
        } else {
            id = entries.count
            entries.append(entry)
            nextExpected.append(.infinity)
        }
        ids[key] = id
        projects[project].members.append(id)
        return id
    }

    private mutating func remove(_ key: AddonKey) {
        guard let id = ids.removeValue(forKey: key) else { return }
        forget(id)
        schedules.remove(id)
        restores.remove(id)
        extraPages -= entries[id].pages - 1
        nextExpected[id] = .infinity
        entries[id].isBusy = false
        let project = entries[id].project
        projects[project].members.removeAll { $0 == id }
        if projects[project].members.isEmpty { reads.remove(project) }
        freeIDs.append(id)
    }
}
