import Backups
import Freshness
import Logging
import Northflank

/// What an account's runner knows, and how it changes with each thing that happens: no waiting, no tasks. What is
/// kept over restarts is kept by the runner, which brings it here.
struct AccountState {
    /// Polls in a row that must answer 404 before an addon counts as gone: one may be a hiccup of a proxy.
    static let confirmedNotFound = 2
    /// Intervals after which an addon that was not observed is unknown.
    static let unknownAfter = 3.0
    /// Seconds between two looks at what time alone changes.
    static let reviewInterval = 5.0

    var plan: FreshnessPlan
    let account: AccountConfiguration
    let zone: Zone
    let fleet: Fleet
    let statuses: AccountStatuses
    let explicit: Set<AddonKey>
    var discovered: Set<AddonKey>
    var notFound: [AddonKey: Int] = [:]
    var wantsProjectNames = true
    var notes: AccountNotes
    /// Seconds; the interval in force, by which observations grow old.
    var interval: Double
    var nextReview = -Double.infinity
    /// Addons that went since somebody took them.
    var dropped: [AddonKey] = []

    /// - Parameters:
    ///   - once: every addon is polled at once, known before or not, and none of them again.
    ///   - now: wall and uptime of the same instant.
    init(
        account: AccountConfiguration, poll: PollConfiguration, fleet: Fleet, statuses: AccountStatuses, log: Logger,
        now: Instant, once: Bool = false
    ) {
        self.account = account
        self.fleet = fleet
        self.statuses = statuses
        zone = TimeZones.zone(account.objective.timeZone)
        interval = poll.interval
        var settings = FreshnessSettings(
            interval: poll.interval, listInterval: account.listInterval, concurrency: poll.concurrency)
        settings.restoresInterval = account.restores ? settings.schedulesInterval : nil
        settings.usesWebhooks = account.webhookToken != nil
        settings.usesSentinel = poll.sentinel
        settings.usesSlots = poll.slots
        plan = FreshnessPlan(settings: settings)
        notes = AccountNotes(log: log, interval: poll.interval)
        explicit = Set(account.addons.map { AddonKey(account: account.name, $0) })
        // The fleet has the addons that an earlier run knew, or that a reload keeps; those that were discovered stay
        // so for now.
        let kept = fleet.snapshot.map(\.state).filter { $0.key.account == account.name }
        let wanted = kept.filter { account.discovers($0.key, type: $0.names.type) }
        discovered = Set(wanted.map(\.key)).subtracting(explicit)
        let seen = kept.compactMap { addon in addon.lastObserved.map { (addon.key, $0) } }.sorted { $0.1 < $1.1 }
        plan.pollsAgain = !once
        watch(seen: once ? [] : seen.map(\.0))
        for addon in kept where plan.isWatching(addon.key) && !once { resume(addon, now: now) }
        statuses.update(account.name) { status in
            status.pollInterval = poll.interval
            // A reload may have turned discovery off.
            if !account.discovery.enabled { (status.isDiscoveryUp, status.lastDiscovery) = (nil, nil) }
        }
    }

    /// What to do now.
    mutating func next(now: Instant, budget: FreshnessPlan.Budget) -> FreshnessPlan.Action {
        interval = plan.intervalInForce(budget)
        notes.interval(inForce: interval, budget: budget, addons: plan.count)
        let action = plan.next(now: now.uptime, budget: budget)
        if now.uptime >= nextReview {
            nextReview = now.uptime + Self.reviewInterval
            review(now: now.wall)
            report(now: now, budget: budget)
        }
        return action
    }
}
