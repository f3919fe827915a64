import Backups
import CurlClient
package import Exposition
import Freshness
import History
package import Logging
package import Northflank
import Synchronization

/// The exporter as a whole: configuration, polls and pages. What is around it only serves or prints the pages.
package final class BackupExporter: Sendable {
    private struct State {
        var loaded: LoadedConfiguration
        var reload: ReloadStatus
        /// By address and token, so that a reload does not forget what was spent.
        var budgets: [String: BudgetGate] = [:]
        var readyAccounts: Set<String> = []
        /// The uptime that an account's requests wait for.
        var waitEnds: [String: Double] = [:]
        /// The configuration by which what was kept was last judged.
        var recalled: Configuration?
        /// Once ready, always ready: a reload does not take the exporter out of service.
        var isReady = false
    }

    private let fleet = Fleet()
    private let statuses = AccountStatuses()
    private let history: History
    /// What Northflank posts goes here.
    package let webhooks: Webhooks
    private let loader: ConfigurationLoader
    private let curl: CurlClient
    private let decoder = PageDecoder()
    private let time: any TimeSource
    private let retry: RetryPolicy
    private let log: Logger
    private let state: Mutex<State>
    private let reloads = AsyncStream.makeStream(of: LoadedConfiguration.self, bufferingPolicy: .bufferingNewest(1))

    /// Reads the configuration.
    /// - Throws: `ConfigurationError` with everything that is wrong.
    package init(
        loader: ConfigurationLoader, time: any TimeSource, retry: RetryPolicy = RetryPolicy(), log: Logger
    ) throws(ConfigurationError) {
        let loaded = try loader.load()
        self.loader = loader
        self.time = time
        self.retry = retry
        self.log = log
        curl = CurlClient(maxConcurrentTransfers: loaded.configuration.poll.concurrency)
        webhooks = Webhooks(decoder: decoder)
        let kept = loaded.configuration.state
        history = History.open(
            loader.historyLocation(loaded.configuration), retention: kept.retention, now: time.wall
        ) { event in
            log.log(level: event.isProblem ? .warning : .info, "\(event)")
        }
        state = Mutex(State(loaded: loaded, reload: ReloadStatus(isSuccessful: true, lastSuccess: time.wall)))
    }

    /// Whether it knows its addons: from then on scrapes make sense.
    package var isReady: Bool { state.withLock { $0.isReady } }

    package var configuration: Configuration { state.withLock { $0.loaded.configuration } }

    /// The page as of now.
    ///
    /// - Parameter isTextfile: leaves out what makes no sense in a file that node_exporter serves: ages, which
    ///   would stand still, and the metrics of a process, which it has by the same names.
    package func page(_ format: ExpositionFormat, isTextfile: Bool = false) -> [UInt8] {
        let reload = state.withLock { $0.reload }
        let process = isTextfile ? nil : ProcessStatus.current()
        let addons = fleet.snapshot
        let now = time.wall
        var status = ExporterStatus(accounts: statuses.all, reload: reload, process: process)
        status.history = history.status
        status.webhooks = webhooks.counts
        if !isTextfile { status.observedAges = ObservedAges.byAccount(addons.lazy.map(\.state), now: now) }
        return MetricCatalog.render(addons, status, format: format, now: now, includingAges: !isTextfile)
    }

    /// Every addon with its verdict as of now, the worst first.
    package func report() -> HealthReport { HealthReport(fleet.snapshot.map(\.state), now: time.wall) }

    /// Polls until the task is cancelled.
    package func run() async {
        var running = await start(state.withLock { $0.loaded }, once: false)
        let pruning = Task { await prune() }
        // Ends when the task is cancelled.
        for await loaded in reloads.stream {
            running.cancel()
            await running.value
            running = await start(loaded, once: false)
        }
        pruning.cancel()
        running.cancel()
        await running.value
    }

    /// Forgets once a day what is older than the history is to reach.
    private func prune() async {
        repeat {
            await history.prune(now: time.wall)
        } while (try? await time.sleep(for: 86_400)) != nil
    }

    /// Ends what polls need: nothing can be polled after it, and nothing kept.
    package func shutDown() async {
        await curl.shutdown()
        await history.close()
    }

    /// Whether anything is known of any addon.
    package var hasData: Bool { fleet.snapshot.contains { $0.state.summary != nil } }

    /// Polls every addon once, and returns whether all of that worked.
    package func collectOnce() async -> Bool {
        await (await start(state.withLock { $0.loaded }, once: true)).value
        let isEveryAddonUp = fleet.snapshot.allSatisfy { $0.state.isUp == true }
        return isEveryAddonUp
            && statuses.all.allSatisfy { $0.isDiscoveryUp != false && $0.addonsNotFound == 0 }
    }

    /// Reads the configuration again. A good one takes over as soon as the polls under way have been cancelled,
    /// and keeps the data of the addons that stay.
    ///
    /// - Throws: `ConfigurationError`; the old configuration stays in force.
    package func reload() throws(ConfigurationError) {
        do throws(ConfigurationError) {
            let loaded = try loader.load()
            state.withLock { state in
                state.reload = ReloadStatus(isSuccessful: true, lastSuccess: time.wall)
                // Nothing new is no reason to cancel polls and read lists again.
                guard loaded.configuration != state.loaded.configuration else { return }
                if loaded.configuration.state != state.loaded.configuration.state {
                    log.warning("the history stays where and as long as it is kept; a change needs a restart")
                }
                state.loaded = loaded
                reloads.continuation.yield(loaded)
            }
            log.info("configuration reloaded", metadata: ["accounts": "\(loaded.configuration.accounts.count)"])
        } catch {
            state.withLock { $0.reload.isSuccessful = false }
            for problem in error.problems {
                log.error("configuration not reloaded; the old one stays", metadata: ["error": "\(problem)"])
            }
            throw error
        }
    }

    private func start(_ loaded: LoadedConfiguration, once: Bool) async -> Task<Void, Never> {
        let configuration = loaded.configuration
        let names = Set(configuration.accounts.map(\.name))
        fleet.retain { names.contains($0.account) }
        statuses.retain(names)
        curl.setMaxConcurrentTransfers(configuration.poll.concurrency)
        await recall(configuration)
        var runners: [AccountRunner] = []
        var receivers: [Webhooks.Receiver] = []
        for (account, token) in zip(configuration.accounts, loaded.tokens) {
            let hints = AsyncStream.makeStream(of: AccountRunner.Hint.self, bufferingPolicy: .bufferingNewest(10_000))
            runners.append(runner(account, configuration.poll, token, hints: hints.stream))
            guard let secret = loaded.webhookTokens[account.name] else { continue }
            receivers.append(
                Webhooks.Receiver(account: account.name, token: { secret.current() }) { key, kind in
                    hints.continuation.yield(AccountRunner.Hint(key: key, kind: kind == .start ? .start : .end))
                })
        }
        webhooks.setReceivers(receivers)
        return Task { [runners] in
            await withTaskGroup { group in
                for runner in runners { group.addTask { await runner.run(once: once) } }
            }
        }
    }

    /// Shows what an earlier run has kept: from then on pages have it, before anything was polled.
    package func recall() async { await recall(configuration) }

    /// Shows what was kept, judged by the objectives of now. After a reload only of those addons that are still there.
    private func recall(_ configuration: Configuration) async {
        let (isFirst, isDone) = state.withLock { state in
            defer { state.recalled = configuration }
            return (state.recalled == nil, state.recalled == configuration)
        }
        guard !isDone else { return }
        let accounts = Dictionary(uniqueKeysWithValues: configuration.accounts.map { ($0.name, $0) })
        let now = time.wall
        await history.load(accounts: Set(accounts.keys), at: now) { [fleet] record, known in
            let key = record.key
            guard let account = accounts[key.account], account.isWatching(record),
                isFirst ? record.isWatched : fleet.addon(key) != nil
            else { return }
            var record = record
            let assessment = record.judge(known, account.objectives(for: key))
            fleet.update(key) { $0.take(record, assessment) }
        }
        for (account, addons) in Dictionary(grouping: fleet.snapshot.map(\.state), by: \.key.account) {
            guard let zone = accounts[account]?.objective.timeZone else { continue }
            // What the budget will stretch it to is known better once it is in use.
            let requests = Double(RequestBudget.defaultLimit) * configuration.poll.budgetShare
            let interval = max(configuration.poll.interval, Double(addons.count) * 3600 / requests)
            let limit = interval * AccountState.unknownAfter
            for addon in addons {
                fleet.update(addon.key) { $0.review(now: now, limit: limit, zone: TimeZones.zone(zone)) }
            }
        }
    }

    private func runner(
        _ account: AccountConfiguration, _ poll: PollConfiguration, _ token: TokenSource,
        hints: AsyncStream<AccountRunner.Hint>
    ) -> AccountRunner {
        var log = log
        log[metadataKey: "account"] = "\(account.name)"
        let budget = budget(of: account, share: poll.budgetShare)
        let client = NorthflankClient(
            settings: .init(baseURL: account.baseURL, team: account.team, retry: retry),
            transport: CurlTransport(client: curl, account: account, poll: poll), time: time, budget: budget,
            decoder: decoder, token: { token.current() },
            onEvent: { [weak self, statuses, time, log] event in
                statuses.update(account.name) { $0.record(event, now: time.wall) }
                if case .waiting(let seconds) = event { self?.waits(account.name, seconds, log) }
            })
        return AccountRunner(
            account: account, poll: poll, client: client, budget: budget, fleet: fleet, statuses: statuses,
            keeper: Keeper(account: account, history: history), hints: hints,
            onHint: { [webhooks] in webhooks.count($0) }, time: time, log: log,
            onReady: { [weak self] in self?.becameReady(account.name) })
    }

    private func budget(of account: AccountConfiguration, share: Double) -> BudgetGate {
        state.withLock { state in
            // Accounts with one token have one rate limit.
            let key = "\(account.baseURL) \(account.token)"
            let gate = state.budgets[key] ?? BudgetGate(RequestBudget(share: share))
            gate.withBudget { $0.share = share }
            state.budgets[key] = gate
            return gate
        }
    }

    /// Requests wait for the budget. A long wait is told, once for all that wait for the same moment, and must not
    /// keep an instance from being scraped that has old data or other accounts to show.
    private func waits(_ account: String, _ seconds: Double, _ log: Logger) {
        guard seconds > 10 else { return }
        let end = time.uptime + seconds
        let isNews = state.withLock { state in
            defer { state.waitEnds[account] = end }
            return abs(end - state.waitEnds[account, default: 0]) > 10
        }
        if isNews {
            log.warning(
                "the request budget is used up; requests wait",
                metadata: ["for": "\(PrometheusDuration.text(seconds.rounded()))"])
        }
        becameReady(account)
    }

    private func becameReady(_ account: String) {
        state.withLock { state in
            state.readyAccounts.insert(account)
            let names = Set(state.loaded.configuration.accounts.map(\.name))
            state.isReady = state.isReady || names.isSubset(of: state.readyAccounts)
        }
    }
}
