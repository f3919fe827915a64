import Backups
import Freshness
import History
import Logging
import Northflank

@testable import Exporter

/// An account's state and all that it stands on, the history in memory. Time goes on by hand; it begins on Friday,
/// 2027-01-15 at 08:00 UTC.
final class AccountWorld {
    static let start = Timestamp(seconds: 1_800_000_000)

    let fleet = Fleet()
    let statuses = AccountStatuses()
    private let history = History.open(.memory, now: start) { _ in }
    /// Takes effect with the next `restart`.
    var account: AccountConfiguration
    var poll = PollConfiguration()
    var budget = FreshnessPlan.Budget(allowance: 500, left: 500, secondsToReset: 3600)
    private(set) var now = Instant(wall: start, uptime: 0)
    lazy var state = makeState(once: false)

    /// An account that discovers everything, unless told otherwise.
    init(addons: [Target] = [], change: (inout AccountConfiguration) -> Void = { _ in }) {
        account = AccountConfiguration(token: .environment("TOKEN"))
        account.name = "acme"
        account.addons = addons
        account.discovery.enabled = true
        change(&account)
        _ = state
    }

    private func makeState(once: Bool) -> AccountState {
        AccountState(
            account: account, poll: poll, fleet: fleet, statuses: statuses,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: now, once: once)
    }

    /// Begins anew with the fleet and the history that there are, as a reload does.
    func restart(once: Bool = false) { state = makeState(once: once) }

    func advance(by seconds: Double) {
        now = Instant(
            wall: Timestamp(milliseconds: now.wall.milliseconds + Int64(seconds * 1000)), uptime: now.uptime + seconds)
    }

    func key(_ addon: String) -> AddonKey { AddonKey(account: "acme", project: "shop", addon: addon) }

    func addon(_ addon: String) -> AddonState? { fleet.addon(key(addon)) }

    /// The addons that have series.
    var known: [String] { fleet.snapshot.map(\.state.key.addon) }

    var status: AccountStatus? { statuses.all.first }

    @discardableResult
    func next() -> FreshnessPlan.Action { state.next(now: now, budget: budget) }

    /// All that is to be done now, until there is nothing but waiting.
    func actions() -> [FreshnessPlan.Action] {
        var actions: [FreshnessPlan.Action] = []
        while true {
            let action = next()
            if case .wait = action { return actions }
            actions.append(action)
        }
    }

    private var keeper: Keeper { Keeper(account: account, history: history) }

    /// The lists were read.
    func list(_ lists: AccountLists) async {
        let keys = state.listed(lists, now: now)
        state.updated(await keeper.listed(lists, keys, now: now.wall), now: now)
    }

    /// A poll of an addon has brought this list.
    func observe(
        _ addon: String, _ backups: [Backup] = [], pages: Int = 1, isWhole: Bool = true, reason: PollReason = .sweep
    ) async {
        let listing = Listing(entries: backups, pages: pages, isWhole: isWhole)
        let kept = await keeper.observed(key(addon), listing, now: now.wall)
        state.observed(key(addon), kept, listing: (pages, isWhole), reason: reason, now: now)
    }

    func fail(_ addon: String, _ error: APIError, reason: PollReason = .sweep) {
        state.failed(key(addon), error, reason: reason, now: now)
    }

    /// The schedules of an addon were read, or why they could not be.
    func readSchedules(_ addon: String, _ schedules: [BackupSchedule], error: APIError? = nil) async {
        let listing = Listing(entries: schedules, pages: 1)
        let kept = await keeper.schedules(
            key(addon), error.map { .failure($0) } ?? .success(listing), now: now.wall)
        state.schedulesRead(key(addon), kept, worked: kept != nil, now: now)
    }

    func readRestores(_ addon: String, _ restores: [RestoreListing]) async {
        let kept = await keeper.restores(key(addon), .success(Listing(entries: restores, pages: 1)), now: now.wall)
        state.restoresRead(key(addon), kept, worked: kept != nil, now: now)
    }

    /// What `list` takes: addons of the project `shop`, in some state.
    static func lists(_ addons: [String], status: String = "running", errors: [APIError] = []) -> AccountLists {
        var lists = AccountLists()
        lists.projectNames = ["shop": "The Shop"]
        lists.addons["shop"] = Dictionary(
            uniqueKeysWithValues: addons.map {
                ($0, AddonListing(id: $0, name: "Name of \($0)", type: "postgresql", status: status))
            })
        lists.errors = errors
        lists.requests = 2
        return lists
    }
}

func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

extension Backup {
    /// A dump that took so many minutes, or has not ended.
    static func dump(
        _ status: BackupStatus, _ created: String, minutes: Int64? = nil, size: Int64? = nil
    ) -> Backup {
        Backup(
            identity: "\(status.word) \(created)", status: status, type: .dump, createdAt: time(created),
            completedAt: minutes.map { time(created).adding(milliseconds: $0 * 60_000) }, size: size)
    }

    /// Completed dumps of these days of January 2027, begun five seconds after midnight, that took ten minutes.
    static func daily(_ days: ClosedRange<Int>) -> [Backup] {
        days.reversed().map { day in
            dump(.completed, "2027-01-\(day < 10 ? "0" : "")\(day)T00:00:05Z", minutes: 10, size: 1000)
        }
    }
}

extension BackupSchedule {
    /// Every day at an hour, for long.
    static func daily(_ id: String = "daily", type: BackupType = .dump, hour: Int = 0, retention: Int64? = nil) -> Self
    {
        BackupSchedule(
            id: id, type: type, rule: Rule(interval: .daily, hours: [hour]), retention: retention,
            effectiveFrom: time("2027-01-01T00:00:00Z"))
    }
}
