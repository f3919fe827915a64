import Backups
import Fleet
import Foundation
import Freshness
import History
import Northflank
import Polling
import Settings
import SplitMix64
import Synchronization

/// One process of the exporter: the real client, account and history, without their threads. Requests are carried out
/// one by one, so that every run of a world is the same.
final class ExporterRun {
    private let world: World
    private let server: Server
    private let time: VirtualTime
    private let settings: AccountConfiguration
    private let poll: PollConfiguration
    private let client: NorthflankClient
    private let budget: BudgetGate
    private let history: History
    private let keeper: Keeper
    private var account: Account
    /// Requests that were due and are not sent yet.
    private var open: ArraySlice<Account.Request> = []
    /// When something is due next.
    private(set) var wait: Seconds

    /// - Parameters:
    ///   - path: of the history's file, which an earlier process can have left.
    ///   - show: called with the findings of an addon whenever they are published.
    init(
        _ world: World, _ server: Server, _ time: VirtualTime, path: String, show: (Int, [Finding]) -> Void
    ) {
        self.world = world
        self.server = server
        self.time = time
        time.restart()
        settings = Self.settings(world)
        var poll = PollConfiguration()
        poll.interval = .seconds(world.options.interval)
        self.poll = poll
        budget = BudgetGate(RequestBudget(share: poll.budgetShare))
        let random = Mutex(SplitMix64(world.options.seed, 13, Int(time.now)))
        client = NorthflankClient(
            settings: .init(baseURL: settings.baseURL), transport: server, time: time, budget: budget,
            decoder: PageDecoder(), token: { Secret("token") }, random: { random.withLock { $0.unit() } })
        history = History.open(.file(path), retention: History.defaultRetention, now: time.wall) { event in
            if event.isProblem { print("history: \(event)") }
        }
        keeper = Keeper(account: settings, history: history)
        let (settings, history) = (settings, history)
        let kept = history.load(accounts: [settings.name], at: time.wall) { record, known in
            var record = record
            settings.trim(&record)
            let assessment = record.judge(known, settings.objectives(for: record))
            return Addon(record, assessment, isCounting: !history.isInUse)
        }
        account = Account(
            settings, poll: poll, known: kept.filter { $0.record?.isWatched == true || $0.isGone },
            now: Instant(time))
        wait = time.now
        _ = handle(.began, show)
    }

    private static func settings(_ world: World) -> AccountConfiguration {
        var settings = AccountConfiguration(token: .environment("TOKEN"))
        settings.discovery.enabled = true
        settings.addons = world.stories.compactMap { story in
            story.maxAge.map { Target(project: story.project, addon: story.id, maxAge: .seconds($0)) }
        }
        return settings
    }

    /// Leaves the file as it is at this moment, as a killed process does, and returns the path of a copy.
    func kill(copyTo path: String, from old: String) throws {
        for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: old + suffix) {
            try FileManager.default.copyItem(atPath: old + suffix, toPath: path + suffix)
        }
        history.close()
    }

    func stop() { history.close() }

    /// Sends one request that is due, and takes in the answer.
    ///
    /// - Parameters:
    ///   - answered: called before and after the answer is taken in, with the request and whether it worked.
    /// - Returns: whether a request was due.
    func step(
        _ show: (Int, [Finding]) -> Void, answered: (Account.Request, _ worked: Bool, _ isTaken: Bool) -> Void
    ) async -> Bool {
        if open.isEmpty {
            let uptime = time.uptime
            let left = budget.withBudget { budget in
                FreshnessPlan.Budget(
                    allowance: budget.allowance, left: budget.left(now: uptime),
                    secondsToReset: budget.secondsToReset(now: uptime))
            }
            open = handle(.ticked(left), show)[...]
        }
        guard let request = open.popFirst() else { return false }
        let uptime = time.uptime
        let isAdmitted = budget.withBudget { $0.admit(continuing: false, now: uptime) == .now }
        let answer = await client.answer(request, isAdmitted: isAdmitted)
        answered(request, answer.worked, false)
        _ = handle(.answered(answer), show)
        answered(request, answer.worked, true)
        return true
    }

    private func handle(_ event: Account.Event, _ show: (Int, [Finding]) -> Void) -> [Account.Request] {
        let now = Instant(time)
        var effects = account.handle(event, at: now)[...]
        var requests: [Account.Request] = []
        while let effect = effects.popFirst() {
            switch effect {
            case .request(let request): requests.append(request)
            case .keep(let keep):
                let kept = keeper.keep(
                    keep, account.judgingZone, unobservedAfter: account.longestAge, now: now.wall)
                effects = account.handle(.kept(keep, kept), at: now) + effects
            case .publish(let addon):
                if let number = server.number(addon.key.addon) { show(number, addon.verdict.findings) }
            case .withdraw(let key): if let number = server.number(key.addon) { show(number, []) }
            case .wait(let until): wait = time.now + until - time.uptime
            case .publishStatus, .count, .countHint, .log, .ready: break
            }
        }
        return requests
    }
}

extension Account.Answer {
    fileprivate var worked: Bool {
        switch self {
        case .backups(_, _, .success), .schedules(_, .success), .projects(.success), .addons(_, .success): true
        default: false
        }
    }
}
