import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// Requests, and the times at which they are due.
extension Account {
    /// Sends all due requests, as far as the budget and the limit of open requests allow it.
    mutating func tick(_ budget: FreshnessPlan.Budget, now: Instant) {
        interval = plan.intervalInForce(budget)
        log(notes.interval(inForce: interval, budget: budget, addons: plan.count))
        var budget = budget
        while true {
            if openRequests.hasRoomForList, let request = reading?.next() {
                send(request, &budget)
                continue
            }
            if openRequests.hasRoom, budget.left > 0, tokenCheck.begins(now: now.uptime) {
                send(.auth, &budget)
                continue
            }
            switch plan.next(now: now.uptime, budget: budget, hasRoom: openRequests.hasRoom) {
            case .poll(let key, let reason, let depth):
                if let sought = addons[key]?.record?.soughtBackup {
                    // The backup can be anywhere in the list, also in one that has not changed.
                    send(.backups(key, reason, backTo: nil, seeking: sought), &budget)
                    continue
                }
                let reach = depth == .newest ? addons[key]?.reach : nil
                send(.backups(key, reason, backTo: reach, unlessStill: lists[key]), &budget)
            case .readSchedules(let key): send(.schedules(key), &budget)
            case .readRestores(let key): send(.restores(key), &budget)
            case .readProject(let project): send(.addonStates(project: project), &budget)
            case .readLists:
                beginLists(now: now)
                tokenCheck.allow(now: now.uptime)
            case .wait(let until):
                reviewIfDue(budget, now: now)
                effects.append(.wait(until: until))
                return
            }
        }
    }

    private mutating func send(_ request: Request, _ budget: inout FreshnessPlan.Budget) {
        openRequests.began(request)
        // Lists are requested even if nothing is left: they wait for the budget.
        budget.left = max(0, budget.left - 1)
        effects.append(.request(request))
    }

    mutating func take(_ answer: Answer, now: Instant) {
        openRequests.ended(answer)
        if case .auth(let result) = answer { return take(token: result, now: now) }
        heard(answer.error, isList: answer.isPartOfLists && configuration.discovery.enabled, now: now)
        switch answer {
        case .backups(let key, let reason, let result): take(backups: result, of: key, reason, now: now)
        case .schedules(let key, let result): take(schedules: result, of: key, now: now)
        case .restores(let key, let result): take(restores: result, of: key, now: now)
        case .addonStates(let project, let result): take(states: result, of: project, now: now)
        case .projects(let result):
            reading?.take(result)
            endListsIfDone(now: now)
        case .addons(let project, let result):
            reading?.take(result, of: project)
            endListsIfDone(now: now)
        case .auth: break
        }
    }

    /// Takes over addons as the history has kept and judged them.
    mutating func take(_ keep: Keep, _ kept: [Addon], now: Instant) {
        switch keep {
        case .backups(let key, let listing, let reason):
            lists[key] = listing.seen
            if let addon = kept.first {
                // A list that is too long is not read again and again.
                let isWhole = listing.isWhole || listing.remarks.cutAfter != nil
                observed(key, pages: listing.pages, isWhole: isWhole, reason, addon, now: now)
            }
        case .unchanged(let addon, let isWhole, let reason):
            if let kept = kept.first {
                observed(addon.key, pages: 1, isWhole: isWhole, reason, kept, now: now)
            } else {
                lost(addon.key, reason, now: now)
            }
        case .schedules(let key, _, let worked):
            let outlook = kept.first.flatMap { Outlook($0, zone: zone, now: now) }
            plan.schedulesRead(key, worked: worked, outlook: outlook, now: now.uptime)
            show(kept, now: now)
        case .restores(let key, _, let worked):
            plan.restoresRead(key, worked: worked, now: now.uptime)
            show(kept, now: now)
        case .listed(_, let isDiscovery):
            for addon in kept where addon.record?.lastObserved == nil && addons[addon.key]?.lastObserved != nil {
                readAnew(addon.key)
            }
            show(kept, now: now)
            if isDiscovery { effects.append(.ready) }
        case .away: for addon in kept where isMissed(addon) { change(addon.key, now: now) { $0.take(addon) } }
        case .missed:
            for addon in kept where addons[addon.key] != nil { change(addon.key, now: now) { $0.take(addon) } }
        case .judgedAgain: show(kept, now: now)
        case .standing: break
        }
    }

    func count(_ requests: Int, _ purpose: RequestPurpose) -> Effect { .count(requests: requests, purpose) }

    mutating func log(_ note: AccountNote?) {
        if let note { effects.append(.log(note)) }
    }
}
