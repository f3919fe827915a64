import Backups
import Fleet
import Freshness
import History
import Settings
import TestSupport

@testable import Northflank
@testable import Polling

/// An account and the history that it keeps things in, in memory; effects are written down. Time goes on by hand; it
/// begins on Friday, 2027-01-15 at 08:00 UTC.
final class AccountWorld {
    static let start = Timestamp(seconds: 1_800_000_000)

    private let history = History.open(.memory, now: start) { _ in }
    /// Takes effect with the next `restart`.
    var settings: AccountConfiguration
    var poll = PollConfiguration()
    /// How far the server's clock is ahead in lists of backups that are observed.
    var clockAhead = Duration.zero
    /// Whether lists that are observed are recognized when they are polled again.
    var recognizesLists = false
    var budget = FreshnessPlan.Budget(allowance: 500, left: 500, secondsToReset: 3600)
    private(set) var now = Instant(wall: start, uptime: 0)
    private(set) var account: Account
    /// What the API says about the token, at once; nil if it does not answer.
    var tokenAnswer: Result<TokenFacts?, APIError>? = .success(nil)
    /// The uptimes at which it was asked about the token.
    private(set) var tokenRequests: [Double] = []

    /// What was published, as a fleet would have it.
    private(set) var shown: [AddonKey: Addon] = [:]
    private(set) var status = PollingStatus()
    private(set) var requests: [RequestPurpose: Int] = [:]
    private(set) var hints: [WebhookResult] = []
    private(set) var notes: [AccountNote] = []
    private(set) var published = 0
    /// The kinds of all findings that any addon was ever published with.
    private(set) var findings: Set<FindingKind> = []
    private(set) var isReady = false
    /// Lists that were requested and not answered.
    private var openLists: [Account.Request] = []

    /// An account that discovers everything, unless `change` says otherwise; it has begun.
    init(addons: [Target] = [], change: (inout AccountConfiguration) -> Void = { _ in }) async {
        settings = AccountConfiguration(token: .environment("TOKEN"))
        settings.name = "acme"
        settings.addons = addons
        settings.discovery.enabled = true
        settings.objective.timeZone = "UTC"
        change(&settings)
        account = Account(settings, poll: poll, now: now)
        await handle(.began)
    }

    /// Begins anew with the addons that there are, as a reload does.
    ///
    /// - Parameters:
    ///   - concurrency: requests at once.
    ///   - anew: as a restart of the process does, with what the history has.
    func restart(once: Bool = false, concurrency: Int = 8, anew: Bool = false) async {
        openLists = []
        poll.concurrency = concurrency
        let kept = history.load(at: now.wall) { [settings] record, known in
            var record = record
            let zone = JudgingZone(before: settings)
            let assessment = record.judge(
                known, settings.objectives(for: record, zone: zone.zone, isZoneOpen: zone.isOpen))
            return Addon(record, assessment, isCounting: true)
        }
        let known = anew ? kept : Array(account.addons.values)
        account = Account(
            settings, poll: poll, known: known.sorted { $0.key < $1.key },
            previous: anew ? PollingStatus() : account.status, now: now, once: once)
        await handle(.began)
    }

    func advance(by seconds: Double) {
        now = Instant(
            wall: Timestamp(milliseconds: now.wall.milliseconds + Int64(seconds * 1000)), uptime: now.uptime + seconds)
    }

    /// Sets the time of day, as an administrator would.
    func setClockBack(by seconds: Double) {
        now = Instant(wall: now.wall - .seconds(seconds), uptime: now.uptime)
    }

    /// What the history has.
    func kept() async -> [AddonKey: AddonRecord] {
        let records = history.load(at: now.wall) { record, _ in record }
        return Dictionary(uniqueKeysWithValues: records.map { ($0.key, $0) })
    }

    /// The next poll of the sweep; nil if there is none within half an hour.
    func pollByNextSweep() async -> Account.Request? {
        for _ in 0..<1800 {
            for request in await tick() {
                if case .backups(_, .sweep, _, _, _) = request { return request }
            }
            advance(by: 1)
        }
        return nil
    }

    func key(_ addon: String) -> AddonKey { AddonKey(account: "acme", project: "shop", addon: addon) }

    func addon(_ addon: String) -> Addon? { shown[key(addon)] }

    /// The addons that are shown.
    var known: [String] { shown.keys.sorted().map(\.addon) }

    /// Handles an event, and carries out what it leads to.
    ///
    /// - Returns: the requests.
    @discardableResult
    func handle(_ event: Account.Event) async -> [Account.Request] {
        var effects = account.handle(event, at: now)[...]
        var sent: [Account.Request] = []
        while let effect = effects.popFirst() {
            switch effect {
            case .request(.auth):
                tokenRequests.append(now.uptime)
                if let tokenAnswer { effects += account.handle(.answered(.auth(tokenAnswer)), at: now) }
            case .request(let request):
                sent.append(request)
                switch request {
                case .projects, .addons: openLists.append(request)
                default: break
                }
            case .keep(let keep):
                let kept = Keeper(account: settings, history: history).keep(
                    keep, account.judgingZone, unobservedAfter: account.longestAge, now: now.wall)
                effects = account.handle(.kept(keep, kept), at: now) + effects
            case .publish(let addon):
                published += 1
                findings.formUnion(addon.verdict.findings.compactMap(\.kind))
                shown[addon.key] = addon
            case .withdraw(let key): shown[key] = nil
            case .publishStatus(let status): self.status = status
            case .count(let number, let purpose): requests[purpose, default: 0] += number
            case .countHint(let result): hints.append(result)
            case .log(let note): notes.append(note)
            case .ready: isReady = true
            case .wait: break
            }
        }
        return sent
    }

    /// All that is requested now.
    @discardableResult
    func tick() async -> [Account.Request] { await handle(.ticked(budget)) }

    /// A poll of an addon has brought this list. A test need not have asked for it.
    func observe(
        _ addon: String, _ backups: [Backup] = [], pages: Int = 1, isWhole: Bool = true, reason: PollReason = .sweep,
        sought: SoughtBackup? = nil
    ) async {
        let isInOrder = zip(backups, backups.dropFirst()).allSatisfy { $0.createdAt >= $1.createdAt }
        var listing = Listing(entries: backups, pages: pages, isWhole: isWhole, isNewestFirst: isInOrder)
        listing.remarks.clockAhead = clockAhead
        listing.sought = sought
        if recognizesLists { listing.seen = SeenList(listing, body: Array("\(backups)".utf8)) }
        await handle(.answered(.backups(key(addon), reason, .success(listing))))
    }

    /// A poll of an addon has found the list as it was.
    func observeAgain(_ addon: String, reason: PollReason = .sweep) async {
        await handle(.answered(.backups(key(addon), reason, .success(nil))))
    }

    func fail(_ addon: String, _ error: APIError, reason: PollReason = .sweep) async {
        await handle(.answered(.backups(key(addon), reason, .failure(error))))
    }

    /// The schedules of an addon were read, or why they could not be.
    func readSchedules(_ addon: String, _ schedules: [BackupSchedule], error: APIError? = nil) async {
        let listing = Listing(entries: schedules, pages: 1)
        await handle(.answered(.schedules(key(addon), error.map { .failure($0) } ?? .success(listing))))
    }

    func readRestores(_ addon: String, _ restores: [RestoreListing]) async {
        await handle(.answered(.restores(key(addon), .success(Listing(entries: restores, pages: 1)))))
    }

    /// The lists are read, whether or not they were due: those of projects and of the addons of `shop`.
    ///
    /// - Parameters:
    ///   - projects: why the projects cannot be read.
    ///   - other: why the addons of one more project cannot be read.
    func list(_ addons: [AddonListing], projects error: APIError? = nil, other: APIError? = nil) async {
        if account.reading == nil { account.beginLists(now: now) }
        while account.reading != nil {
            if openLists.isEmpty, let request = account.reading?.next() {
                account.openRequests.began(request)
                openLists.append(request)
            }
            switch openLists.removeFirst() {
            case .projects:
                let ids = other == nil ? ["shop"] : ["other", "shop"]
                let listing = Listing(entries: ids.map { ProjectListing(id: $0, name: "The \($0)") }, pages: 1)
                await handle(.answered(.projects(error.map { .failure($0) } ?? .success(listing))))
            case .addons(project: "shop"):
                await handle(.answered(.addons(project: "shop", .success(Listing(entries: addons, pages: 1)))))
            case .addons(let project):
                await handle(.answered(.addons(project: project, .failure(other ?? APIError(.notFound, "no")))))
            default: break
            }
        }
    }

    /// The same with addons of these names, in some state.
    func list(_ addons: [String], status: String = "running", other: APIError? = nil) async {
        await list(addons.map { Self.listing($0, status: status) }, other: other)
    }

    static func listing(
        _ addon: String, status: String = "running", type: String = "postgresql", tags: [String] = []
    ) -> AddonListing {
        AddonListing(id: addon, name: "Name of \(addon)", type: type, status: status, tags: tags)
    }
}
