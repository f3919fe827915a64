import Backups
import Freshness
import Northflank

extension AccountState {
    /// Schedules were read and kept, or could not be; `worked` if asking again soon is no use.
    mutating func schedulesRead(_ key: AddonKey, _ kept: Kept?, worked: Bool, now: Instant) {
        let outlook = kept.flatMap { self.outlook($0, now: now) }
        plan.schedulesRead(key, worked: worked, outlook: outlook, now: now.uptime)
        count(requests: 1, for: "schedules")
        if let kept { updated([kept], now: now) }
    }

    /// Restores were read and kept, or could not be.
    mutating func restoresRead(_ key: AddonKey, _ kept: Kept?, worked: Bool, now: Instant) {
        plan.restoresRead(key, worked: worked, now: now.uptime)
        count(requests: 1, for: "restores")
        if let kept { updated([kept], now: now) }
    }

    /// The list of a project's addons was read for their states.
    mutating func projectRead(_ project: String, _ listing: Listing<AddonListing>, now: Instant) {
        let busy = listing.entries.filter(\.isBusy).map { key(project, $0.id) }
        plan.sentinelRead(project, busy: Set(busy), requests: listing.pages, now: now.uptime)
        count(requests: listing.pages, for: "sentinel")
    }

    mutating func projectFailed(_ project: String, now: Instant) {
        plan.sentinelFailed(project, now: now.uptime)
        count(requests: 1, for: "sentinel")
    }

    /// What was kept of addons has changed, though not by a poll.
    mutating func updated(_ all: [Kept], now: Instant) {
        for kept in all where plan.isWatching(kept.record.key) && !isGone(kept.record.key) {
            if let outlook = self.outlook(kept, now: now) {
                plan.expect(kept.record.key, outlook, now: now.uptime)
            }
            update(kept.record.key, now: now.wall) {
                $0.take(kept.record, kept.assessment, isCounting: kept.isCounting)
            }
        }
    }
}
