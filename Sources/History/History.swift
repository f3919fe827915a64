package import Backups
import Foundation
import GRDB
import Synchronization

/// Everything that is known of all addons, kept over restarts.
///
/// Nothing here throws: what cannot be kept in the file is kept in memory, and `onEvent` hears of it. What a call has
/// returned survives a kill of the process; a failure of the power may take the last few calls back, but no half ones.
package actor History {
    /// Seconds.
    package static let defaultRetention: Double = 400 * 86_400
    /// How many of an addon's deleted backups are handed out with those that are listed: the newest ones, for what
    /// can be learned from them.
    package static let goneHandedOut = 60

    private let executor = HistoryQueue()
    private let retention: Double
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

    private init(medium: HistoryMedium, retention: Double) {
        self.medium = medium
        self.retention = retention
        file = medium.status.path.map(HistoryFile.init(path:))
        published = Mutex(medium.status)
    }

    /// Opens a history, and blocks while it does. A file is this process's alone from now on.
    ///
    /// - Parameters:
    ///   - retention: seconds that a backup is kept after it is gone, and an addon after it was last seen.
    ///   - onEvent: called at once, on whatever thread, in the middle of whatever happens: it must not wait.
    package static func open(
        _ location: HistoryLocation, retention: Double = defaultRetention, now: Timestamp,
        onEvent: @escaping @Sendable (HistoryEvent) -> Void
    ) -> History {
        History(medium: HistoryMedium(location, now: now, onEvent: onEvent), retention: retention)
    }

    /// Hands out all that is kept, one addon at a time, in no particular order.
    ///
    /// - Parameters:
    ///   - accounts: only theirs; nil for all.
    ///   - each: gets the record, and the backups that are listed and the newest of those that are gone. If the file
    ///     fails in the middle, it may be called twice for an addon; the last call counts.
    package func load(
        accounts: Set<String>? = nil, at now: Timestamp,
        _ each: @Sendable (AddonRecord, [KnownBackup]) -> Void
    ) {
        perform(at: now) { db in
            try AddonRows(db: db).visit { stored in
                guard accounts?.contains(stored.record.key.account) ?? true else { return }
                each(stored.record, try BackupRows(db: db, addon: stored.id).handedOut())
            }
        }
    }

    /// Takes in an observation of an addon's list of backups, in one transaction.
    ///
    /// - Parameters:
    ///   - key: an addon; not known is new.
    ///   - entries: as the API listed them, in its order.
    ///   - isWhole: whether that is all of the list; else it is the newest part.
    ///   - now: when the listing ended.
    ///   - judge: may change the record that comes of it, and computes what the caller wants to know from it and the
    ///     backups: all listed ones, and the newest of those that are gone, in no particular order. Called again if
    ///     the transaction has to be, each time with what is true then; of the results the last one counts.
    /// - Returns: the record as it is kept, and what `judge` returned.
    package func observe<Facts: Sendable>(
        _ key: AddonKey, entries: [Backup], isWhole: Bool, at now: Timestamp,
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
                entries, isWhole: isWhole, at: now, known: &backups, recall: rows.gone(like:))
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
        record.observe(entries, isWhole: isWhole, at: now, known: &backups) { _ in nil }
        let facts = judge(&record, backups)
        return (record, facts)
    }

    /// Changes an addon's record in one transaction; writes nothing if nothing changes.
    ///
    /// - Parameters:
    ///   - key: an addon; not known is new.
    ///   - change: changes the record and computes what the caller wants to know, as `judge` does in `observe`.
    package func update<Facts: Sendable>(
        _ key: AddonKey, at now: Timestamp, change: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> (AddonRecord, Facts) {
        let kept = perform(at: now) { db in
            let addons = AddonRows(db: db)
            let stored = try addons.find(key) ?? addons.insert(key, at: now)
            var record = stored.record
            let facts = change(&record, try BackupRows(db: db, addon: stored.id).handedOut())
            try addons.save(record, over: stored, at: now)
            return (record, facts)
        }
        if let kept { return kept }
        var record = AddonRecord(key: key, firstSeen: now)
        let facts = change(&record, [])
        return (record, facts)
    }

    /// Changes the records of many addons in one transaction; writes only what changes.
    ///
    /// - Parameters:
    ///   - keys: addons; those that are not known are new.
    ///   - change: changes a record. Called for each of them, without its backups: reading these is what takes time.
    ///   - judge: called for each addon that is new or that `change` changed, as in `observe`.
    /// - Returns: those addons, in the order of `keys`.
    package func update<Facts: Sendable>(
        _ keys: [AddonKey], at now: Timestamp, change: @Sendable (inout AddonRecord) -> Void,
        judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> [(AddonRecord, Facts)] {
        let kept = perform(at: now) { db in
            let addons = AddonRows(db: db)
            var changed: [(AddonRecord, Facts)] = []
            for key in keys {
                let known = try addons.find(key)
                let stored = try known ?? addons.insert(key, at: now)
                var record = stored.record
                change(&record)
                if known == nil || record != stored.record {
                    let facts = judge(&record, try BackupRows(db: db, addon: stored.id).handedOut())
                    changed.append((record, facts))
                }
                try addons.save(record, over: stored, at: now)
            }
            return changed
        }
        return kept
            ?? keys.map { key in
                var record = AddonRecord(key: key, firstSeen: now)
                change(&record)
                let facts = judge(&record, [])
                return (record, facts)
            }
    }

    /// Deletes backups that have been gone for longer than the retention, and addons that were not seen for longer
    /// than it, to the day. What is listed stays, lest it be counted again.
    package func prune(now: Timestamp) {
        let milliseconds = Int64(exactly: (retention * 1000).rounded()) ?? .max
        let before = now.adding(milliseconds: -max(0, milliseconds))
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
