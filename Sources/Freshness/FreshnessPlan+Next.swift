extension FreshnessPlan {
    /// Seconds; so that rounding never makes a runner spin.
    private static let shortestWait = 0.001

    /// What to do now. What is returned counts as begun.
    ///
    /// - Parameters:
    ///   - now: seconds of uptime.
    ///   - hasRoom: whether one more request may be in flight; reading the lists needs no room.
    package mutating func next(now: Double, budget: Budget, hasRoom: Bool) -> Action {
        takeCensus(now: now, budget: budget)
        promote(now: now)
        guard budget.left > 0 else {
            return .wait(until: max(now + Self.shortestWait, now + budget.secondsToReset))
        }
        let listsDue = listsDue(now: now, budget: budget)
        if listsDue <= now {
            isReadingLists = true
            lastListsStart = now
            return .readLists
        }
        guard hasRoom else { return .wait(until: listsDue) }
        if let action = urgent(now: now, budget: budget) { return action }
        if let key = schedules.beginFirst(entries) { return .readSchedules(key) }
        if let key = restores.beginFirst(entries) { return .readRestores(key) }
        guard pollsAgain else { return .wait(until: listsDue) }
        if let project = beginRead(now: now) { return .readProject(project) }
        if !census.isShort {
            let gap = readingGap(budget)
            if let id = entered.popFirst() { return begin(id, entries[id].reason, now: now) }
            if let key = schedules.beginDue(entries, now: now, gap: gap) { return .readSchedules(key) }
            if let key = restores.beginDue(entries, now: now, gap: gap) { return .readRestores(key) }
        }
        if let id = nextInRound(now: now, budget: budget) { return begin(id, .sweep, now: now) }
        return .wait(until: nextTime(now: now, budget: budget, listsDue: listsDue))
    }

    /// When there may be something to do if nothing ends or is heard before.
    private func nextTime(now: Double, budget: Budget, listsDue: Double) -> Double {
        var times = [now + budget.secondsToReset, listsDue]
        times += [asks.first?.priority, later.first?.priority, reads.first?.priority].compactMap(\.self)
        if !ring.isEmpty { times.append(nextSweep) }
        if census.isUseful { times.append(census.next) }
        if !census.isShort {
            let gap = readingGap(budget)
            times += [schedules.nextDue(gap: gap), restores.nextDue(gap: gap)].compactMap(\.self)
        }
        if !ready.isEmpty {
            // Less has to be kept for the rest of the window when there is less of it.
            let missing = kept(budget) - Double(budget.left)
            times.append(now + max(0, missing) / max(kept(budget), 1) * budget.secondsToReset)
        }
        return max(now + Self.shortestWait, times.min() ?? .infinity)
    }

    /// Somebody with news, or somebody new; by turns if there are both, so that neither waits for all of the others.
    private mutating func urgent(now: Double, budget: Budget) -> Action? {
        let mayAsk = !ready.isEmpty && pollsAgain && Double(budget.left) > kept(budget)
        if mayAsk, unseen.isEmpty || !isNewNext, let id = ready.popFirst() {
            isNewNext = true
            return begin(id, entries[id].reason, now: now)
        }
        isNewNext = false
        guard let id = unseen.popFirst() else { return nil }
        // What comes after the last of them is a round at its own pace.
        nextSweep = now + sweepGap(budget)
        return begin(id, .new, now: now)
    }

    /// Moves what has come due into the queue of those to be polled now.
    private mutating func promote(now: Double) {
        while let (id, time) = asks.first, time <= now {
            asks.remove(id)
            makeReady(id, .slot, since: estimatedEnd(id) ?? time)
        }
        while let (id, time) = later.first, time <= now {
            later.remove(id)
            if entries[id].reason == .new {
                unseen.set(id, nextTurn())
            } else {
                makeReady(id, entries[id].reason, since: entries[id].since)
            }
        }
    }

    /// Puts an addon among those to be polled now; the better reason and the earlier time count.
    mutating func makeReady(_ id: Int, _ reason: PollReason, since: Double) {
        guard !unseen.contains(id) else { return }
        later.remove(id)
        entered.remove(id)
        guard ready.contains(id) else {
            (entries[id].reason, entries[id].since) = (reason, since)
            return ready.set(id, since)
        }
        if reason.rank < entries[id].reason.rank { entries[id].reason = reason }
        if since < entries[id].since {
            entries[id].since = since
            ready.set(id, since)
        }
    }

    mutating func begin(_ id: Int, _ reason: PollReason, now: Double) -> Action {
        let entry = entries[id]
        forget(id)
        let isWholeDue = now - entry.lastWhole >= wholeInterval
        // Many pages can wait for a window that has room for them, but not for ever.
        let canWait = census.isShort && entry.pages > 1 && now - entry.lastWhole < 2 * wholeInterval
        let depth: Depth = isWholeDue && !canWait ? .whole : .newest
        flights[entry.key] = Flight(reason: reason, depth: depth, since: entry.since, started: now)
        switch reason {
        case .new: break
        case .sweep: sweepRate.count(now: now)
        case .webhook, .sentinel, .slot: newsRate.count(now: now)
        }
        return .poll(entry.key, reason, depth)
    }

    /// Takes an addon out of all queues of polls.
    mutating func forget(_ id: Int) {
        unseen.remove(id)
        ring.remove(id)
        asks.remove(id)
        later.remove(id)
        ready.remove(id)
        entered.remove(id)
    }

    mutating func nextTurn() -> Double {
        lastTurn += 1
        return lastTurn
    }
}

extension PollReason {
    /// The place in `allCases`: the better reason first.
    var rank: Int {
        switch self {
        case .new: 0
        case .webhook: 1
        case .sentinel: 2
        case .slot: 3
        case .sweep: 4
        }
    }
}
