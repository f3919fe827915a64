import Backups
import CurlClient
import Fleet
import History
import Logging
import Northflank
import Polling
import Settings
import Synchronization

/// An account that is ready to run.
final class PreparedAccount: Sendable {
    let runner: AccountRunner
    /// Nil if the account takes no webhooks.
    let receiver: Webhooks.Receiver?
    private let account: Mutex<Account?>

    init(_ account: Account, _ runner: AccountRunner, _ receiver: Webhooks.Receiver?) {
        self.account = Mutex(account)
        self.runner = runner
        self.receiver = receiver
    }

    /// Runs the account, once. It is handed over, so that its first state does not stay in memory beside the later
    /// ones.
    ///
    /// - Returns: the account as it was left; nil if it has run before.
    func run(once: Bool) async -> Account? {
        guard let account = account.withLock({ $0.take() }) else { return nil }
        return await runner.run(account, once: once)
    }
}

/// Creates the accounts of a configuration, and runs them.
extension BackupExporter {
    /// Creates the accounts of a configuration with the addons that earlier runs kept, judged by the current
    /// objectives. The accounts show the addons at once, before the first poll.
    func prepare(_ loaded: LoadedConfiguration, once: Bool = false) -> [PreparedAccount] {
        let configuration = loaded.configuration
        fleet.retain(accounts: Set(configuration.accounts.map(\.name)))
        state.withLock { $0.hints = [:] }
        let previous = state.withLock { $0.left.take() }
        let kept = Dictionary(grouping: recallAddons(configuration), by: \.key.account)
        var prepared: [PreparedAccount] = []
        for (settings, token) in zip(configuration.accounts, loaded.tokens) {
            let old = previous?[settings.name]
            let known = known(kept[settings.name, default: []], before: previous == nil ? nil : old?.addons ?? [:])
            let hints = AsyncStream.makeStream(of: AccountRunner.Hint.self, bufferingPolicy: .bufferingNewest(10_000))
            var account = Account(
                settings, poll: configuration.poll, known: known, previous: old?.status ?? .init(), now: Instant(time),
                once: once)
            let runner = runner(settings, configuration.poll, token, hints: hints.stream)
            let receiver = loaded.webhookTokens[settings.name].map { secret in
                Webhooks.Receiver(
                    account: settings.name, token: { secret.current() },
                    isWatching: { [fleet] in fleet.isWatching($0) },
                    withID: { [fleet] in fleet.keys(account: settings.name, addon: $0) },
                    onEvent: { hints.continuation.yield(.event($0, $1)) })
            }
            state.withLock { $0.hints[settings.name] = hints.continuation }
            runner.begin(&account)
            prepared.append(PreparedAccount(account, runner, receiver))
        }
        return prepared
    }

    /// The addons that an account begins with. At the start these are the addons that were watched when the last run
    /// ended; after a reload the addons of the account, judged anew if the history has them.
    ///
    /// - Parameter before: the account's addons before a reload; nil at the start.
    private func known(_ kept: [Addon], before: [AddonKey: Addon]?) -> [Addon] {
        guard var known = before else { return kept.filter { $0.record?.isWatched == true || $0.isGone } }
        for addon in kept { known[addon.key]?.take(addon) }
        return Array(known.values)
    }

    /// The addons of the configured accounts as the history has them. What is decided for them from now on is kept at
    /// once, because an unchanged list of backups is not judged again.
    private func recallAddons(_ configuration: Configuration) -> [Addon] {
        let accounts = Dictionary(uniqueKeysWithValues: configuration.accounts.map { ($0.name, $0) })
        let isCounting = !history.isInUse
        let now = time.wall
        let recalled = history.load(accounts: Set(accounts.keys), at: now) { record, known in
            let before = record.decisions
            var record = record
            let account = accounts[record.key.account]
            account?.trim(&record)
            let assessment = account.flatMap { account in
                let zone = JudgingZone(before: account)
                return record.judge(
                    known, account.objectives(for: record, zone: zone.zone, isZoneOpen: zone.isOpen))
            }
            return (addon: Addon(record, assessment, isCounting: isCounting), isDecidedAnew: record.decisions != before)
        }
        history.note(
            recalled.filter { $0.isDecidedAnew && $0.addon.record?.isWatched == true }
                .map { ($0.addon.key, $0.addon.record?.decisions) }, at: now)
        return recalled.map(\.addon)
    }

    /// Runs accounts until the task is cancelled, and stores their final states.
    func start(_ prepared: [PreparedAccount], once: Bool = false) -> Task<Void, Never> {
        webhooks.setReceivers(prepared.compactMap(\.receiver))
        // The thread of the requests does all work with their responses: see `CurlClient.executor`.
        return Task(executorPreference: curl.executor) { [self] in
            let left = await withTaskGroup(of: Account?.self) { group in
                for one in prepared { group.addTask { await one.run(once: once) } }
                return await group.reduce(into: [String: Account]()) { left, account in
                    if let account { left[account.configuration.name] = account }
                }
            }
            state.withLock { $0.left = left }
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
            onEvent: { [weak self, fleet, time, log] event in
                fleet.update(account.name) { $0.record(event, now: time.wall) }
                if case .waiting(let seconds) = event { self?.waits(account.name, seconds, log) }
            })
        return AccountRunner(
            client: client, budget: budget, keeper: Keeper(account: account, history: history), fleet: fleet,
            hints: hints, onHint: { [webhooks] in webhooks.count($0) }, time: time, log: log, pulse: pulse,
            onReady: { [weak self] in self?.becameReady(account.name) })
    }

    private func budget(of account: AccountConfiguration, share: Double) -> BudgetGate {
        state.withLock { state in
            // Accounts with one token have one rate limit.
            let key = "\(account.baseURL) \(account.token)"
            let gate = state.budgets[key] ?? BudgetGate(RequestBudget(share: share, spenders: account.shard.count))
            gate.withBudget { $0.share = share }
            state.budgets[key] = gate
            return gate
        }
    }

    /// Reports a wait for the budget. A long wait is logged once for all requests that wait for the same moment, and
    /// must not prevent scrapes of an instance that has old data or other accounts to show.
    private func waits(_ account: String, _ seconds: Double, _ log: Logger) {
        guard seconds > 10 else { return }
        let end = time.uptime + seconds
        let isNew = state.withLock { state in
            defer { state.waitEnds[account] = end }
            return abs(end - state.waitEnds[account, default: 0]) > 10
        }
        if isNew {
            log.warning(
                "request budget used up", metadata: ["until": "\((time.wall + .seconds(seconds)).text)"])
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
