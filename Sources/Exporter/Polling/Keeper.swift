import Backups
import History
import Northflank

/// Keeps what was read of an account's addons, and has it judged in the same step, so that what is counted is
/// counted once.
struct Keeper: Sendable {
    let account: AccountConfiguration
    let history: History

    private var isCounting: Bool { !history.status.isInUse }

    /// A list of backups was read.
    func observed(_ key: AddonKey, _ listing: Listing<Backup>, now: Timestamp) async -> Kept {
        let objectives = account.objectives(for: key)
        let (record, assessment) = await history.observe(
            key, entries: listing.entries, isWhole: listing.isWhole, at: now
        ) { record, known in
            account.trim(&record)
            return record.judge(known, objectives)
        }
        return Kept(record: record, assessment: assessment, isCounting: isCounting)
    }

    /// Schedules were read, or could not be.
    ///
    /// - Returns: nil if nothing is known but that asking again is all that can be done.
    func schedules(
        _ key: AddonKey, _ result: Result<Listing<BackupSchedule>, APIError>, now: Timestamp
    ) async -> Kept? {
        switch result {
        case .success(let listing):
            return await change(key, now: now) { $0.observe(schedules: listing.entries, at: now) }
        case .failure(let error):
            switch error.reason {
            case .forbidden:
                return await change(key, now: now) { record in
                    record.mayReadSchedules = false
                    record.schedules = nil
                    record.schedulesObserved = now
                }
            case .notFound, .clientError, .decode, .pagination, .tooLarge, .redirect:
                // An answer, if not one that we understand. Schedules that were known stay in force.
                return await change(key, now: now) { $0.mayReadSchedules = false }
            default: return nil
            }
        }
    }

    /// Restores were read. Returns nil if they could not be.
    func restores(
        _ key: AddonKey, _ result: Result<Listing<RestoreListing>, APIError>, now: Timestamp
    ) async -> Kept? {
        guard case .success(let listing) = result else { return nil }
        return await change(key, now: now) { record in
            record.restores = StatusCounts(listing.entries.map(\.status))
            let ends = listing.entries.filter { $0.status == .completed }.compactMap(\.completedAt)
            // A restore that worked stays proof when the list has forgotten it.
            record.lastCompletedRestore = (ends + [record.lastCompletedRestore].compactMap { $0 }).max()
        }
    }

    /// Addons are gone: deleted, or no longer to be watched.
    func dropped(_ keys: [AddonKey], now: Timestamp) async {
        _ = await history.update(keys, at: now) { record in
            record.isWatched = false
        } judge: { _, _ in
        }
    }

    /// Lists were read. Returns the addons that they changed.
    func listed(_ lists: AccountLists, _ keys: [AddonKey], now: Timestamp) async -> [Kept] {
        await history.update(keys, at: now) { record in
            lists.apply(to: &record, now: now)
        } judge: { record, known in
            record.judge(known, account.objectives(for: record.key))
        }.map { Kept(record: $0.0, assessment: $0.1, isCounting: isCounting) }
    }

    private func change(
        _ key: AddonKey, now: Timestamp, _ body: @escaping @Sendable (inout AddonRecord) -> Void
    ) async -> Kept {
        let objectives = account.objectives(for: key)
        let (record, assessment) = await history.update(key, at: now) { record, known in
            body(&record)
            return record.judge(known, objectives)
        }
        return Kept(record: record, assessment: assessment, isCounting: isCounting)
    }
}

extension AccountLists {
    /// Takes over what the lists say of an addon; what they do not have stays.
    func apply(to record: inout AddonRecord, now: Timestamp) {
        if let name = projectNames[record.key.project] { record.projectName = name }
        guard let listing = addons[record.key.project]?[record.key.addon] else { return }
        record.noteWatched(at: now)
        record.addonName = listing.name
        record.addonType = listing.type
        record.note(isPaused: listing.isPaused, at: now)
    }
}
