import Backups
import SQLite

/// Reads and writes the records of addons.
struct AddonRows {
    /// A record as it is stored.
    struct Stored {
        let id: Int64
        var record: AddonRecord
        /// The time at which the addon was last seen, to about `seenResolution`; for pruning.
        var seen: Timestamp
    }

    /// Milliseconds between two writes of `seen`, so that not every poll writes.
    static let seenResolution: Int64 = 86_400_000

    private static let columns = """
        id, seen, first_seen, last_observed, last_whole, is_newest_first, baseline, completed, failed, aborted, \
        not_supported, project_name, addon_name, addon_type, is_paused, active_since, may_read_schedules, \
        knows_schedules, schedules_observed, last_completed_restore, restores, is_watched
        """
    private static let find = SQL("SELECT \(columns) FROM addon WHERE account = ? AND project = ? AND addon = ?")
    private static let all = SQL("SELECT \(columns), account, project, addon FROM addon")
    private static let insert = SQL(
        """
        INSERT INTO addon (
            account, project, addon, seen, first_seen, is_newest_first, completed, failed, aborted, not_supported,
            project_name, addon_name, addon_type, is_paused, may_read_schedules, knows_schedules, is_watched
        ) VALUES (?, ?, ?, ?, ?, 1, 0, 0, 0, 0, ?, ?, ?, 0, 1, 0, 1)
        """)
    private static let saveProgress = SQL(
        """
        UPDATE addon SET seen = ?, last_observed = ?, last_whole = ?, is_newest_first = ?, baseline = ?,
            completed = ?, failed = ?, aborted = ?, not_supported = ?
        WHERE id = ?
        """)
    private static let observeAgain = SQL("UPDATE addon SET seen = max(seen, ?1), last_observed = ?1 WHERE id = ?2")
    private static let observeWholeAgain = SQL(
        "UPDATE addon SET seen = max(seen, ?1), last_observed = ?1, last_whole = ?1 WHERE id = ?2")
    private static let saveDetails = SQL(
        """
        UPDATE addon SET project_name = ?, addon_name = ?, addon_type = ?, is_paused = ?, active_since = ?,
            may_read_schedules = ?, knows_schedules = ?, schedules_observed = ?, last_completed_restore = ?,
            restores = ?, is_watched = ?
        WHERE id = ?
        """)

    private static let pruneBackups = SQL("DELETE FROM gone_backup WHERE created_at + gone_after < ?")
    private static let pruneAddons = SQL("DELETE FROM addon WHERE seen < ?")

    let db: Database

    func find(_ key: AddonKey) throws -> Stored? {
        let statement = try db.statement(Self.find)
        statement.bind(key)
        return try statement.first { row in try stored(row, key) }
    }

    /// Calls `body` for each addon, one at a time.
    func visit(_ body: (Stored) throws -> Void) throws {
        try db.statement(Self.all).rows { row in
            let key = AddonKey(account: try row.text(22), project: try row.text(23), addon: try row.text(24))
            try body(try stored(row, key))
        }
    }

    func insert(_ key: AddonKey, at now: Timestamp) throws -> Stored {
        let record = AddonRecord(key: key, firstSeen: now)
        let statement = try db.statement(Self.insert)
        statement.bind(key)
        statement.bind(now)
        statement.bind(now)
        statement.bind(record.projectName)
        statement.bind(record.addonName)
        statement.bind(record.addonType)
        try statement.run()
        return Stored(id: db.lastInsertedRow, record: record, seen: now)
    }

    /// Notes another observation of an unchanged list.
    /// - Returns: whether there is such a row.
    func observeAgain(_ row: Int64, isWhole: Bool, at now: Timestamp) throws -> Bool {
        let statement = try db.statement(isWhole ? Self.observeWholeAgain : Self.observeAgain)
        statement.bind(now)
        statement.bind(row)
        try statement.run()
        return db.changes == 1
    }

    /// Writes the differences between the stored record and the new one.
    func save(_ record: AddonRecord, over stored: Stored, at now: Timestamp) throws {
        let before = stored.record
        let isSeenLate = now.millisecondsSince(stored.seen) >= Self.seenResolution
        // The old record with the values that every poll changes: differs from the new one only in details.
        var same = before
        same.lastObserved = record.lastObserved
        same.lastWhole = record.lastWhole
        same.isNewestFirst = record.isNewestFirst
        same.baseline = record.baseline
        same.outcomes = record.outcomes
        if same != before || isSeenLate { try saveProgress(record, stored.id, seen: max(now, stored.seen)) }
        guard same != record else { return }
        try saveDetails(record, stored.id)
        let parts = RecordParts(db: db, addon: stored.id)
        if record.slots != before.slots { try parts.replace(slots: record.slots) }
        if record.schedules != before.schedules { try parts.replace(schedules: record.schedules ?? []) }
    }

    /// Deletes the backups that were gone, and with all their data the addons that were last seen, before an instant.
    func prune(goneBefore before: Timestamp) throws {
        try execute(Self.pruneBackups, before)
        // The addon can have been seen later than stored, by the resolution.
        try execute(Self.pruneAddons, before.adding(milliseconds: -Self.seenResolution))
        guard db.changes > 0 else { return }
        for table in ["slot", "schedule", "listed_backups", "gone_backup"] {
            try db.execute("DELETE FROM \(table) WHERE addon NOT IN (SELECT id FROM addon)")
        }
    }

    private func execute(_ sql: SQL, _ before: Timestamp) throws {
        let statement = try db.statement(sql)
        statement.bind(before)
        try statement.run()
    }

    private func saveProgress(_ record: AddonRecord, _ id: Int64, seen: Timestamp) throws {
        let statement = try db.statement(Self.saveProgress)
        statement.bind(seen)
        statement.bind(record.lastObserved)
        statement.bind(record.lastWhole)
        statement.bind(record.isNewestFirst)
        statement.bind(record.baseline)
        statement.bind(record.outcomes.completed)
        statement.bind(record.outcomes.failed)
        statement.bind(record.outcomes.aborted)
        statement.bind(record.outcomes.notSupported)
        statement.bind(id)
        try statement.run()
    }

    private func saveDetails(_ record: AddonRecord, _ id: Int64) throws {
        let statement = try db.statement(Self.saveDetails)
        statement.bind(record.projectName)
        statement.bind(record.addonName)
        statement.bind(record.addonType)
        statement.bind(record.isPaused)
        statement.bind(record.activeSince)
        statement.bind(record.mayReadSchedules)
        statement.bind(record.schedules != nil)
        statement.bind(record.schedulesObserved)
        statement.bind(record.lastCompletedRestore)
        statement.bind(
            record.restores.map { counts in StoredNumbers.encode(BackupStatus.allCases.map { counts[status: $0] }) })
        statement.bind(record.isWatched)
        statement.bind(id)
        try statement.run()
    }

    private func stored(_ row: borrowing Row, _ key: AddonKey) throws -> Stored {
        let id = try row.integer(0)
        var record = AddonRecord(
            key: key, firstSeen: try row.time(2), projectName: try row.text(11), addonName: try row.text(12),
            addonType: try row.text(13))
        record.lastObserved = try row.optionalTime(3)
        record.lastWhole = try row.optionalTime(4)
        record.isNewestFirst = try row.flag(5)
        record.baseline = try row.optionalTime(6)
        record.outcomes = OutcomeCounts(
            completed: try row.count(7), failed: try row.count(8), aborted: try row.count(9),
            notSupported: try row.count(10))
        record.isPaused = try row.flag(14)
        record.activeSince = try row.optionalTime(15)
        record.mayReadSchedules = try row.flag(16)
        let parts = RecordParts(db: db, addon: id)
        if try row.flag(17) { record.schedules = try parts.schedules() }
        record.schedulesObserved = try row.optionalTime(18)
        record.lastCompletedRestore = try row.optionalTime(19)
        record.restores = try row.optionalText(20).map { stored in
            var counts = StatusCounts()
            for (status, count) in zip(BackupStatus.allCases, StoredNumbers.decode(stored)) {
                counts[status: status] = StoredNumbers.count(Int64(count))
            }
            return counts
        }
        record.isWatched = try row.flag(21)
        record.slots = try parts.slots()
        return Stored(id: id, record: record, seen: try row.time(1))
    }
}
