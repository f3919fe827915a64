import Backups
import Freshness

extension AccountState {
    /// Takes up an addon where an earlier run left it.
    mutating func resume(_ addon: AddonState, now: Instant) {
        guard let record = addon.record else { return }
        if let outlook = self.outlook(Kept(record: record, assessment: addon.assessment), now: now) {
            plan.expect(addon.key, outlook, now: now.uptime)
        }
        if let read = record.schedulesObserved {
            let uptime = now.uptime + Double(read.millisecondsSince(now.wall)) / 1000
            plan.schedulesRead(addon.key, worked: true, now: uptime)
            // Read at about the same time, which is not kept.
            if record.restores != nil { plan.restoresRead(addon.key, worked: true, now: uptime) }
        }
    }

    /// Nil before the first observation.
    func outlook(_ kept: Kept, now: Instant) -> Outlook? {
        kept.assessment.map { Outlook(kept.record, $0, zone: zone, now: now.wall, uptime: now.uptime) }
    }

    func update(_ key: AddonKey, now: Timestamp, _ change: (inout AddonState) -> Void) {
        fleet.update(key) { addon in
            change(&addon)
            addon.review(now: now, limit: interval * Self.unknownAfter, zone: zone)
        }
    }

    func review(now: Timestamp) {
        let limit = interval * Self.unknownAfter
        for addon in fleet.snapshot.lazy.map(\.state)
        where addon.key.account == account.name && addon.needsReview(now: now, limit: limit) {
            update(addon.key, now: now) { _ in }
        }
    }

    func count(requests: Int, for reason: String) {
        statuses.update(account.name) { $0.requestsByReason[reason, default: 0] += requests }
    }

    func report(now: Instant, budget: FreshnessPlan.Budget) {
        let (addons, gone) = (plan.count, notFound.keys.count(where: isGone))
        let listInterval = plan.listIntervalInForce(budget)
        let queued = PollReason.allCases.map { ($0.rawValue, plan.queued($0)) }
        let forecast = plan.forecast(now: now.uptime, budget: budget)
        statuses.update(account.name) { status in
            status.pollInterval = interval
            status.listInterval = listInterval
            status.addons = addons
            status.addonsNotFound = gone
            status.queued = Dictionary(uniqueKeysWithValues: queued)
            status.expectedRequests = forecast.requests
            status.budgetUsedUpAt = forecast.usedUpAt.map { Timestamp(seconds: now.wall.seconds + $0 - now.uptime) }
        }
    }
}
