import Backups

/// The queues of polls: which addons wait for a poll, in which order, and for what reason.
///
/// The invariant, for each watched addon:
/// - While a poll of it is in flight, it is in no queue.
/// - Else it is in at least one of `neverPolled`, `sweep`, `retries` and `due`, so that it will be polled.
/// - In `neverPolled` it is in no other queue.
/// - Once it was polled with success, it is in `sweep`, and never again in `neverPolled`.
/// - It is in at most one of `retries`, `due` and `optional`.
/// - In `expectedEnds` it is in `sweep` too, and not in `retries`. It is in `due` too only if its last poll has to be
///   repeated at once.
/// - In `optional` it is in `sweep` too.
///
/// An addon that is not watched is in no queue.
struct PollQueues: Sendable {
    enum Queue: CaseIterable {
        case neverPolled, sweep, expectedEnds, retries, due, optional
    }

    /// Why an addon waits for a poll.
    struct Wait: Sendable {
        var reason: PollReason
        /// Since when there is something to see, in seconds of uptime, as far as it is known.
        var since: Double
    }

    /// Addons of which no poll has worked yet, in the order in which they were added.
    private var neverPolled = IndexedHeap()
    /// The addon that was polled longest ago comes first.
    private var sweep = IndexedHeap()
    /// Addons with an expected backup, by the time at which a poll should show its end.
    private var expectedEnds = IndexedHeap()
    /// Addons whose last poll failed, or that a webhook names too soon after a poll for a webhook, by the time of the
    /// next poll.
    private var retries = IndexedHeap()
    /// Addons to be polled as soon as the budget allows it, by `since`.
    private var due = IndexedHeap()
    /// Addons to be polled if there are requests to spare, by `since`.
    private var optional = IndexedHeap()

    /// By id, for the addons in `retries`, `due` and `optional`.
    private var waits: [Int: Wait] = [:]
    /// The last place given in `neverPolled` or `sweep`.
    private var lastPlace = 0.0
    /// Whether an addon that is due was the last to go while others were never polled.
    private var isNeverPolledNext = true

    var neverPolledCount: Int { neverPolled.count }
    /// When the first expected end or retry comes due, in seconds of uptime.
    var nextTime: Double? { [expectedEnds.first?.priority, retries.first?.priority].compactMap(\.self).min() }

    /// Addons that are due for a reason.
    func dueCount(_ reason: PollReason) -> Int { waits.count { $1.reason == reason && due.contains($0) } }

    func isEmpty(_ queue: Queue) -> Bool { heap(queue).isEmpty }

    func contains(_ id: Int, in queue: Queue) -> Bool { heap(queue).contains(id) }

    private func heap(_ queue: Queue) -> IndexedHeap {
        switch queue {
        case .neverPolled: neverPolled
        case .sweep: sweep
        case .expectedEnds: expectedEnds
        case .retries: retries
        case .due: due
        case .optional: optional
        }
    }

    /// Why an addon in `retries`, `due` or `optional` waits; nil for all others.
    func reason(_ id: Int) -> PollReason? { waits[id]?.reason }

    /// When an addon in `retries` is polled, in seconds of uptime; nil for all others.
    func retryTime(_ id: Int) -> Double? { retries.priority(of: id) }
}

extension PollQueues {
    mutating func addNeverPolled(_ id: Int) { neverPolled.set(id, nextPlace()) }

    /// Puts an addon at the end of the sweep.
    mutating func addToSweep(_ id: Int) { sweep.set(id, nextPlace()) }

    /// Has an addon polled when an expected backup should have ended, unless it is polled before.
    ///
    /// - Parameter time: seconds of uptime; nil if no end is expected.
    mutating func expectEnd(_ id: Int, at time: Double?) {
        guard let time, !due.contains(id), !retries.contains(id) else { return expectedEnds.remove(id) }
        expectedEnds.set(id, time)
    }

    /// Has an addon that is not due polled at a time.
    mutating func retry(_ id: Int, _ wait: Wait, at time: Double) {
        expectedEnds.remove(id)
        optional.remove(id)
        waits[id] = wait
        retries.set(id, time)
    }

    mutating func addOptional(_ id: Int, _ wait: Wait) {
        waits[id] = wait
        optional.set(id, wait.since)
    }

    /// Puts an addon among those to be polled now. If it is there, the better reason and the earlier time count.
    mutating func makeDue(_ id: Int, _ wait: Wait) {
        guard !neverPolled.contains(id) else { return }
        retries.remove(id)
        optional.remove(id)
        var merged = wait
        if due.contains(id), let old = waits[id] {
            if old.reason.rank < wait.reason.rank { merged.reason = old.reason }
            merged.since = min(old.since, wait.since)
        }
        waits[id] = merged
        due.set(id, merged.since)
    }

    /// Takes an addon out of all queues.
    mutating func remove(_ id: Int) {
        neverPolled.remove(id)
        sweep.remove(id)
        expectedEnds.remove(id)
        retries.remove(id)
        due.remove(id)
        optional.remove(id)
        waits[id] = nil
    }

    private mutating func nextPlace() -> Double {
        lastPlace += 1
        return lastPlace
    }
}

extension PollQueues {
    /// The next addon that is due, or that was never polled: then `wait` is nil. They alternate if there are both, so
    /// that neither waits for all of the others.
    ///
    /// - Parameter mayTakeDue: whether the budget is enough for the addons that are due.
    mutating func takeUrgent(mayTakeDue: Bool) -> (id: Int, wait: Wait?)? {
        if mayTakeDue, neverPolled.isEmpty || !isNeverPolledNext, let taken = take(due.first?.id) {
            isNeverPolledNext = true
            return taken
        }
        isNeverPolledNext = false
        return take(neverPolled.first?.id)
    }

    mutating func takeFromSweep() -> Int? { take(sweep.first?.id)?.id }

    mutating func takeOptional() -> (id: Int, wait: Wait)? {
        guard let (id, wait) = take(optional.first?.id), let wait else { return nil }
        return (id, wait)
    }

    /// The next addon whose poll has to be tried again by now; it is then in no queue but the sweep.
    mutating func takeRetry(now: Double) -> (id: Int, wait: Wait)? {
        guard let (id, time) = retries.first, time <= now, let wait = waits.removeValue(forKey: id) else { return nil }
        retries.remove(id)
        return (id, wait)
    }

    /// The next addon with a backup that should have ended by now, and when it should have.
    mutating func takeExpectedEnd(now: Double) -> (id: Int, time: Double)? {
        guard let (id, time) = expectedEnds.first, time <= now else { return nil }
        expectedEnds.remove(id)
        return (id, time)
    }

    private mutating func take(_ id: Int?) -> (id: Int, wait: Wait?)? {
        guard let id else { return nil }
        let wait = waits[id]
        remove(id)
        return (id, wait)
    }
}
