import Backups
import CurlClient
import Freshness
import Logging
import Northflank
import Synchronization

/// Starting the accounts' runners, with what an earlier run has kept.
extension BackupExporter {
    func start(_ loaded: LoadedConfiguration, once: Bool) async -> Task<Void, Never> {
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
                Webhooks.Receiver(
                    account: account.name, token: { secret.current() },
                    isWatching: { [fleet] key in fleet.addon(key) != nil },
                    onEvent: { key, kind in
                        hints.continuation.yield(AccountRunner.Hint(key: key, kind: kind == .start ? .start : .end))
                    }))
        }
        webhooks.setReceivers(receivers)
        return Task { [runners] in
            await withTaskGroup { group in
                for runner in runners { group.addTask { await runner.run(once: once) } }
            }
        }
    }

    func runner(
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
            pulse: pulse, onReady: { [weak self] in self?.becameReady(account.name) })
    }

    func budget(of account: AccountConfiguration, share: Double) -> BudgetGate {
        state.withLock { state in
            // Accounts with one token have one rate limit.
            let key = "\(account.baseURL) \(account.token)"
            let gate = state.budgets[key] ?? BudgetGate(RequestBudget(share: share, spenders: account.shard.count))
            gate.withBudget { $0.share = share }
            state.budgets[key] = gate
            return gate
        }
    }

    /// Requests wait for the budget. A long wait is told, once for all that wait for the same moment, and must not
    /// keep an instance from being scraped that has old data or other accounts to show.
    func waits(_ account: String, _ seconds: Double, _ log: Logger) {
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

    func becameReady(_ account: String) {
        state.withLock { state in
            state.readyAccounts.insert(account)
            let names = Set(state.loaded.configuration.accounts.map(\.name))
            state.isReady = state.isReady || names.isSubset(of: state.readyAccounts)
        }
    }
}
