package import Backups
package import Catalog
package import CurlClient
package import Exposition
package import Fleet
package import History
package import Logging
package import Northflank
package import Polling
package import Reports
package import Settings
import Synchronization

/// The exporter as a whole: configuration, polls and pages. The code around it only serves or prints the pages.
package final class BackupExporter: Sendable {
    struct State {
        var loaded: LoadedConfiguration
        var reload: ReloadStatus
        /// By address and token, so that a reload does not forget the requests that were sent.
        var budgets: [String: BudgetGate] = [:]
        var readyAccounts: Set<String> = []
        /// The uptime that an account's requests wait for.
        var waitEnds: [String: Double] = [:]
        /// The accounts that `recall` has made ready to run.
        var prepared: [PreparedAccount]?
        /// The ways to the accounts, by name.
        var hints: [String: AsyncStream<AccountRunner.Hint>.Continuation] = [:]
        /// By name, the final states of the accounts' last runs; nil before the first run has ended.
        var left: [String: Account]?
        /// Stays true: a reload does not take the exporter out of service.
        var isReady = false
    }

    let fleet = Fleet<RenderedAddon>()
    let history: History
    /// Receives Northflank's webhooks.
    package let webhooks: Webhooks
    let loader: ConfigurationLoader
    let curl: CurlClient
    let decoder = PageDecoder()
    let time: any TimeSource
    let pulse: Pulse
    let retry: RetryPolicy
    let log: Logger
    let state: Mutex<State>
    let reloads = AsyncStream.makeStream(of: LoadedConfiguration.self, bufferingPolicy: .bufferingNewest(1))

    /// Reads the configuration.
    ///
    /// - Parameters:
    ///   - curl: sends all requests; its thread does the work with their responses.
    ///   - pulse: gets a beat at each step of the polling.
    /// - Throws: `ConfigurationError` with every problem.
    package init(
        loader: ConfigurationLoader, curl: CurlClient, time: any TimeSource, pulse: Pulse,
        retry: RetryPolicy = RetryPolicy(),
        log: Logger
    ) throws(ConfigurationError) {
        let loaded = try loader.load()
        self.loader = loader
        self.time = time
        self.pulse = pulse
        self.retry = retry
        self.log = log
        self.curl = curl
        webhooks = Webhooks(decoder: decoder, time: time) { keys in
            log.warning(
                "webhook not understood",
                metadata: ["keys": "\(keys.joined(separator: ", "))"])
        }
        let kept = loaded.configuration.state
        let location = loader.historyLocation(loaded.configuration)
        let opening = SlowOpening(location, log: log)
        history = History.open(location, retention: kept.retention, now: time.wall) { event in
            log.log(level: event.isProblem ? .warning : .info, "\(event)")
        }
        opening.end()
        state = Mutex(State(loaded: loaded, reload: ReloadStatus(isSuccessful: true, lastSuccess: time.wall)))
    }

    /// Whether the addons are known: from then on scrapes make sense.
    package var isReady: Bool { state.withLock { $0.isReady } }

    /// The part of the fleet that this exporter watches.
    package var shard: Shard { state.withLock { $0.loaded.shard } }

    /// The address at which Prometheus reaches each shard, this shard included; nil if not configured.
    package var shardAddresses: [String]? { state.withLock { $0.loaded.shardAddresses } }

    package var configuration: Configuration { state.withLock { $0.loaded.configuration } }

    /// The page of the current metrics.
    ///
    /// - Parameters:
    ///   - isTextfile: leaves out metrics that are wrong in a file that node_exporter serves: ages, which would stand
    ///     still, and process metrics, which node_exporter has by the same names.
    ///   - web: the HTTP server's own facts; nil where nothing is served.
    package func page(_ format: ExpositionFormat, web: WebStatus? = nil, isTextfile: Bool = false) -> MetricPage {
        let (reload, shard) = state.withLock { ($0.reload, $0.loaded.shard) }
        let process = isTextfile ? nil : ProcessStatus.current()
        let addons = addons
        let now = time.wall
        var status = ExporterStatus(accounts: fleet.accounts, reload: reload, process: process)
        status.history = history.status
        status.webhooks = webhooks.counts
        status.web = web
        status.shard = shard
        if !isTextfile { status.observedAges = ObservedAges.byAccount(addons.lazy.map(\.addon), now: now) }
        return MetricPage(addons, status, format: format, now: now, includingAges: !isTextfile)
    }

    /// Stops to miss an addon that is gone.
    package func forget(_ key: AddonKey) -> Forgetting {
        guard fleet.items.contains(where: { $0.addon.key == key && $0.addon.isGone }) else { return .notGone }
        let account = configuration.accounts.first { $0.name == key.account }
        let target = account?.addons.contains { $0.project == key.project && $0.addon == key.addon } ?? false
        guard !target, let hints = state.withLock({ $0.hints[key.account] }) else { return .configured }
        hints.yield(.forget(key))
        return .forgotten
    }

    /// A consistent copy of the history. Blocks until it is complete; polls go on.
    package func copyHistory() throws(HistoryCopyError) -> HistoryCopy { try history.copy() }

    /// Every addon with its current verdict, the worst first.
    package func report() -> HealthReport {
        HealthReport(addons.map(\.addon), accounts: fleet.accounts, shard: shard, now: time.wall)
    }

    /// How far the first checks of all accounts are, in words.
    package var progress: String {
        let addons = addons
        let checks = PollingStatus.FirstChecks(
            done: addons.count { $0.addon.isUp != nil }, of: addons.count,
            expectedEnd: fleet.accounts.compactMap { $0.polling.firstChecks?.expectedEnd }.max())
        return HealthReport.FirstChecks(checks).text(now: time.wall)
    }

    /// Shows the data that an earlier run kept: from then on pages have it, before the first poll.
    package func recall() {
        let loaded = state.withLock { $0.prepared == nil ? $0.loaded : nil }
        guard let loaded else { return }
        let prepared = prepare(loaded)
        state.withLock { $0.prepared = prepared }
    }

    /// Polls until the task is cancelled.
    package func run() async {
        recall()
        var running = start(state.withLock { $0.prepared.take() ?? [] })
        let chores = [Task(executorPreference: curl.executor) { [self] in await prune() }, Task { await watchPulse() }]
        // Ends when the task is cancelled.
        for await loaded in reloads.stream {
            running.cancel()
            await running.value
            running = start(prepare(loaded))
        }
        for chore in chores { chore.cancel() }
        running.cancel()
        await running.value
    }

    /// Deletes data that is older than the retention from the history, once a day, while our clock can be trusted.
    func prune() async {
        var isTrusted: Bool
        repeat {
            isTrusted = isClockTrusted
            if isTrusted { history.prune(now: time.wall) }
        } while (try? await time.sleep(for: isTrusted ? 86_400 : 60)) != nil
    }

    /// Whether every account has answered, and none by another clock than ours.
    var isClockTrusted: Bool {
        fleet.accounts.allSatisfy { account in
            account.polling.isReachable == true
                && AddonRecord.isTrusted(clockAhead: account.clockAhead ?? .zero)
        }
    }

    /// Closes the connections and the history: after it no poll and no write is possible.
    package func shutDown() async {
        await curl.shutdown()
        history.close()
    }

    /// Whether any addon has been observed.
    package var hasData: Bool { fleet.items.contains { $0.addon.summary != nil } }

    /// Polls every addon once. Returns whether every poll and every discovery worked, and every target exists.
    package func collectOnce() async -> Bool {
        await start(prepare(state.withLock { $0.loaded }, once: true), once: true).value
        return fleet.items.allSatisfy { $0.addon.isUp == true || $0.addon.isGone }
            && fleet.accounts.allSatisfy { $0.polling.isDiscoveryUp != false && $0.polling.addonsNotFound == 0 }
    }

    /// Reads the configuration again. A good configuration takes over as soon as the open polls have been cancelled,
    /// and keeps the data of the addons that stay.
    ///
    /// - Throws: `ConfigurationError`; the old configuration stays in force.
    package func reload() throws(ConfigurationError) {
        do throws(ConfigurationError) {
            let loaded = try loader.load()
            state.withLock { state in
                state.reload = ReloadStatus(isSuccessful: true, lastSuccess: time.wall)
                // An unchanged configuration is no reason to cancel polls and read lists again.
                guard loaded.configuration != state.loaded.configuration else { return }
                if loaded.configuration.state != state.loaded.configuration.state {
                    log.warning("state settings need a restart", metadata: ["keys": "state.path, state.retention"])
                }
                state.loaded = loaded
                reloads.continuation.yield(loaded)
            }
            log.info(
                "configuration reloaded",
                metadata: [
                    "accounts": "\(loaded.configuration.accounts.count)", "addons": "\(fleet.items.count)",
                ])
        } catch {
            state.withLock { $0.reload.isSuccessful = false }
            for problem in error.problems {
                log.error("reload failed", metadata: ["error": "\(problem)", "keeps": "previous"])
            }
            throw error
        }
    }
}
