package import Backups

extension FreshnessPlan {
    /// Failures in a row after which an addon is left to the sweep.
    private static let mostRetries = 5
    /// Seconds before a poll that failed is tried again; twice as many after each further failure.
    private static let retryGap = 30.0

    /// A poll ended.
    ///
    /// - Parameters:
    ///   - pages: the pages that were read; nil if the poll failed.
    ///   - isWhole: whether these were all pages of the list; nil if as the action said.
    ///   - outlook: what the addon's backups and schedules let the plan expect now; nil if as before.
    package mutating func polled(
        _ key: AddonKey, pages: Int?, isWhole: Bool? = nil, outlook: Outlook? = nil, now: Double
    ) {
        let begun = flights.end(key)
        guard let id = roster.id(key) else { return }
        // A poll that this plan did not begin counts as one of the sweep.
        queues.remove(id)
        let flight = begun ?? Flight(reason: .sweep, depth: .newest, since: now, started: now)
        if let pages {
            if isWhole ?? (flight.depth == .whole) { wholeLists.read(id, pages: pages, now: now) }
            worked(id, flight, outlook, now: now)
        } else {
            failed(id, flight, now: now)
        }
        // An addon whose poll failed goes to the end of the sweep too: it must not hold up the others.
        if !queues.contains(id, in: .retries) || entries[id].wasPolled { queues.addToSweep(id) }
        guard let reason = flight.repetition, pollsAgain else { return }
        if reason == .webhook {
            _ = pollForHint(id, now: now)
        } else {
            queues.makeDue(id, .init(reason: reason, since: now))
        }
    }

    private mutating func worked(_ id: Int, _ flight: Flight, _ outlook: Outlook?, now: Double) {
        entries[id].failures = 0
        entries[id].lastPoll = flight.started
        if !entries[id].wasPolled {
            entries[id].wasPolled = true
            schedules.add(id, roster.key(id))
            restores.add(id, roster.key(id))
        }
        if entries[id].learn(outlook, flight.reason) { webhookTrust.showEnd(id) }
        if pollsAgain { planPoll(id, now: now) }
    }

    private mutating func failed(_ id: Int, _ flight: Flight, now: Double) {
        let failures = entries[id].failures + 1
        entries[id].failures = failures
        // An addon that was removed and added again in the meantime may have been polled by an earlier plan.
        let isFirst = flight.reason == .new && !entries[id].wasPolled
        guard flight.reason.isUrgent || isFirst, failures <= Self.mostRetries, pollsAgain else { return }
        let wait = PollQueues.Wait(reason: flight.reason, since: flight.since)
        queues.retry(id, wait, at: now + Self.retryGap.doubled(failures - 1))
    }

    /// Addons that should be polled now and wait for the budget or for others; the sweep has no such queue.
    package func queued(_ reason: PollReason) -> Int {
        reason == .new ? queues.neverPolledCount : queues.dueCount(reason)
    }
}
