import Backups
import Freshness
import History
import Logging
import Northflank

/// Polls one account for as long as it runs: a thin shell around `AccountState`, and the one task that changes the
/// account's addons.
struct AccountRunner: Sendable {
    private enum Event: Sendable {
        case polled(AddonKey, PollReason, Result<Listing<Backup>, APIError>)
        case schedules(AddonKey, Result<Listing<BackupSchedule>, APIError>)
        case restores(AddonKey, Result<Listing<RestoreListing>, APIError>)
        case project(String, Result<Listing<AddonListing>, APIError>)
        /// Nil if cancelled.
        case listed(AccountLists?)
        /// Nil if there will be none.
        case hint(Hint?)
        case tick
    }

    /// A webhook's word about an addon.
    struct Hint: Sendable {
        let key: AddonKey
        let kind: HintKind
    }

    let account: AccountConfiguration
    let poll: PollConfiguration
    let client: NorthflankClient
    let budget: BudgetGate
    let fleet: Fleet
    let statuses: AccountStatuses
    let keeper: Keeper
    let hints: AsyncStream<Hint>
    /// Told what became of each hint.
    let onHint: @Sendable (Webhooks.Result) -> Void
    let time: any TimeSource
    let log: Logger
    /// Told of each step.
    let pulse: Pulse
    /// Told once, when the account's addons are known, or asking for them has failed for good.
    let onReady: @Sendable () -> Void

    /// Runs until the task is cancelled.
    ///
    /// - Parameter once: end when every addon was polled once.
    func run(once: Bool = false) async {
        var state = AccountState(
            account: account, poll: poll, fleet: fleet, statuses: statuses, log: log, now: Instant(time), once: once)
        if !account.discovery.enabled || state.plan.count > 0 { onReady() }
        await withTaskGroup(of: Event.self) { group in
            var hasTimer = false
            if !once { group.addTask { await nextHint() } }
            repeat {
                pulse.beat(account.name)
                hasTimer = step(&state, &group, hasTimer: hasTimer)
                guard let event = await group.next() else { break }
                if case .tick = event { hasTimer = false }
                if case .hint(_?) = event { group.addTask { await nextHint() } }
                await handle(event, &state)
            } while !Task.isCancelled && !(once && state.plan.isFirstRoundDone)
            group.cancelAll()
        }
        pulse.ended(account.name)
    }

    private func handle(_ event: Event, _ state: inout AccountState) async {
        switch event {
        case .polled(let key, let reason, .success) where !state.plan.isWatching(key):
            // Dropped while it was asked: nothing of it is kept, or it would be taken for one that is there.
            state.failed(key, APIError(.cancelled, "no longer watched"), reason: reason, now: Instant(time))
        case .polled(let key, let reason, .success(let listing)):
            let kept = await keeper.observed(key, listing, now: time.wall)
            state.observed(
                key, kept, listing: (listing.pages, listing.isWhole), reason: reason, now: Instant(time))
        case .polled(let key, let reason, .failure(let error)):
            if error.reason != .cancelled { state.failed(key, error, reason: reason, now: Instant(time)) }
        case .schedules(let key, let result):
            let kept = await keeper.schedules(key, result, now: time.wall)
            var worked = kept != nil
            if case .failure(let error) = result {
                state.notes.schedulesFailed(key, error)
                // A permission does not come back by itself; an answer that makes sense may.
                worked = error.reason == .forbidden
            }
            state.schedulesRead(key, kept, worked: worked, now: Instant(time))
        case .restores(let key, let result):
            let kept = await keeper.restores(key, result, now: time.wall)
            let worked = kept != nil || (try? result.get()) != nil
            state.restoresRead(key, kept, worked: worked, now: Instant(time))
        case .project(let project, .success(let listing)):
            state.projectRead(project, listing, now: Instant(time))
            let changed = listing.entries.filter { addon in
                let key = AddonKey(account: account.name, project: project, addon: addon.id)
                return fleet.addon(key)?.record.map { $0.isPaused != addon.isPaused } ?? false
            }
            var lists = AccountLists()
            lists.addons[project] = Dictionary(changed.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
            await take(lists, changed.map { AddonKey(account: account.name, project: project, addon: $0.id) }, &state)
        case .project(let project, .failure(let error)):
            if error.reason != .cancelled { state.projectFailed(project, now: Instant(time)) }
        case .listed(let lists):
            guard let lists else { break }
            let keys = state.listed(lists, now: Instant(time))
            await take(lists, keys, &state)
            if account.discovery.enabled { onReady() }
        case .hint(let hint):
            if let hint { onHint(state.hinted(hint.key, hint.kind, now: Instant(time))) }
        case .tick: break
        }
        let dropped = state.takeDropped()
        if !dropped.isEmpty { await keeper.dropped(dropped, now: time.wall) }
    }

    /// Keeps what lists say of some addons.
    private func take(_ lists: AccountLists, _ keys: [AddonKey], _ state: inout AccountState) async {
        guard !keys.isEmpty else { return }
        let changed = await keeper.listed(lists, keys, now: time.wall)
        state.updated(changed, now: Instant(time))
    }

    /// Starts all that is to be done now. Returns whether a timer is running.
    private func step(_ state: inout AccountState, _ group: inout TaskGroup<Event>, hasTimer: Bool) -> Bool {
        while true {
            let now = Instant(time)
            let view = budget.withBudget { budget in
                FreshnessPlan.Budget(
                    allowance: budget.allowance, left: budget.left(now: now.uptime),
                    secondsToReset: budget.secondsToReset(now: now.uptime))
            }
            switch state.next(now: now, budget: view) {
            case .poll(let key, let reason, let depth):
                let reach = state.reach(key, depth)
                group.addTask {
                    .polled(
                        key, reason,
                        await Result { () async throws(APIError) in
                            try await client.backups(project: key.project, addon: key.addon, backTo: reach)
                        })
                }
            case .readSchedules(let key):
                group.addTask {
                    .schedules(
                        key,
                        await Result { () async throws(APIError) in
                            try await client.schedules(project: key.project, addon: key.addon)
                        })
                }
            case .readRestores(let key):
                group.addTask {
                    .restores(
                        key,
                        await Result { () async throws(APIError) in
                            try await client.restores(project: key.project, addon: key.addon)
                        })
                }
            case .readProject(let project):
                group.addTask {
                    .project(
                        project,
                        await Result { () async throws(APIError) in try await client.addons(project: project) })
                }
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
                        try? await time.sleep(until: min(until, now.uptime + 1))
                        return .tick
                    }
                }
                return true
            }
        }
    }

    private func nextHint() async -> Event {
        for await hint in hints { return .hint(hint) }
        return .hint(nil)
    }
}
