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

    private(set) var plan: FreshnessPlan
    let account: AccountConfiguration
    let zone: Zone
    let fleet: Fleet
    private let statuses: AccountStatuses
    private let explicit: Set<AddonKey>
    private var discovered: Set<AddonKey>
    private var notFound: [AddonKey: Int] = [:]
    private(set) var wantsProjectNames = true
    private var notes: AccountNotes
    /// Seconds; the interval in force, by which observations grow old.
    private var interval: Double
    private var nextReview = -Double.infinity
    /// Addons that went since somebody took them.
    private var dropped: [AddonKey] = []

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
        let wanted = kept.filter {
            account.discovery.enabled
                && account.discovery.wants(project: $0.key.project, addon: $0.key.addon, type: $0.names.type)
        }
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

    // MARK: Polls

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
            addon.take(kept.record, kept.assessment)
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

    // MARK: Schedules, restores and the sentinel

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
            update(kept.record.key, now: now.wall) { $0.take(kept.record, kept.assessment) }
        }
    }

    // MARK: Lists

    /// The lists were read, in whole or in part. Returns the addons whose records they concern.
    mutating func listed(_ lists: AccountLists, now: Instant) -> [AddonKey] {
        let isComplete = lists.errors.isEmpty
        count(requests: lists.requests, for: "lists")
        if account.discovery.enabled {
            let found = Set(lists.targets(of: account.discovery).map { AddonKey(account: account.name, $0) })
            let before = discovered
            // An addon is given up only by a discovery that saw everything.
            discovered = (isComplete ? found : discovered.union(found)).subtracting(explicit)
            notes.discovered(discovered, before: before, errors: lists.errors)
            dropped += before.subtracting(discovered).subtracting(explicit).sorted()
            watch()
            statuses.update(account.name) { status in
                status.isDiscoveryUp = isComplete
                if isComplete { status.lastDiscovery = now.wall }
            }
        } else if !lists.mayListProjects {
            // Names of projects are an extra here: a token that may not read them is not asked again.
            wantsProjectNames = false
        }
        let busy = lists.addons.map { project, addons in
            (project, Set(addons.values.filter(\.isBusy).map { key(project, $0.id) }))
        }
        plan.listsRead(
            requests: lists.requests, busy: Dictionary(uniqueKeysWithValues: busy), now: now.uptime)
        // How many addons there are is to be seen at once.
        nextReview = -.infinity
        return plan.targets.filter { !isGone($0) }.sorted()
    }

    /// The addons that have gone since this was last asked.
    mutating func takeDropped() -> [AddonKey] {
        defer { dropped = [] }
        return dropped
    }

    private func isGone(_ key: AddonKey) -> Bool { notFound[key, default: 0] >= Self.confirmedNotFound }

    private func key(_ project: String, _ addon: String) -> AddonKey {
        AddonKey(account: account.name, project: project, addon: addon)
    }

    private mutating func watch(seen: [AddonKey] = []) {
        let targets = explicit.union(discovered)
        plan.watch(targets, seen: seen)
        notFound = notFound.filter { targets.contains($0.key) }
        fleet.retain { $0.account != account.name || targets.contains($0) }
        for key in targets where !isGone(key) { fleet.update(key) { _ in } }
    }

    // MARK: What time changes

    /// Takes up an addon where an earlier run left it.
    private mutating func resume(_ addon: AddonState, now: Instant) {
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
    private func outlook(_ kept: Kept, now: Instant) -> Outlook? {
        kept.assessment.map { Outlook(kept.record, $0, zone: zone, now: now.wall, uptime: now.uptime) }
    }

    private func update(_ key: AddonKey, now: Timestamp, _ change: (inout AddonState) -> Void) {
        fleet.update(key) { addon in
            change(&addon)
            addon.review(now: now, limit: interval * Self.unknownAfter, zone: zone)
        }
    }

    private func review(now: Timestamp) {
        let limit = interval * Self.unknownAfter
        for addon in fleet.snapshot.lazy.map(\.state)
        where addon.key.account == account.name && addon.needsReview(now: now, limit: limit) {
            update(addon.key, now: now) { _ in }
        }
    }

    // MARK: Metrics

    private func count(requests: Int, for reason: String) {
        statuses.update(account.name) { $0.requestsByReason[reason, default: 0] += requests }
    }

    private func report(now: Instant, budget: FreshnessPlan.Budget) {
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

/// One instant by both clocks.
struct Instant: Sendable {
    let wall: Timestamp
    /// Seconds.
    let uptime: Double

    init(wall: Timestamp, uptime: Double) {
        self.wall = wall
        self.uptime = uptime
    }

    init(_ time: any TimeSource) {
        self.init(wall: time.wall, uptime: time.uptime)
    }
}

/// What is kept of an addon, and what it was judged to be; nil before the first observation.
struct Kept: Sendable {
    let record: AddonRecord
    let assessment: Assessment?
}

extension AddonListing {
    /// Whether the addon is being backed up or restored.
    var isBusy: Bool { status == "backup" || status == "restore" }

    var isPaused: Bool { status == "paused" }
}

extension AddonKey {
    init(account: String, _ target: Target) {
        self.init(account: account, project: target.project, addon: target.addon)
    }
}
