package import Backups
import Foundation
import GRDB
import Synchronization

/// Everything that is known of all addons, kept over restarts.
///
/// Nothing here throws: what cannot be kept in the file is kept in memory, and `onEvent` hears of it. What a call has
/// returned survives a kill of the process; a failure of the power may take the last few calls back, but no half ones.
package actor History {
    /// How long deleted backups are kept where no retention is configured.
    package static let defaultRetention = Duration.seconds(400 * 86_400)
    /// How many of an addon's deleted backups are handed out with those that are listed: the newest ones, for what
    /// can be learned from them.
    package static let goneHandedOut = 60

    private let executor = HistoryQueue()
    private let retention: Duration
    private var medium: HistoryMedium
    private nonisolated let file: HistoryFile?
    private nonisolated let published: Mutex<HistoryStatus>

    package nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// Whether another process has the file, so that what counts is there and not here. Costs no look at the file.
    package nonisolated var isInUse: Bool { published.withLock(\.isInUse) }

    /// How the store is doing; may be asked at any time. Asks the file system for the size of the file.
    package nonisolated var status: HistoryStatus {
        var status = published.withLock { $0 }
        status.bytes = file?.bytes ?? 0
        return status
    }

    private init(medium: HistoryMedium, retention: Duration) {
        self.medium = medium
        self.retention = retention
        file = medium.status.path.map(HistoryFile.init(path:))
        published = Mutex(medium.status)
    }

    /// Opens a history, and blocks while it does. A file is this process's alone from now on.
    ///
    /// - Parameters:
    ///   - retention: how long a backup is kept after it is gone, and an addon after it was last seen.
    ///   - onEvent: called at once, on whatever thread, in the middle of whatever happens: it must not wait.
    package static func open(
        _ location: HistoryLocation, retention: Duration = defaultRetention, now: Timestamp,
        onEvent: @escaping @Sendable (HistoryEvent) -> Void
    ) -> History {
        History(medium: HistoryMedium(location, now: now, onEvent: onEvent), retention: retention)
    }

    /// Hands out all that is kept, in no particular order.
    ///
    /// - Parameters:
    ///   - accounts: only theirs; nil for all.
    ///   - make: makes what is returned from a record and the backups that are listed and the newest of those that are
    ///     gone.
    package func load<Value: Sendable>(
        accounts: Set<String>? = nil, at now: Timestamp, _ make: @Sendable (AddonRecord, [KnownBackup]) -> Value
    ) -> [Value] {
        perform(at: now) { db in
            var values: [Value] = []
            try AddonRows(db: db).visit { stored in
                guard accounts?.contains(stored.record.key.account) ?? true else { return }
                values.append(make(stored.record, try BackupRows(db: db, addon: stored.id).handedOut()))
            }
            return values
        } ?? []
    }

    /// Takes in an observation of an addon's list of backups, in one transaction.
    ///
    /// - Parameters:
    ///   - key: an addon; not known is new.
    ///   - entries: as the API listed them, in its order.
    ///   - isWhole: whether that is all of the list; else it is the newest part.
    ///   - isNewestFirst: whether the API listed each entry no newer than the one before.
    ///   - now: when the listing ended.
    ///   - judge: may change the record that comes of it, and computes what the caller wants to know from it and the
    ///     backups: all listed ones, and the newest of those that are gone, in no particular order. Called again if
    ///     the transaction has to be, each time with what is true then; of the results the last one counts.
    /// - Returns: the record as it is kept, and what `judge` returned.
    package func observe<Facts: Sendable>(
        _ key: AddonKey, entries: [Backup], isWhole: Bool, isNewestFirst: Bool, at now: Timestamp,
        judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> (AddonRecord, Facts) {
        let kept = perform(at: now) { db in
            let addons = AddonRows(db: db)
            let known = try addons.find(key)
            let stored = try known ?? addons.insert(key, at: now)
            let rows = BackupRows(db: db, addon: stored.id)
            var record = stored.record
            var backups = known == nil ? [] : try rows.listed()
            let changes = try record.observe(
                entries, isWhole: isWhole, isNewestFirst: isNewestFirst, at: now, known: &backups,
                recall: rows.gone(like:))
            try rows.write(changes)
            backups.removeAll { !$0.isListed }
            if known != nil { backups += try rows.newestGone(limit: Self.goneHandedOut) }
            let facts = judge(&record, backups)
            try addons.save(record, over: stored, at: now)
            return (record, facts)
        }
        if let kept { return kept }
        var record = AddonRecord(key: key, firstSeen: now)
        var backups: [KnownBackup] = []
        record.observe(entries, isWhole: isWhole, isNewestFirst: isNewestFirst, at: now, known: &backups) { _ in nil }
        let facts = judge(&record, backups)
        return (record, facts)
    }

    /// Changes the records of addons in one transaction; writes only what changes.
    ///
    /// - Parameters:
    ///   - changes: addons, each once, and what changes of them; addons that are not known are new.
    ///   - judge: called for each addon that is new or that its change changed, as in `observe`. The backups of the
    ///     other addons are not read: that is what takes time.
    /// - Returns: the addons that `judge` was called for, in the order of `changes`.
    package func update<Facts: Sendable>(
        _ changes: [(key: AddonKey, change: AddonChange)], at now: Timestamp,
        judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> [(AddonRecord, Facts)] {
        let kept = perform(at: now) { db in
            let addons = AddonRows(db: db)
            var changed: [(AddonRecord, Facts)] = []
            for (key, change) in changes {
                let known = try addons.find(key)
                let stored = try known ?? addons.insert(key, at: now)
                var record = stored.record
                record.apply(change, at: now)
                if known == nil || record != stored.record {
                    let facts = judge(&record, try BackupRows(db: db, addon: stored.id).handedOut())
                    changed.append((record, facts))
                }
                try addons.save(record, over: stored, at: now)
            }
            return changed
        }
        return kept
            ?? changes.map { key, change in
                var record = AddonRecord(key: key, firstSeen: now)
                record.apply(change, at: now)
                let facts = judge(&record, [])
                return (record, facts)
            }
    }

    /// Deletes backups that have been gone for longer than the retention, and addons that were not seen for longer
    /// than it, to the day. What is listed stays, lest it be counted again.
    package func prune(now: Timestamp) {
        let before = now - max(.zero, retention)
        perform(at: now) { db in
            try db.execute(sql: "DELETE FROM gone_backup WHERE gone_at < ?", arguments: [before.milliseconds])
            // Seen may be older than it says by its resolution.
            try db.execute(
                sql: "DELETE FROM addon WHERE seen < ?",
                arguments: [before.adding(milliseconds: -AddonRows.seenResolution).milliseconds])
        }
    }

    /// Writes everything into the one file and lets go of it. What comes after this is kept nowhere.
    package func close() {
        medium.close()
        published.withLock { $0 = medium.status }
    }

    @discardableResult
    private func perform<Value>(at now: Timestamp, _ body: (Database) throws -> Value) -> Value? {
        defer { published.withLock { $0 = medium.status } }
        return medium.perform(at: now, body)
    }
}

extension BackupRows {
    func handedOut() throws -> [KnownBackup] { try listed() + newestGone(limit: History.goneHandedOut) }
}
