package import Backups
package import Fleet
package import Freshness
package import Logging
package import Northflank
import Settings

/// Runs one account: a thin shell around `Account` that sends requests, waits, and carries effects out.
package struct AccountRunner: Sendable {
    /// A word from outside about an addon.
    package enum Hint: Sendable {
        /// A webhook's event.
        case event(AddonKey, HintKind)
        /// The absence of the addon is confirmed.
        case forget(AddonKey)
    }

    private enum Happening: Sendable {
        case answer(Account.Answer)
        /// Nil after the last hint.
        case hint(Hint?)
        case timer
    }

    private let client: NorthflankClient
    private let budget: BudgetGate
    private let keeper: Keeper
    private let fleet: any FleetWriter
    private let hints: AsyncStream<Hint>
    private let onHint: @Sendable (WebhookResult) -> Void
    private let time: any TimeSource
    private let log: Logger
    private let pulse: Pulse
    private let onReady: @Sendable () -> Void

    /// - Parameters:
    ///   - onHint: called with the result of each hint.
    ///   - pulse: gets a beat at each step.
    ///   - onReady: called when scrapes make sense.
    package init(
        client: NorthflankClient, budget: BudgetGate, keeper: Keeper, fleet: any FleetWriter, hints: AsyncStream<Hint>,
        onHint: @escaping @Sendable (WebhookResult) -> Void, time: any TimeSource, log: Logger, pulse: Pulse,
        onReady: @escaping @Sendable () -> Void
    ) {
        self.client = client
        self.budget = budget
        self.keeper = keeper
        self.fleet = fleet
        self.hints = hints
        self.onHint = onHint
        self.time = time
        self.log = log
        self.pulse = pulse
        self.onReady = onReady
    }

    /// Shows the facts that the account knows, before it runs.
    package func begin(_ account: inout Account) { _ = handle(.began, &account) }

    /// Runs until the task is cancelled.
    ///
    /// - Parameter once: ends when every addon was polled once.
    /// - Returns: the account in its final state.
    package func run(_ account: consuming Account, once: Bool) async -> Account {
        let name = account.configuration.name
        var account = account
        await withTaskGroup(of: Happening.self) { group in
            var hasTimer = false
            if !once { group.addTask { await nextHint() } }
            repeat {
                pulse.beat(name)
                let due = handle(.ticked(budgetNow()), &account)
                for request in due.requests { send(request, &group) }
                if let wait = due.wait, !hasTimer {
                    hasTimer = true
                    wake(at: wait, &group)
                }
                guard let happening = await group.next() else { break }
                switch happening {
                case .answer(let answer): _ = handle(.answered(answer), &account)
                case .hint(let hint?):
                    group.addTask { await nextHint() }
                    switch hint {
                    case .event(let key, let kind): _ = handle(.hinted(key, kind), &account)
                    case .forget(let key): _ = handle(.forgotten(key), &account)
                    }
                case .hint(nil): break
                case .timer: hasTimer = false
                }
            } while !Task.isCancelled && !(once && account.isFirstRoundDone)
            group.cancelAll()
        }
        if once { _ = handle(.ended, &account) }
        pulse.ended(name)
        return account
    }

    /// Carries out the effects of an event, and returns its requests and its wait, which follow a tick.
    private func handle(
        _ event: Account.Event, _ account: inout Account
    ) -> (requests: [Account.Request], wait: Double?) {
        let name = account.configuration.name
        var effects = account.handle(event, at: Instant(time))[...]
        var requests: [Account.Request] = []
        var wait: Double?
        while let effect = effects.popFirst() {
            switch effect {
            case .request(let request): requests.append(request)
            case .wait(let until): wait = until
            case .keep(let keep):
                let kept = keeper.keep(
                    keep, account.judgingZone, unobservedAfter: account.longestAge, now: time.wall)
                effects = account.handle(.kept(keep, kept), at: Instant(time)) + effects
            case .publish(let addon): fleet.publish(addon)
            case .withdraw(let key): fleet.withdraw(key)
            case .publishStatus(let status): fleet.publish(status, of: name)
            case .count(let requests, let purpose): fleet.count(requests, for: purpose, of: name)
            case .countHint(let result): onHint(result)
            case .log(let note):
                log.log(level: note.level, "\(note.message)", metadata: note.metadata.mapValues { .string($0) })
            case .ready: onReady()
            }
        }
        return (requests, wait)
    }

    /// Wakes the account, after a second at most, because events change the time at which something is due.
    private func wake(at uptime: Double, _ group: inout TaskGroup<Happening>) {
        let end = min(uptime, time.uptime + 1)
        group.addTask {
            try? await time.sleep(until: end)
            return .timer
        }
    }

    /// Sends a request. Its first transfer counts in the budget at once, so that the next look at the budget is true.
    private func send(_ request: Account.Request, _ group: inout TaskGroup<Happening>) {
        let uptime = time.uptime
        let isAdmitted = budget.withBudget { $0.admit(continuing: false, now: uptime) == .now }
        group.addTask { .answer(await client.answer(request, isAdmitted: isAdmitted)) }
    }

    private func budgetNow() -> FreshnessPlan.Budget {
        let uptime = time.uptime
        return budget.withBudget { budget in
            FreshnessPlan.Budget(
                allowance: budget.allowance, left: budget.left(now: uptime),
                secondsToReset: budget.secondsToReset(now: uptime))
        }
    }

    private func nextHint() async -> Happening {
        for await hint in hints { return .hint(hint) }
        return .hint(nil)
    }
}
