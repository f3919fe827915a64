package import Backups

/// What a webhook reports.
package enum HintKind: Sendable {
    /// A backup began.
    case start
    /// A backup ended, with success or not.
    case end
}

/// What became of a hint.
package enum HintResult: Equatable, Sendable {
    /// The addon is polled because of it: within seconds if the budget allows it, or when there are requests to
    /// spare if a backup only began.
    case accepted
    /// A poll that will be sent anyway shows what it reports.
    case coalesced
    /// The addon is not watched, or hints are not used.
    case ignored
}

extension FreshnessPlan {
    /// A webhook reported the start or the end of a backup of this addon.
    package mutating func hint(_ key: AddonKey, _ kind: HintKind, now: Double) -> HintResult {
        guard settings.usesWebhooks, pollsAgain, let id = roster.id(key) else { return .ignored }
        guard !queues.contains(id, in: .neverPolled) else { return .coalesced }
        switch kind {
        case .start: return hintStart(id, now: now)
        case .end: return hintEnd(id, now: now)
        }
    }

    private mutating func hintEnd(_ id: Int, now: Double) -> HintResult {
        webhookTrust.report(id)
        if flights.contains(roster.key(id)) {
            // The poll in flight may have been answered before the end.
            return flights.repeatAfterwards(roster.key(id), .webhook) ? .accepted : .coalesced
        }
        queues.expectEnd(id, at: nil)
        return pollForHint(id, now: now)
    }

    /// Has an addon polled because of a webhook: at once, or when enough time has passed since the last such poll.
    mutating func pollForHint(_ id: Int, now: Double) -> HintResult {
        let wait = PollQueues.Wait(reason: .webhook, since: now)
        let time = entries[id].nextHintPoll
        guard time > now, !queues.contains(id, in: .due) else {
            let isQueued = queues.contains(id, in: .due) && queues.reason(id) == .webhook
            queues.makeDue(id, wait)
            return isQueued ? .coalesced : .accepted
        }
        if let retry = queues.retryTime(id), retry <= time { return .coalesced }
        queues.retry(id, wait, at: time)
        return .accepted
    }

    private mutating func hintStart(_ id: Int, now: Double) -> HintResult {
        // The end of an expected backup is polled for anyway.
        guard !isPending(id), !entries[id].isExpected(now: now) else { return .coalesced }
        guard entries[id].nextHintPoll <= now else { return pollForHint(id, now: now) }
        queues.addOptional(id, .init(reason: .webhook, since: now))
        return .accepted
    }
}
