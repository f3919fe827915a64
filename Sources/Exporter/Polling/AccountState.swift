import Backups
import Logging
import Northflank

/// What an account's runner knows, and how it changes with each thing that happens: no waiting, no tasks.
struct AccountState {
    /// Polls in a row that must answer 404 before an addon counts as gone: one may be a hiccup of a proxy.
    static let confirmedNotFound = 2

    private(set) var plan: PollPlan
    private let account: AccountConfiguration
    private let fleet: Fleet
    private let statuses: AccountStatuses
    private let explicit: Set<AddonKey>
    private var discovered: Set<AddonKey>
    private var notFound: [AddonKey: Int] = [:]
    private(set) var wantsProjectNames = true
    private var notes: AccountNotes

    /// - Parameter once: every addon is polled at once, known before or not, and none of them again.
    init(
        account: AccountConfiguration, poll: PollConfiguration, fleet: Fleet, statuses: AccountStatuses, log: Logger,
        once: Bool = false
    ) {
        self.account = account
        self.fleet = fleet
        self.statuses = statuses
        plan = PollPlan(
            interval: poll.interval, listInterval: account.listInterval, concurrency: poll.concurrency)
        notes = AccountNotes(log: log, interval: poll.interval)
        explicit = Set(account.addons.map { AddonKey(account: account.name, $0) })
        // After a reload the fleet still has the addons that stay; those that were discovered stay so for now.
        let kept = fleet.snapshot.map(\.state).filter { $0.key.account == account.name }
        let wanted = kept.filter {
            account.discovery.enabled
                && account.discovery.wants(project: $0.key.project, addon: $0.key.addon, type: $0.names.type)
        }
        discovered = Set(wanted.map(\.key)).subtracting(explicit)
        let seen = kept.compactMap { addon in addon.lastObserved.map { (addon.key, $0) } }.sorted { $0.1 < $1.1 }
        plan.pollsAgain = !once
        watch(seen: once ? [] : seen.map(\.0))
        statuses.update(account.name) { status in
            status.pollInterval = poll.interval
            // A reload may have turned discovery off.
            if !account.discovery.enabled { (status.isDiscoveryUp, status.lastDiscovery) = (nil, nil) }
        }
    }

    /// What to do now.
    mutating func next(now: Double, budget: PollPlan.Budget) -> PollPlan.Action {
        let interval = plan.intervalInForce(budget)
        notes.interval(inForce: interval, budget: budget, addons: plan.count)
        let listInterval = plan.listIntervalInForce(budget)
        let (addons, gone) = (plan.count, notFound.keys.count(where: isGone))
        statuses.update(account.name) { status in
            status.pollInterval = interval
            status.listInterval = listInterval
            status.addons = addons
            status.addonsNotFound = gone
        }
        return plan.next(now: now, budget: budget)
    }

    /// A poll worked.
    mutating func observed(_ key: AddonKey, _ summary: BackupSummary, pages: Int, now: Timestamp) {
        plan.polled(key, pages: pages)
        guard plan.isWatching(key) else { return }
        notFound[key] = nil
        notes.collected(key, pages: pages)
        fleet.update(key) { addon in
            addon.summary = summary
            addon.isUp = true
            addon.lastObserved = now
        }
    }

    /// A poll failed: the last good samples stay, unless the addon is gone.
    mutating func failed(_ key: AddonKey, _ error: APIError) {
        plan.polled(key, pages: nil)
        guard plan.isWatching(key) else { return }
        notes.failed(key, error)
        if error.reason == .notFound {
            notFound[key, default: 0] += 1
            if notFound[key] == Self.confirmedNotFound {
                notes.gone(key)
                fleet.retain { $0 != key }
            }
        } else if !isGone(key) {
            notFound[key] = nil
        }
        // Once gone, only a poll that works brings it back.
        if !isGone(key) { fleet.update(key) { $0.isUp = false } }
    }

    /// The lists were read, in whole or in part.
    mutating func listed(_ lists: AccountLists, now: Timestamp) {
        plan.listsRead(requests: lists.requests)
        let isComplete = lists.errors.isEmpty
        if account.discovery.enabled {
            let found = Set(lists.targets(of: account.discovery).map { AddonKey(account: account.name, $0) })
            let before = discovered
            // An addon is given up only by a discovery that saw everything.
            discovered = (isComplete ? found : discovered.union(found)).subtracting(explicit)
            notes.discovered(discovered, before: before, errors: lists.errors)
            watch()
            statuses.update(account.name) { status in
                status.isDiscoveryUp = isComplete
                if isComplete { status.lastDiscovery = now }
            }
        } else if !lists.mayListProjects {
            // Names of projects are an extra here: a token that may not read them is not asked again.
            wantsProjectNames = false
        }
        for key in plan.targets where !isGone(key) {
            fleet.update(key) { $0.names = lists.names(of: key, before: $0.names) }
        }
    }

    private func isGone(_ key: AddonKey) -> Bool { notFound[key, default: 0] >= Self.confirmedNotFound }

    private mutating func watch(seen: [AddonKey] = []) {
        let targets = explicit.union(discovered)
        plan.watch(targets, seen: seen)
        notFound = notFound.filter { targets.contains($0.key) }
        fleet.retain { $0.account != account.name || targets.contains($0) }
        for key in targets where !isGone(key) { fleet.update(key) { _ in } }
    }
}

extension AddonKey {
    init(account: String, _ target: Target) {
        self.init(account: account, project: target.project, addon: target.addon)
    }
}
