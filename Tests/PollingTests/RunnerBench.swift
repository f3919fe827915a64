import Backups
import Freshness
import History
import Logging
import Northflank
import Settings
import Synchronization
import TestSupport

@testable import Polling

/// A runner of the account `acme`, whose surroundings a test can look into: API, history and fleet are in memory, and
/// the time of each stands still until the test turns it.
final class RunnerBench: Sendable {
    /// What the API answers to a path below `v1`; nil for a list that has what `standard` says.
    typealias Answers = @Sendable (String) async -> FakeTransport.Answer?

    let log = RunnerLog()
    /// The runner's time.
    let time = ManualTime()
    let budget = BudgetGate(RequestBudget(share: 0.5))
    let hints = AsyncStream.makeStream(of: AccountRunner.Hint.self)
    let pulseTime = ManualTime()
    let pulse: Pulse
    let history: History
    /// The account before it runs.
    let account: Account
    let runner: AccountRunner

    /// - Parameters:
    ///   - addons: explicit ones of the project `shop`.
    ///   - isDiscovering: whether discovery is enabled.
    ///   - readsRestores: whether restores are collected.
    ///   - runnerTime: if it is not `time`.
    init(
        _ addons: [String] = ["db"], isDiscovering: Bool = false, readsRestores: Bool = true,
        interval: Duration = .seconds(300),
        runnerTime: (any TimeSource)? = nil, answers: @escaping Answers = { _ in nil }
    ) {
        var settings = AccountConfiguration(token: .environment("TOKEN"))
        settings.name = "acme"
        settings.addons = addons.map { Target(project: "shop", addon: $0) }
        settings.discovery.enabled = isDiscovering
        settings.restores = readsRestores
        settings.webhookToken = .environment("SECRET")
        var poll = PollConfiguration()
        poll.interval = interval
        poll.sentinel = false
        account = Account(settings, poll: poll, now: Instant(time))
        history = History.open(.memory, now: time.wall) { _ in }
        pulse = Pulse(time: pulseTime)
        let transport = FakeTransport { [log] request in
            let path = request.url.replacing("https://api.test/v1/", with: "").replacing("per_page=100", with: "")
            let name = path.hasSuffix("?") ? String(path.dropLast()) : path
            log.add("GET \(name)")
            return await answers(name) ?? Self.standard(name)
        }
        let client = NorthflankClient(
            settings: .init(baseURL: "https://api.test"), transport: transport, time: ManualTime(.jumping),
            budget: budget, decoder: PageDecoder(), token: { Secret("s3cret") })
        var logger = Logger(label: "test") { [log] _ in RunnerLogHandler(log) }
        logger[metadataKey: "account"] = "acme"
        runner = AccountRunner(
            client: client, budget: budget, keeper: Keeper(account: settings, history: history), fleet: log,
            hints: hints.stream, onHint: { [log] in log.add("hint \($0)") }, time: runnerTime ?? time, log: logger,
            pulse: pulse, onReady: { [log] in log.add("ready") })
    }

    /// Runs the account until every list was read once.
    func runOnce() async -> Account { await runner.run(await begun(), once: true) }

    /// A task that runs the account until it is cancelled.
    func start() -> Task<Account, Never> { Task { await runner.run(await begun(), once: false) } }

    private func begun() async -> Account {
        var account = account
        runner.begin(&account)
        return account
    }

    /// Requests that the budget still allows.
    var left: Int { budget.withBudget { $0.left(now: 0) } }

    /// Waits until each of the addons was polled, and its schedules and restores were read.
    func waitForFirstReadings(addons: Int = 1) async {
        await log.wait(for: "acme: 2 for lists")
        await log.wait(for: "acme: 1 for new", times: addons)
        await log.wait(for: "acme: 1 for schedules", times: addons)
        await log.wait(for: "acme: 1 for restores", times: addons)
    }

    static func key(_ addon: String) -> AddonKey { AddonKey(account: "acme", project: "shop", addon: addon) }

    /// One project, one addon, one backup, neither schedules nor restores, and nothing about the token.
    private static func standard(_ path: String) -> FakeTransport.Answer {
        switch path.split(separator: "/").last {
        case "auth": .status(404)
        case "projects": .ok(ListJSON.page("projects", [ListJSON.project("shop", name: "The shop")]))
        case "addons": .ok(ListJSON.page("addons", [ListJSON.addon("db", name: "Orders", type: "postgresql")]))
        case "backups": .ok(ListJSON.backups([ListJSON.backup("b1")]))
        case "backup-schedules": .ok(ListJSON.page("schedules", []))
        default: .ok(ListJSON.page("restores", []))
        }
    }
}
