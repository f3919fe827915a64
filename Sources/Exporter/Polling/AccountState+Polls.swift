import Backups
import Freshness
import Northflank

extension AccountState {
    /// A poll worked, and what it found was kept.
    mutating func observed(
        _ key: AddonKey, _ kept: Kept, listing: (pages: Int, isWhole: Bool), reason: PollReason, now: Instant
    ) {
        let outlook = self.outlook(kept, now: now)
        plan.polled(
            key, pages: listing.pages, isWhole: listing.isWhole, outlook: outlook, now: now.uptime)
        count(requests: listing.pages, for: reason.rawValue)
        guard plan.isWatching(key) else { return }
        notFound[key] = nil
        notes.collected(key, pages: listing.pages)
        if kept.assessment?.slots.contains(where: \.isScheduleDoubtful) == true {
            _ = plan.wantSchedules(key, now: now.uptime)
        }
        update(key, now: now.wall) { addon in
            addon.take(kept.record, kept.assessment, isCounting: kept.isCounting)
            addon.isUp = true
        }
    }

    /// A poll failed: the last good samples stay, unless the addon is gone.
    mutating func failed(_ key: AddonKey, _ error: APIError, reason: PollReason, now: Instant) {
        plan.polled(key, pages: nil, now: now.uptime)
        count(requests: 1, for: reason.rawValue)
        guard plan.isWatching(key) else { return }
        notes.failed(key, error)
        if error.reason == .notFound {
            notFound[key, default: 0] += 1
            if notFound[key] == Self.confirmedNotFound {
                notes.gone(key)
                fleet.retain { $0 != key }
                dropped.append(key)
                nextReview = -.infinity
            }
        } else if !isGone(key) {
            notFound[key] = nil
        }
        // Once gone, only a poll that works brings it back.
        if !isGone(key) { update(key, now: now.wall) { $0.isUp = false } }
    }

    /// How far back a list must be read to have all that may have changed; nil for all of it.
    func reach(_ key: AddonKey, _ depth: Depth) -> Timestamp? {
        guard depth == .newest, let addon = fleet.addon(key), addon.record?.isNewestFirst == true else { return nil }
        return addon.assessment?.reach
    }

    /// A webhook told of an addon.
    mutating func hinted(_ key: AddonKey, _ kind: HintKind, now: Instant) -> Webhooks.Result {
        switch plan.hint(key, kind, now: now.uptime) {
        case .accepted: .accepted
        case .coalesced: .coalesced
        case .ignored: .unknown
        }
    }
}
