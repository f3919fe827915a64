package import Backups

extension FreshnessPlan {
    /// Failures in a row after which an addon waits for its turn in the round.
    private static let mostRetries = 5
    /// Seconds before a poll that failed is tried again; twice as many after each further failure.
    private static let retryGap = 30.0

    /// A poll ended.
    ///
    /// - Parameters:
    ///   - pages: the pages that were read; nil if the poll failed.
    ///   - isWhole: whether these were all pages of the list; nil means as it was asked for.
    ///   - outlook: what the addon's backups and schedules let one expect now; nil means as before.
    package mutating func polled(
        _ key: AddonKey, pages: Int?, isWhole: Bool? = nil, outlook: Outlook? = nil, now: Double
    ) {
        let flight = flights.removeValue(forKey: key)
        guard let id = ids[key] else { return }
        let reason = flight?.reason ?? .sweep
        let again = entries[id].again
        entries[id].again = nil
        if let pages {
            observed(id, flight, pages: pages, isWhole: isWhole ?? (flight?.depth == .whole), outlook, now: now)
        } else {
            failed(id, flight, reason, now: now)
        }
        // It was seen or not, its turn is over: one that fails must not hold up the round.
        if entries[id].isSeen || !later.contains(id) { ring.set(id, nextTurn()) }
        if let again, pollsAgain { makeReady(id, again, since: now) }
    }

    private mutating func observed(
        _ id: Int, _ flight: Flight?, pages: Int, isWhole: Bool, _ outlook: Outlook?, now: Double
    ) {
        if isWhole {
            extraPages += max(1, pages) - entries[id].pages
            entries[id].pages = max(1, pages)
            entries[id].lastWhole = now
        }
        entries[id].failures = 0
        entries[id].lastLook = flight?.started ?? now
        if !entries[id].isSeen {
            entries[id].isSeen = true
            schedules.add(id, entries[id].key, turn: nextTurn())
            restores.add(id, entries[id].key, turn: nextTurn())
        }
        learn(id, outlook, reason: flight?.reason ?? .sweep)
        if pollsAgain { planAsk(id, now: now) }
    }

    private mutating func failed(_ id: Int, _ flight: Flight?, _ reason: PollReason, now: Double) {
        entries[id].failures += 1
        guard reason != .sweep, entries[id].failures <= Self.mostRetries, pollsAgain else { return }
        (entries[id].reason, entries[id].since) = (reason, flight?.since ?? now)
        later.set(id, now + Self.retryGap * Double(1 << (entries[id].failures - 1)))
    }

    /// Addons that should be polled now and wait for the budget or for others; for the sweep there is no such queue.
    package func queued(_ reason: PollReason) -> Int {
        switch reason {
        case .new: unseen.count
        case .sweep: 0
        case .webhook, .sentinel, .slot:
            ids.values.count { ready.contains($0) && entries[$0].reason == reason }
        }
    }
}
