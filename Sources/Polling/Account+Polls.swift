import Backups
import Fleet
import Freshness
import Northflank
import Settings

/// Polls of single addons, and the events that cause them.
extension Account {
    mutating func take(
        backups result: Result<Listing<Backup>?, APIError>, of key: AddonKey, _ reason: PollReason, now: Instant
    ) {
        switch result {
        case .success(let listing) where !plan.isWatching(key):
            // The addon was dropped while the poll was open: its result is not kept, because that would show the addon
            // again.
            plan.polled(key, pages: nil, now: now.uptime)
            effects.append(count(listing?.pages ?? 1, .poll(reason)))
        case .success(let listing?): effects.append(.keep(.backups(key, listing, reason)))
        case .success(nil):
            guard var addon = addons[key], let isWhole = lists[key]?.isWhole else {
                return lost(key, reason, now: now)
            }
            addon.observedAgain(at: now.wall)
            effects.append(.keep(.unchanged(addon, isWhole: isWhole, reason)))
        case .failure(let error):
            if error.reason != .cancelled { failed(key, error, reason, now: now) }
        }
    }

    /// The list is as it was last read, but what was read then is known no more: it is read again.
    mutating func lost(_ key: AddonKey, _ reason: PollReason, now: Instant) {
        lists[key] = nil
        plan.polled(key, pages: nil, now: now.uptime)
        effects.append(count(1, .poll(reason)))
    }

    /// A poll worked, and its result was kept.
    mutating func observed(
        _ key: AddonKey, pages: Int, isWhole: Bool, _ reason: PollReason, _ kept: Addon, now: Instant
    ) {
        // What is judged as before lets the plan expect what it did.
        let outlook = addons[key].map(kept.isKept) == true ? nil : Outlook(kept, zone: zone, now: now)
        plan.polled(key, pages: pages, isWhole: isWhole, outlook: outlook, now: now.uptime)
        effects.append(count(pages, .poll(reason)))
        notFound[key] = nil
        for note in notes.observed(key, pages: pages, now: now.wall) { log(note) }
        if kept.record?.needsSchedulesForRemovals == true
            || kept.assessment?.slots.contains(where: \.isScheduleDoubtful) == true
        {
            _ = plan.wantSchedules(key, now: now.uptime)
        }
        if let remarks = kept.record?.remarks { heard(clockAhead: remarks.clockAhead, now: now) }
        let clock = clockTrouble(now: now)
        change(key, now: now) { addon in
            addon.take(kept)
            (addon.isUp, addon.trouble) = (true, clock?.after(addon.trouble))
            addon.lastPollReason = reason
        }
    }

    /// A poll failed: the last good samples stay, unless the addon is gone.
    private mutating func failed(_ key: AddonKey, _ error: APIError, _ reason: PollReason, now: Instant) {
        plan.polled(key, pages: nil, now: now.uptime)
        effects.append(count(1, .poll(reason)))
        guard plan.isWatching(key) else { return }
        let trouble = trouble(error, of: key, now: now)
        note(error, trouble, of: key, now: now)
        change(key, now: now) { addon in
            addon.failedPolls.note(trouble, isNext: addon.isUp == false, at: now.wall)
            addon.isUp = false
            addon.trouble = trouble.after(addon.trouble)
        }
        // The lists decide what is gone, except for an explicit target.
        guard explicit.contains(key) else { return }
        if error.reason == .notFound {
            notFound[key, default: 0] += 1
            // The number of addons that are not found is published at once.
            if notFound[key] == Self.confirmedNotFound { nextReview = -.infinity }
            missUnknown(now: now)
        } else if !isUnknown(key) {
            notFound[key] = nil
        }
    }

    mutating func take(
        schedules result: Result<Listing<BackupSchedule>, APIError>, of key: AddonKey, now: Instant
    ) {
        effects.append(count(1, .schedules))
        guard plan.isWatching(key) else { return plan.schedulesRead(key, worked: false, now: now.uptime) }
        switch result {
        case .success(let listing):
            effects.append(.keep(.schedules(key, .schedules(listing.entries), worked: true)))
        case .failure(let error):
            let hasMaxAge = addons[key]?.decisions?.maxAge != nil || configuration.objective.maxAge != nil
            log(notes.schedulesFailed(key, error, trouble(error, of: key, now: now), hasMaxAge: hasMaxAge))
            switch error.reason {
            // A missing permission does not come back by itself; a response that can be understood can.
            case .forbidden: effects.append(.keep(.schedules(key, .schedulesForbidden, worked: true)))
            case .notFound, .clientError, .decode, .pagination:
                effects.append(.keep(.schedules(key, .schedulesNotUnderstood, worked: false)))
            default: plan.schedulesRead(key, worked: false, now: now.uptime)
            }
        }
    }

    mutating func take(restores result: Result<Listing<RestoreListing>, APIError>, of key: AddonKey, now: Instant) {
        effects.append(count(1, .restores))
        guard plan.isWatching(key) else { return plan.restoresRead(key, worked: false, now: now.uptime) }
        switch result {
        case .success(let listing):
            let counts = StatusCounts(listing.entries.map(\.status))
            let restores = AddonChange.restores(
                counts, lastCompleted: listing.entries.lastCompleted, lastFailed: listing.entries.lastFailed,
                ended: listing.entries.ended)
            effects.append(.keep(.restores(key, restores, worked: true)))
        case .failure(let error):
            let note = notes.restoresFailed(key, error, trouble(error, of: key, now: now))
            log(note)
            let isTransient = ![.forbidden, .notFound, .clientError, .decode, .pagination].contains(error.reason)
            // An outage can be over soon. What still cannot be read a second time is said.
            if error.reason == .cancelled || isTransient && note != nil {
                return plan.restoresRead(key, worked: false, now: now.uptime)
            }
            let isForGood = error.reason == .forbidden
            effects.append(.keep(.restores(key, .restoresUnreadable, worked: isForGood)))
        }
    }

    mutating func take(hint kind: HintKind, of key: AddonKey, now: Instant) {
        let result: WebhookResult =
            switch plan.hint(key, kind, now: now.uptime) {
            case .accepted: .accepted
            case .coalesced: .coalesced
            case .ignored: .unknown
            }
        effects.append(.countHint(result))
    }
}
