import Backups

extension FreshnessPlan {
    /// Seconds; so that rounding never makes the caller spin.
    private static let shortestWait = 0.001

    /// What to do now. The action that is returned counts as begun.
    ///
    /// - Parameters:
    ///   - now: seconds of uptime.
    ///   - hasRoom: whether one more request may be in flight; reading the lists needs no room.
    package mutating func next(now: Double, budget: Budget, hasRoom: Bool) -> Action {
        takeCensus(now: now, budget: budget)
        promote(now: now)
        guard free(budget) > 0 else { return .wait(until: now + max(Self.shortestWait, budget.secondsToReset)) }
        let listsDue = lists.due(now: now, budget: budget, isShort: census.isShort)
        if listsDue <= now {
            lists.begin(now: now)
            return .readLists
        }
        guard hasRoom else { return .wait(until: listsDue) }
        if let action = urgentPoll(now: now, budget: budget) { return action }
        if let key = schedules.beginFirst(roster) { return .readSchedules(key) }
        if let key = restores.beginFirst(roster) { return .readRestores(key) }
        guard pollsAgain else { return .wait(until: listsDue) }
        if let project = sentinel.begin(now: now) {
            spending.countSentinelReading(now: now)
            return .readProject(roster.name(ofProject: project))
        }
        if !census.isShort, let action = optionalAction(now: now, budget: budget) { return action }
        if let action = sweepPoll(now: now, budget: budget) { return action }
        return .wait(until: nextTime(now: now, budget: budget, listsDue: listsDue))
    }

    /// When there may be something to do if no request ends and no webhook arrives before.
    private func nextTime(now: Double, budget: Budget, listsDue: Double) -> Double {
        var times = [now + budget.secondsToReset, listsDue]
        times += [queues.nextTime, sentinel.nextDue].compactMap(\.self)
        if !queues.isEmpty(.sweep) { times.append(sweepPace.next) }
        if settings.usesSentinel || census.polls > 0 { times.append(census.next) }
        if !census.isShort {
            let gap = readingGap(budget)
            times += [schedules.nextDue(gap: gap), restores.nextDue(gap: gap)].compactMap(\.self)
        }
        if !queues.isEmpty(.due) {
            // Less has to be kept for the rest of the window when there is less of it.
            let missing = kept(budget) - Double(free(budget))
            times.append(now + max(0, missing) / max(kept(budget), 1) * budget.secondsToReset)
        }
        return max(now + Self.shortestWait, times.min() ?? .infinity)
    }

    /// A poll of an addon that is due, or that was never polled.
    private mutating func urgentPoll(now: Double, budget: Budget) -> Action? {
        let mayPollDue = pollsAgain && Double(free(budget)) > kept(budget)
        guard let (id, wait) = queues.takeUrgent(mayTakeDue: mayPollDue) else { return nil }
        // The sweep begins at its own pace when the last addon was polled for the first time.
        if wait == nil { sweepPace.restart(now: now, gap: sweepGap(budget)) }
        return begin(id, wait?.reason ?? .new, since: wait?.since, now: now)
    }

    /// What is done only while there are requests to spare.
    private mutating func optionalAction(now: Double, budget: Budget) -> Action? {
        if let (id, wait) = queues.takeOptional() { return begin(id, wait.reason, since: wait.since, now: now) }
        let gap = readingGap(budget)
        if let key = schedules.beginDue(roster, now: now, gap: gap) { return .readSchedules(key) }
        if let key = restores.beginDue(roster, now: now, gap: gap) { return .readRestores(key) }
        return nil
    }

    /// The next poll of the sweep, if it is time.
    private mutating func sweepPoll(now: Double, budget: Budget) -> Action? {
        guard !queues.isEmpty(.sweep), sweepPace.takeIfDue(now: now, gap: sweepGap(budget)) else { return nil }
        return queues.takeFromSweep().map { begin($0, .sweep, since: nil, now: now) }
    }

    /// Moves what has come due into the queue of addons to be polled now.
    private mutating func promote(now: Double) {
        while let (id, time) = queues.takeExpectedEnd(now: now) {
            queues.makeDue(id, .init(reason: .slot, since: entries[id].estimatedEnd ?? time))
        }
        while let (id, wait) = queues.takeRetry(now: now) {
            if wait.reason == .new { queues.addNeverPolled(id) } else { queues.makeDue(id, wait) }
        }
    }

    /// - Parameter since: seconds of uptime since when there is something to see; nil if it is not known.
    private mutating func begin(_ id: Int, _ reason: PollReason, since: Double?, now: Double) -> Action {
        let key = roster.key(id)
        if reason == .webhook { entries[id].lastHintPoll = now }
        let depth = wholeLists.depth(id, now: now, isShort: census.isShort)
        flights.begin(key, Flight(reason: reason, depth: depth, since: since ?? now, started: now))
        spending.countPoll(reason, now: now)
        return .poll(key, reason, depth)
    }
}
