package import Backups

/// What a webhook tells.
package enum HintKind: Sendable {
    /// A backup began.
    case start
    /// A backup ended, well or not.
    case end
}

/// What became of a hint.
package enum HintResult: Equatable, Sendable {
    /// The addon is polled because of it: within seconds if the budget allows it, or when there are requests to
    /// spare if a backup only began.
    case accepted
    /// A poll that will be sent anyway shows what it tells.
    case coalesced
    /// Nobody watches the addon, or hints are not used.
    case ignored
}

extension FreshnessPlan {
    /// The part of the ends that webhooks must have told of to be relied upon.
    private static let reliable = 0.8
    /// How much of the average the newest end is.
    private static let newestShare = 0.05

    /// A webhook told of a backup of this addon.
    package mutating func hint(_ key: AddonKey, _ kind: HintKind, now: Double) -> HintResult {
        guard settings.usesWebhooks, pollsAgain, let id = ids[key] else { return .ignored }
        guard !unseen.contains(id) else { return .coalesced }
        switch kind {
        case .start: return hintStart(id, now: now)
        case .end: return hintEnd(id, now: now)
        }
    }

    private mutating func hintEnd(_ id: Int, now: Double) -> HintResult {
        entries[id].isEndHinted = true
        if flights[entries[id].key] != nil {
            // The poll in flight may have been answered before the end.
            guard entries[id].again != .webhook else { return .coalesced }
            entries[id].again = .webhook
            return .accepted
        }
        let isQueued = ready.contains(id) && entries[id].reason == .webhook
        asks.remove(id)
        makeReady(id, .webhook, since: now)
        return isQueued ? .coalesced : .accepted
    }

    private mutating func hintStart(_ id: Int, now: Double) -> HintResult {
        if flights[entries[id].key] != nil || ready.contains(id) || later.contains(id) || entered.contains(id) {
            return .coalesced
        }
        // One that was expected is no news; its end will be.
        if isExpected(id, now: now) { return .coalesced }
        (entries[id].reason, entries[id].since) = (.webhook, now)
        entered.set(id, now)
        return .accepted
    }

    /// Whether a backup that runs now is one that is due, or known to run.
    func isExpected(_ id: Int, now: Double) -> Bool {
        entries[id].outlook.expected.contains { $0.from <= now && now <= $0.from + 2 * $0.lag.longest + 60 }
    }

    /// A poll has shown an end: learns whether a webhook had told of it.
    mutating func countHint(_ id: Int) {
        let isHinted = entries[id].isEndHinted
        entries[id].isHinted = isHinted
        entries[id].isEndHinted = false
        guard settings.usesWebhooks else { return }
        hintReliability += ((isHinted ? 1 : 0) - hintReliability) * Self.newestShare
    }

    /// Whether the end of this addon's next backup will be told by a webhook, by all that is known.
    func isTrusted(_ entry: Entry) -> Bool {
        settings.usesWebhooks && entry.isHinted && hintReliability >= Self.reliable
    }
}
