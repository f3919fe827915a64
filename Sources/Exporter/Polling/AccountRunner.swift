import Backups
import Logging
import Northflank

/// Polls one account for as long as it runs: a thin shell around `PollPlan`, and the one task that changes the
/// account's addons.
struct AccountRunner: Sendable {
    private enum Event: Sendable {
        case polled(AddonKey, Result<Observation, APIError>)
        /// Nil if cancelled.
        case listed(AccountLists?)
        case tick
    }

    /// What a poll brought, reduced where it was read.
    private struct Observation: Sendable {
        let summary: BackupSummary
        let pages: Int
    }

    let account: AccountConfiguration
    let poll: PollConfiguration
    let client: NorthflankClient
    let budget: BudgetGate
    let fleet: Fleet
    let statuses: AccountStatuses
    let time: any TimeSource
    let log: Logger
    /// Told once, when the account's addons are known, or asking for them has failed for good.
    let onReady: @Sendable () -> Void

    /// Runs until the task is cancelled.
    ///
    /// - Parameter once: end when every addon was polled once.
    func run(once: Bool = false) async {
        var state = AccountState(
            account: account, poll: poll, fleet: fleet, statuses: statuses, log: log, once: once)
        if !account.discovery.enabled { onReady() }
        await withTaskGroup(of: Event.self) { group in
            var hasTimer = false
            repeat {
                hasTimer = step(&state, &group, hasTimer: hasTimer)
                guard let event = await group.next() else { break }
                switch event {
                case .polled(let key, .success(let observation)):
                    state.observed(key, observation.summary, pages: observation.pages, now: time.wall)
                case .polled(let key, .failure(let error)):
                    if error.reason != .cancelled { state.failed(key, error) }
                case .listed(let lists):
                    guard let lists else { break }
                    state.listed(lists, now: time.wall)
                    if account.discovery.enabled { onReady() }
                case .tick: hasTimer = false
                }
            } while !Task.isCancelled && !(once && state.plan.isFirstRoundDone)
            group.cancelAll()
        }
    }

    /// Starts all that is to be done now. Returns whether a timer is running.
    private func step(_ state: inout AccountState, _ group: inout TaskGroup<Event>, hasTimer: Bool) -> Bool {
        while true {
            let now = time.uptime
            let view = budget.withBudget { budget in
                PollPlan.Budget(
                    allowance: budget.allowance, left: budget.left(now: now),
                    secondsToReset: budget.secondsToReset(now: now))
            }
            switch state.next(now: now, budget: view) {
            case .poll(let key):
                group.addTask { .polled(key, await observe(key)) }
            case .readLists:
                let explicit = Set(account.addons.map(\.project))
                let wantsProjectNames = state.wantsProjectNames
                group.addTask {
                    .listed(
                        await AccountLists.read(
                            client, discovery: account.discovery, explicit: explicit,
                            wantsProjectNames: wantsProjectNames, concurrency: poll.concurrency))
                }
            case .wait(let until):
                // Events may change the plan while the timer runs, so it is never long.
                if !hasTimer {
                    group.addTask {
                        try? await time.sleep(until: min(until, now + 1))
                        return .tick
                    }
                }
                return true
            }
        }
    }

    private func observe(_ key: AddonKey) async -> Result<Observation, APIError> {
        do throws(APIError) {
            let listing = try await client.backups(project: key.project, addon: key.addon)
            return .success(Observation(summary: BackupSummary(of: listing.entries), pages: listing.pages))
        } catch {
            return .failure(error)
        }
    }
}
