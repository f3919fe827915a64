package import Backups
package import Fleet
import Freshness
import Northflank
package import Settings

/// One account: the watched addons, the facts about them, and the next requests. Only the account changes its addons.
///
/// Pure: it takes events and returns effects, which `AccountRunner` carries out. It has no clock; every event comes with
/// the time at which it happened.
package struct Account: Sendable {
    /// 404 responses to polls in a row after which an explicit target counts as gone: a single 404 can be a proxy's fault.
    static let confirmedNotFound = 2
    /// Seconds between two reviews of the values that change with time alone.
    static let reviewInterval = 5.0

    package let configuration: AccountConfiguration
    /// The zone of the schedules' times.
    var zone: Zone
    /// Whether the zone is not decided yet, so that it makes no slot missed that another zone may explain.
    var isZoneOpen = false
    /// The uptime at which it is decided at the latest.
    var zoneOpenUntil = Double.infinity
    /// Whether the backups were looked at for their zone after every addon was polled once.
    var isZoneReviewed = false
    /// Whether the backups may show another zone than at the last look at them.
    var isZoneEvidenceNew = true
    var nextZoneReview = -Double.infinity
    let explicit: Set<AddonKey>
    /// The facts about the addons that are shown.
    package internal(set) var addons: [AddonKey: Addon] = [:]
    var discovered: Set<AddonKey>
    /// How the list of each addon is recognized if it has not changed since it was last read.
    var lists: [AddonKey: SeenList] = [:]
    /// 404 responses to polls of explicit targets in a row.
    var notFound: [AddonKey: Int] = [:]
    /// The explicit targets that the last reading of their project's list had.
    var listed: Set<AddonKey> = []
    /// The discovered addons that readings of the lists lack.
    var absences: Absences

    /// The configured part of the account's rate limit.
    let budgetShare: Double
    var plan: FreshnessPlan
    /// The only limit of the number of open requests.
    var openRequests: OpenRequests
    /// The lists while they are being read.
    var reading: ListsReading?
    /// Whether the token may list projects, as far as known, so that their names can be read.
    var mayListProjects = true
    var tokenCheck = TokenCheck()

    /// The poll interval in force, which decides when an observation is too old.
    var interval: Duration
    var nextReview = -Double.infinity
    package internal(set) var status: PollingStatus
    /// What keeps polls waiting, though no request fails; shown while there is no other trouble.
    var waiting: Trouble?
    /// The uptime at the start.
    let startedAt: Double
    /// Whether every addon was checked once since the start.
    var areFirstChecksDone = false
    /// How far Northflank's clock was ahead of ours in its last list of backups.
    var clockAhead = Duration.zero
    var notes: AccountNotes
    /// The effects of the event that is being handled.
    var effects: [Effect] = []

    /// - Parameters:
    ///   - known: the addons that an earlier run, or the configuration before a reload, has known and judged; including
    ///     addons that are no longer wanted.
    ///   - previous: the status of the polling before a reload.
    ///   - once: whether every addon is polled exactly once, known before or not.
    package init(
        _ configuration: AccountConfiguration, poll: PollConfiguration, known: [Addon] = [],
        previous: PollingStatus = PollingStatus(), now: Instant, once: Bool = false
    ) {
        self.configuration = configuration
        startedAt = now.uptime
        zone = configuration.zone
        budgetShare = poll.budgetShare
        openRequests = OpenRequests(limit: poll.concurrency)
        // An estimate: the interval in force is known once the plan knows the budget.
        let requests = RequestCost(account: configuration, poll: poll).allowance
        interval = max(poll.interval, .seconds(Double(known.count) * 3600 / requests))
        status = previous
        status.pollInterval = poll.interval
        if let trouble = previous.trouble, Trouble.isWaiting(trouble.reason) { waiting = trouble }
        // A reload may have turned discovery off.
        if !configuration.discovery.enabled { (status.isDiscoveryUp, status.lastDiscovery) = (nil, nil) }
        notes = AccountNotes(interval: poll.interval)
        absences = Absences(known)
        plan = FreshnessPlan(settings: FreshnessSettings(configuration, poll))
        plan.pollsAgain = !once
        explicit = Set(configuration.addons.map { AddonKey(account: configuration.name, $0) })
        // Discovered addons stay until the next complete discovery.
        let wanted = known.filter { configuration.discovers($0) }
        discovered = Set(wanted.lazy.filter { !$0.isGone }.map(\.key)).subtracting(explicit)
        addons = Dictionary(known.map { ($0.key, $0) }, uniquingKeysWith: { $1 })
        let seen = known.filter { $0.lastObserved != nil }.sorted {
            ($0.lastObserved ?? .distantPast, $0.key) < ($1.lastObserved ?? .distantPast, $1.key)
        }
        beginZone(previous: previous, now: now)
        let targets = targets
        plan.watch(targets, seen: once ? [] : seen.filter { targets.contains($0.key) }.map { $0.seen(now: now) })
        if !once { for addon in known where targets.contains(addon.key) { resume(addon, now: now) } }
    }

    /// Handles an event, and returns the resulting effects.
    ///
    /// - Parameter now: when it happened.
    package mutating func handle(_ event: Event, at now: Instant) -> [Effect] {
        switch event {
        case .began: begin(now: now)
        case .ticked(let budget): tick(budget, now: now)
        case .answered(let answer): take(answer, now: now)
        case .hinted(let key, let kind): take(hint: kind, of: key, now: now)
        case .ended: for note in notes.ended() { log(note) }
        case .forgotten(let key): forget(key, now: now)
        case .kept(let keep, let addons): take(keep, addons, now: now)
        }
        settleZone(now: now)
        // The end of the first checks shows at once.
        if waiting?.reason == Trouble.firstChecks, plan.isFirstRoundDone { nextReview = -.infinity }
        defer { effects = [] }
        return effects
    }

    /// Whether every addon was polled and all other lists were read, at least once, and no look at the token is open.
    package var isFirstRoundDone: Bool { plan.isFirstRoundDone && !tokenCheck.isOpen }

    var targets: Set<AddonKey> { explicit.union(discovered) }

    /// Whether the API does not know an explicit target, by its polls and by its project's list.
    func isUnknown(_ key: AddonKey) -> Bool {
        notFound[key, default: 0] >= Self.confirmedNotFound && !listed.contains(key)
    }

    /// Whether an addon that is gone is still shown: unless the configuration leaves it out by now.
    func isMissed(_ addon: Addon) -> Bool {
        addon.isGone && addon.isMissedIfGone && (explicit.contains(addon.key) || configuration.discovers(addon))
    }

    func key(_ project: String, _ addon: String) -> AddonKey {
        AddonKey(account: configuration.name, project: project, addon: addon)
    }
}

extension Addon {
    /// Whether anyone misses the addon when it is gone, as decided.
    var isMissedIfGone: Bool { decisions?.onGone != .ignore }
}

extension FreshnessSettings {
    init(_ account: AccountConfiguration, _ poll: PollConfiguration) {
        self.init(interval: poll.interval, listInterval: account.listInterval)
        restoresInterval = account.readsRestores ? schedulesInterval : nil
        usesWebhooks = account.webhookToken != nil
        usesSentinel = poll.sentinel
        usesSlots = poll.slots
    }
}
