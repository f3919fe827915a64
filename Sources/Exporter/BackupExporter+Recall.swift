import Backups
import History
import Northflank
import Synchronization

/// What an earlier run has kept.
extension BackupExporter {
    /// Shows what an earlier run has kept: from then on pages have it, before anything was polled.
    package func recall() async { await recall(configuration) }

    /// Shows what was kept, judged by the objectives of now. After a reload only of those addons that are still there.
    func recall(_ configuration: Configuration) async {
        let (isFirst, isDone) = state.withLock { state in
            defer { state.recalled = configuration }
            return (state.recalled == nil, state.recalled == configuration)
        }
        guard !isDone else { return }
        let accounts = Dictionary(uniqueKeysWithValues: configuration.accounts.map { ($0.name, $0) })
        let now = time.wall
        let isCounting = !history.status.isInUse
        // They come back as new ones. A set, since an addon may be handed out twice.
        let leftOut = Mutex<Set<AddonKey>>([])
        await history.load(accounts: Set(accounts.keys), at: now) { [fleet] record, known in
            let key = record.key
            guard let account = accounts[key.account] else { return }
            guard account.isWatching(record) else {
                if record.isWatched { _ = leftOut.withLock { $0.insert(key) } }
                return
            }
            guard isFirst ? record.isWatched : fleet.addon(key) != nil else { return }
            var record = record
            account.trim(&record)
            let assessment = record.judge(known, account.objectives(for: key))
            fleet.update(key) { $0.take(record, assessment, isCounting: isCounting) }
        }
        _ = await history.update(leftOut.withLock { $0.sorted() }, at: now) {
            $0.isWatched = false
        } judge: { _, _ in
        }
        for (account, addons) in Dictionary(grouping: fleet.snapshot.map(\.state), by: \.key.account) {
            guard let account = accounts[account] else { continue }
            // What the budget will stretch it to is known better once it is in use.
            let requests = RequestCost(account: account, poll: configuration.poll).allowance
            let interval = max(configuration.poll.interval, Double(addons.count) * 3600 / requests)
            let limit = interval * AccountState.unknownAfter
            for addon in addons {
                fleet.update(addon.key) {
                    $0.review(now: now, limit: limit, zone: TimeZones.zone(account.objective.timeZone))
                }
            }
        }
    }
}
