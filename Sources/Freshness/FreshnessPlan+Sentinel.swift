package import Backups

extension FreshnessPlan {
    /// The list of a project's addons was read.
    ///
    /// - Parameters:
    ///   - busy: the addons that were being backed up or restored; they need not be watched.
    ///   - requests: as many as it took.
    package mutating func sentinelRead(_ name: String, busy: Set<AddonKey>, requests: Int, now: Double) {
        guard let project = roster.project(named: name),
            sentinel.ended(project, requests: requests, now: now)
        else { return }
        saw(project, busy: busy, now: now)
    }

    /// The list of a project's addons could not be read.
    package mutating func sentinelFailed(_ name: String, now: Double) {
        guard let project = roster.project(named: name), sentinel.ended(project, requests: nil, now: now)
        else { return }
        planReading(project, now: now)
    }

    /// Compares which addons are busy with those that were: an addon that no longer is has ended a backup.
    mutating func saw(_ project: Int, busy: Set<AddonKey>, now: Double) {
        guard settings.usesSentinel else { return }
        sentinel.saw(project, now: now)
        for id in roster.members(ofProject: project) {
            let wasBusy = entries[id].isBusy
            let isBusy = busy.contains(roster.key(id))
            entries[id].saw(isBusy: isBusy, now: now)
            guard pollsAgain, entries[id].wasPolled else { continue }
            switch (wasBusy, isBusy) {
            case (false, true):
                entries[id].busySince = now
                entersBackup(id, now: now)
                movePoll(id, now: now)
            case (true, true): movePoll(id, now: now)
            case (true, false): leavesBackup(id, now: now)
            case (false, false): staysIdle(id, now: now)
            }
        }
        planReading(project, now: now)
    }

    private mutating func entersBackup(_ id: Int, now: Double) {
        guard !isPending(id), !entries[id].isExpected(now: now) else { return }
        queues.addOptional(id, .init(reason: .sentinel, since: now))
    }

    private mutating func leavesBackup(_ id: Int, now: Double) {
        guard !flights.contains(roster.key(id)) else {
            _ = flights.repeatAfterwards(roster.key(id), .sentinel)
            return
        }
        queues.expectEnd(id, at: nil)
        queues.makeDue(id, .init(reason: .sentinel, since: now))
    }

    private mutating func staysIdle(_ id: Int, now: Double) {
        guard queues.contains(id, in: .expectedEnds), !webhookTrust.isTrusted(id),
            entries[id].hasProbablyEnded(now: now)
        else { return }
        queues.expectEnd(id, at: nil)
        queues.makeDue(id, .init(reason: .slot, since: entries[id].estimatedEnd ?? now))
    }

    /// Whether a poll is in flight or waits, for another reason than the sweep or an expected end.
    func isPending(_ id: Int) -> Bool { flights.contains(roster.key(id)) || queues.reason(id) != nil }

    /// Sets when a project is read next.
    mutating func planReading(_ project: Int, now: Double) {
        guard settings.usesSentinel, pollsAgain else { return }
        if roster.members(ofProject: project).isEmpty {
            sentinel.unschedule(project)
        } else {
            sentinel.schedule(project, now: now)
        }
    }
}
