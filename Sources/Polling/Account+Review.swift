import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// The published addons, and the account's status.
extension Account {
    /// The age at which an observation is too old.
    package var longestAge: Duration { PollingStatus.longestAge(interval) }

    /// Changes an addon, adding it if it is new, and publishes it if that changed anything.
    ///
    /// - Parameter always: publishes the addon even if it did not change.
    mutating func change(
        _ key: AddonKey, now: Instant, always: Bool = false, _ change: (inout Addon) -> Void
    ) {
        let old = addons[key]
        var addon = old ?? Addon(key: key)
        change(&addon)
        let limit = longestAge
        if always || old.map(addon.isKept) != true || addon.needsReview(now: now.wall, limit: limit) {
            addon.review(now: now.wall, limit: limit, zone: zone)
        }
        guard always || addon != old else { return }
        addons[key] = addon
        for note in AccountNotes.changes(from: old, to: addon) { log(note) }
        if old.map(addon.isKept) != true, old?.assessment?.zoneEvidence != addon.assessment?.zoneEvidence {
            isZoneEvidenceNew = true
        }
        effects.append(.publish(addon))
        if addon.record != nil, let standing = addon.standing, standing != addon.record?.standing,
            standing != old?.standing
        {
            effects.append(.keep(.standing(key, standing)))
        }
    }

    /// Publishes addons that the history has kept, other than after a poll.
    mutating func show(_ kept: [Addon], now: Instant) {
        for addon in kept where plan.isWatching(addon.key) {
            if let outlook = Outlook(addon, zone: zone, now: now) {
                plan.expect(addon.key, outlook, now: now.uptime)
            }
            change(addon.key, now: now) { $0.take(addon) }
        }
    }

    mutating func reviewIfDue(_ budget: FreshnessPlan.Budget, now: Instant) {
        guard now.uptime >= nextReview else { return }
        nextReview = now.uptime + Self.reviewInterval
        log(notes.settle(addons: plan.count, now: now.wall))
        let limit = longestAge
        let old = addons.values.filter { $0.needsReview(now: now.wall, limit: limit) }
        for key in old.map(\.key).sorted() { change(key, now: now) { _ in } }
        reviewZone(now: now)
        let goneBefore = now.wall - configuration.discovery.goneFor
        withdraw(
            addons.values.filter { addon in
                guard let absence = addon.record?.absence, absence.isGone else { return false }
                return absence.since <= goneBefore && !explicit.contains(addon.key)
            }.map(\.key).sorted(), now: now)
        report(budget, now: now)
    }

    private mutating func report(_ budget: FreshnessPlan.Budget, now: Instant) {
        let forecast = plan.forecast(now: now.uptime, budget: budget)
        var new = status
        new.pollInterval = interval
        new.listInterval = plan.listIntervalInForce(budget)
        new.addons = plan.count
        // One that is missed has a verdict of its own.
        new.addonsNotFound = notFound.keys.count { isUnknown($0) && addons[$0]?.isGone != true }
        new.addonsMissing = absences.missed.count
        new.queued = Dictionary(uniqueKeysWithValues: PollReason.allCases.map { ($0, plan.queued($0)) })
        new.expectedRequests = forecast.requests
        new.budgetUsedUpAt = forecast.usedUpAt.map {
            Timestamp(seconds: now.wall.seconds + $0 - now.uptime)
        }
        let polls = new.queued.values.reduce(0, +)
        // First, because the first checks can end while the budget is used up.
        let checks = firstChecksTrouble(now: now)
        waiting = (budgetTrouble(budget, waiting: polls, now: now) ?? checks)?.after(waiting)
        new.firstChecks = firstChecks(budget, now: now)
        if new.trouble.map({ Trouble.isWaiting($0.reason) }) ?? true { new.trouble = waiting }
        guard new != status else { return }
        status = new
        effects.append(.publishStatus(new))
    }

    /// Takes up an addon in the state in which an earlier run, or the configuration before a reload, left it.
    mutating func resume(_ addon: Addon, now: Instant) {
        guard let record = addon.record else { return }
        if let outlook = Outlook(addon, zone: zone, now: now) { plan.expect(addon.key, outlook, now: now.uptime) }
        if let read = record.schedulesObserved {
            let uptime = now.uptime(of: read)
            plan.schedulesRead(addon.key, worked: true, now: uptime)
            // The time of reading restores is not kept; it is about the same.
            if record.restores != nil { plan.restoresRead(addon.key, worked: true, now: uptime) }
        }
    }
}

extension Addon {
    /// The state from which the plan takes up an addon that was polled before.
    func seen(now: Instant) -> Seen {
        // A clock that was put back must not delay the next whole reading.
        let lastWhole = record?.lastWhole.map { min(now.uptime(of: $0), now.uptime) }
        return Seen(key: key, pages: pages(of: Endpoint.pageSize), lastWhole: lastWhole)
    }
}
