package import Backups
import Catalog
import CurlClient
package import Exposition
import Fleet
import History
package import Logging
package import Northflank
package import Polling
package import Reports
package import Settings
import Synchronization

/// The exporter as a whole: configuration, polls and pages. What is around it only serves or prints the pages.
package final class BackupExporter: Sendable {
    struct State {
        var loaded: LoadedConfiguration
        var reload: ReloadStatus
        /// By address and token, so that a reload does not forget what was spent.
        var budgets: [String: BudgetGate] = [:]
        var readyAccounts: Set<String> = []
        /// The uptime that an account's requests wait for.
        var waitEnds: [String: Double] = [:]
        /// The accounts that `recall` has made ready to run.
        var prepared: [PreparedAccount]?
        /// By name, the accounts as they were left when they last ran; nil before that.
        var left: [String: Account]?
        /// Once ready, always ready: a reload does not take the exporter out of service.
        var isReady = false
    }

    let fleet = Fleet<RenderedAddon>()
    let history: History
    /// What Northflank posts goes here.
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
    /// - Parameter pulse: gets a beat at each step of the polling.
    /// - Throws: `ConfigurationError` with everything that is wrong.
    package init(
        loader: ConfigurationLoader, time: any TimeSource, pulse: Pulse, retry: RetryPolicy = RetryPolicy(),
        log: Logger
    ) throws(ConfigurationError) {
        let loaded = try loader.load()
        self.loader = loader
        self.time = time
        self.pulse = pulse
        self.retry = retry
        self.log = log
        curl = CurlClient()
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

    /// Which part of the fleet this exporter watches.
    package var shard: Shard { state.withLock { $0.loaded.shard } }

    /// Where Prometheus reaches each shard, this one included; nil if nobody has said.
    package var shardAddresses: [String]? { state.withLock { $0.loaded.shardAddresses } }

    package var configuration: Configuration { state.withLock { $0.loaded.configuration } }

    /// The page as of now.
    ///
    /// - Parameter isTextfile: leaves out what makes no sense in a file that node_exporter serves: ages, which
    ///   would stand still, and the metrics of a process, which it has by the same names.
    package func page(_ format: ExpositionFormat, isTextfile: Bool = false) -> [UInt8] {
        let (reload, shard) = state.withLock { ($0.reload, $0.loaded.shard) }
        let process = isTextfile ? nil : ProcessStatus.current()
        let addons = addons
        let now = time.wall
        var status = ExporterStatus(accounts: fleet.accounts, reload: reload, process: process)
        status.history = history.status
        status.webhooks = webhooks.counts
        status.shard = shard
        if !isTextfile { status.observedAges = ObservedAges.byAccount(addons.lazy.map(\.addon), now: now) }
        return MetricCatalog.render(addons, status, format: format, now: now, includingAges: !isTextfile)
    }

    /// Every addon with its verdict as of now, the worst first.
    package func report() -> HealthReport { HealthReport(addons.map(\.addon), shard: shard, now: time.wall) }

    /// Shows what an earlier run has kept: from then on pages have it, before anything was polled.
    package func recall() async {
        let loaded = state.withLock { $0.prepared == nil ? $0.loaded : nil }
        guard let loaded else { return }
        let prepared = await prepare(loaded)
        state.withLock { $0.prepared = prepared }
    }

    /// Polls until the task is cancelled.
    package func run() async {
        await recall()
        var running = start(state.withLock { $0.prepared.take() ?? [] })
        let chores = [Task { await prune() }, Task { await watchPulse() }]
        // Ends when the task is cancelled.
        for await loaded in reloads.stream {
            running.cancel()
            await running.value
            running = start(await prepare(loaded))
        }
        for chore in chores { chore.cancel() }
        running.cancel()
        await running.value
    }

    /// Forgets once a day what is older than the history is to reach.
    func prune() async {
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
    package var hasData: Bool { fleet.items.contains { $0.addon.summary != nil } }

    /// Polls every addon once, and returns whether all of that worked.
    package func collectOnce() async -> Bool {
        await start(await prepare(state.withLock { $0.loaded }, once: true), once: true).value
        return fleet.items.allSatisfy { $0.addon.isUp == true }
            && fleet.accounts.allSatisfy { $0.polling.isDiscoveryUp != false && $0.polling.addonsNotFound == 0 }
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
}
