package import Backups

extension FreshnessPlan {
    /// Seconds between two readings of one project at least.
    static let shortestReadGap = 15.0
    /// Seconds before a reading that failed is tried again; twice as many after each further failure.
    private static let retryGap = 60.0
    /// An addon that is seen idle after this part of the spread has passed has ended, rather than not begun.
    static let idleShare = 0.5

    mutating func beginRead(now: Double) -> String? {
        guard let (project, time) = reads.first, time <= now else { return nil }
        reads.remove(project)
        save(project, now: now)
        projects[project].saved -= Double(projects[project].requests)
        projects[project].isReading = true
        projectReads += 1
        sentinelRate.count(now: now)
        return projects[project].name
    }

    /// The list of a project's addons was read.
    ///
    /// - Parameters:
    ///   - busy: those that were being backed up or restored; they need not be watched.
    ///   - requests: as many as it took.
    package mutating func sentinelRead(_ name: String, busy: Set<AddonKey>, requests: Int, now: Double) {
        guard let project = readEnded(name) else { return }
        projects[project].requests = max(1, requests)
        saw(project, busy: busy, now: now)
    }

    /// The list of a project's addons could not be read.
    package mutating func sentinelFailed(_ name: String, now: Double) {
        guard let project = readEnded(name) else { return }
        projects[project].failures += 1
        let gap = Self.retryGap.doubled(projects[project].failures - 1, atMost: 6)
        projects[project].lastRead = max(projects[project].lastRead, now + gap - Self.shortestReadGap)
        planRead(project, now: now)
    }

    private mutating func readEnded(_ name: String) -> Int? {
        guard let project = projectIDs[name], projects[project].isReading else { return nil }
        projects[project].isReading = false
        projectReads -= 1
        return project
    }

    /// Compares who is busy now with who was: those who left have news.
    mutating func saw(_ project: Int, busy: Set<AddonKey>, now: Double) {
        guard settings.usesSentinel else { return }
        projects[project].failures = 0
        projects[project].lastRead = max(projects[project].lastRead, now)
        for id in projects[project].members {
            let wasBusy = entries[id].isBusy
            let isBusy = busy.contains(entries[id].key)
            entries[id].isBusy = isBusy
            if isBusy { entries[id].busyAt = now }
            guard pollsAgain, entries[id].isSeen else { continue }
            if isBusy {
                if !wasBusy {
                    entries[id].busySince = now
                    entersBackup(id, now: now)
                }
                if asks.contains(id) { planAsk(id, now: now) }
            } else if wasBusy {
                leavesBackup(id, now: now)
            } else if asks.contains(id), hasSurelyEnded(id, now: now) {
                asks.remove(id)
                makeReady(id, .slot, since: estimatedEnd(id) ?? now)
            }
        }
        planRead(project, now: now)
    }

    private mutating func entersBackup(_ id: Int, now: Double) {
        let isPending = flights[entries[id].key] != nil || ready.contains(id) || later.contains(id)
        guard !isPending, !entered.contains(id), !isExpected(id, now: now) else { return }
        (entries[id].reason, entries[id].since) = (.sentinel, now)
        entered.set(id, now)
    }

    private mutating func leavesBackup(_ id: Int, now: Double) {
        if flights[entries[id].key] != nil {
            if entries[id].again == nil { entries[id].again = .sentinel }
            return
        }
        asks.remove(id)
        makeReady(id, .sentinel, since: now)
    }

    /// Whether an addon that is idle has had its backup by now, by what it took before. Asked once for each backup.
    private func hasSurelyEnded(_ id: Int, now: Double) -> Bool {
        let entry = entries[id]
        guard entry.fruitless == 0, !isTrusted(entry) else { return false }
        return entry.outlook.expected.contains { expected in
            guard expected.from <= now else { return false }
            if expected.isRunning { return true }
            return expected.from > entry.lastLook
                && expected.lag.share(within: now - expected.from) >= Self.idleShare
        }
    }

    /// Sets when a project is read next, from what has been saved up for it.
    mutating func planRead(_ project: Int, now: Double) {
        guard settings.usesSentinel, pollsAgain else { return }
        let known = projects[project]
        guard !known.isReading, !known.members.isEmpty, known.savingRate > 0 else { return reads.remove(project) }
        save(project, now: now)
        let missing = max(0, Double(known.requests) - projects[project].saved)
        let time = max(now + missing / known.savingRate, known.lastRead + Self.shortestReadGap)
        reads.set(project, time)
    }

    /// Brings what is saved up for a project to this time.
    private mutating func save(_ project: Int, now: Double) {
        // The first time there is nothing to bring forward.
        let passed = projects[project].savedAt.isFinite ? max(0, now - projects[project].savedAt) : 0
        projects[project].savedAt = now
        let most = 1.5 * Double(projects[project].requests)
        projects[project].saved = min(most, projects[project].saved + passed * projects[project].savingRate)
    }

    /// Sets how fast a project saves up from now on.
    mutating func setSavingRate(_ project: Int, _ rate: Double, now: Double) {
        save(project, now: now)
        projects[project].savingRate = rate
        planRead(project, now: now)
    }
}
