import Backups

@testable import Freshness

/// What the tests of the plan have in common.
enum Plans {
    /// More than any plan here needs.
    static let ample = budget(500)

    static func budget(_ allowance: Int, left: Int? = nil, reset: Double = 3600) -> FreshnessPlan.Budget {
        FreshnessPlan.Budget(allowance: allowance, left: left ?? allowance, secondsToReset: reset)
    }

    static func key(_ addon: String, project: String = "shop") -> AddonKey {
        AddonKey(account: "acme", project: project, addon: addon)
    }

    /// Everything but the sweep is off until it is switched on.
    static func settings(
        interval: Double = 300, _ change: (inout FreshnessSettings) -> Void = { _ in }
    ) -> FreshnessSettings {
        var settings = FreshnessSettings(interval: .seconds(interval), listInterval: .seconds(600))
        settings.schedulesInterval = nil
        settings.usesWebhooks = false
        settings.usesSentinel = false
        settings.usesSlots = false
        change(&settings)
        return settings
    }

    /// No addon was polled yet.
    static func fresh(_ addons: [String], _ settings: FreshnessSettings = settings()) -> FreshnessPlan {
        var plan = FreshnessPlan(settings: settings)
        plan.watch(Set(addons.map { key($0) }))
        return plan
    }

    /// All addons were polled, in the order given, and the lists were read, at 0.
    static func seen(
        _ addons: [String], _ settings: FreshnessSettings = settings(), outlook: Outlook = Outlook(), pages: Int = 1,
        listRequests: Int = 2
    ) -> FreshnessPlan {
        var plan = fresh(addons, settings)
        _ = take(&plan, now: 0, budget: budget(addons.count + 500))
        plan.listsRead(requests: listRequests, now: 0)
        for addon in addons { plan.polled(key(addon), pages: pages, outlook: outlook, now: 0) }
        return plan
    }

    /// Takes actions, each of which costs a request, until the plan wants to wait; `room` is the limit of concurrent requests.
    static func take(
        _ plan: inout FreshnessPlan, now: Double, budget: FreshnessPlan.Budget = ample, room: Int = .max
    ) -> [FreshnessPlan.Action] {
        var actions: [FreshnessPlan.Action] = []
        var budget = budget
        while true {
            let action = plan.next(now: now, budget: budget, hasRoom: plan.inFlight < room)
            actions.append(action)
            if case .wait = action { return actions }
            budget.left -= 1
        }
    }

    /// The same without the wait at the end, and without the lists.
    static func begun(
        _ plan: inout FreshnessPlan, now: Double, budget: FreshnessPlan.Budget = ample, room: Int = .max
    ) -> [FreshnessPlan.Action] {
        take(&plan, now: now, budget: budget, room: room).dropLast().filter { $0 != .readLists }
    }

    /// A backup that is due at a time and takes one of these lags.
    static func due(_ from: Double, _ lags: [Double], lastEnd: Double? = nil) -> Outlook {
        Outlook(expected: [.init(from: from, lag: Spread(lags))], lastEnd: lastEnd)
    }
}
