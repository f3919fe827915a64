import Backups
import SQLite

/// Writes what has changed, and deletes what is old.
extension AddonRows {
    private static let saveProgress = SQL(
        """
        UPDATE addon SET seen = ?, last_observed = ?, last_whole = ?, is_newest_first = ?, baseline = ?,
            completed = ?, failed = ?, aborted = ?, not_supported = ?
        WHERE id = ?
        """)
    private static let saveDetails = SQL(
        """
        UPDATE addon SET project_name = ?, addon_name = ?, addon_type = ?, is_paused = ?, active_since = ?,
            may_read_schedules = ?, knows_schedules = ?, schedules_observed = ?, last_completed_restore = ?,
            restores = ?, is_watched = ?, uid = ?, away_since = ?, is_gone = ?, forgiven_from = ?, forgiven_to = ?,
            had_completed = ?, removals = ?, missed_since = ?, missed_readings = ?, remarks = ?, unreadable_field = ?,
            unreadable_found = ?, overdue_since = ?, sizes = ?, former_gaps = ?,
            tags = ?, restore_duration = ?, restored_backup = ?, restored_backup_created = ?,
            seeks_restored_backup = ?, last_failed_restore = ?
        WHERE id = ?
        """)

    private static let savePast = SQL("UPDATE addon SET decision = ?, past_restores = ? WHERE id = ?")

    private static let pruneBackups = SQL("DELETE FROM gone_backup WHERE created_at + gone_after < ?")
    private static let pruneAddons = SQL("DELETE FROM addon WHERE seen < ? AND NOT is_watched")

    /// The last one before an instant was in force at the instant.
    private static let pruneStandings = SQL(
        """
        DELETE FROM standing_change AS this WHERE at < ?1 AND EXISTS (
            SELECT 1 FROM standing_change AS next
            WHERE next.addon = this.addon AND next.at > this.at AND next.at <= ?1
        )
        """)
    /// Standings that a clock has dated which was put right since.
    private static let removeFutureStandings = SQL(
        """
        DELETE FROM standing_change WHERE at > ?
            AND addon = (SELECT id FROM addon WHERE account = ? AND project = ? AND addon = ?)
        """)
    private static let saveStanding = SQL(
        "UPDATE addon SET standing = ? WHERE account = ? AND project = ? AND addon = ?")
    private static let addStanding = SQL(
        """
        INSERT OR REPLACE INTO standing_change (addon, at, standing)
        SELECT id, ?, ? FROM addon WHERE account = ? AND project = ? AND addon = ?
        """)
    /// The tables with parts of addons.
    private static let parts = [
        "slot", "schedule", "listed_backups", "gone_backup", "standing_change", "change", "unobserved",
    ]

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
        let changes = ChangeRows(db: db, addon: stored.id)
        if stored.changesSince == nil { try changes.begin(record, at: now) }
        guard same != record else { return }
        if stored.changesSince != nil { try changes.write(record, after: before, at: now) }
        if record.decisions != before.decisions || record.pastRestores != before.pastRestores {
            try savePast(record, stored.id)
        }
        try saveDetails(record, stored.id)
        let parts = RecordParts(db: db, addon: stored.id)
        if record.slots != before.slots { try parts.replace(slots: record.slots) }
        if record.schedules != before.schedules { try parts.replace(schedules: record.schedules ?? []) }
    }

    /// Deletes the backups that were gone, and with all their data the addons that were last seen, before an instant.
    /// - Returns: whether there were such addons.
    func prune(goneBefore before: Timestamp) throws -> Bool {
        try execute(Self.pruneBackups, before)
        // The addon can have been seen later than stored, by the resolution.
        try execute(Self.pruneAddons, before.adding(milliseconds: -Self.seenResolution))
        let hasDeleted = db.changes > 0
        if hasDeleted {
            for table in Self.parts {
                try db.execute("DELETE FROM \(table) WHERE addon NOT IN (SELECT id FROM addon)")
            }
        }
        try execute(Self.pruneStandings, before)
        try UnobservedRows.prune(db, before: before)
        // Last, because it also deletes the decisions that nothing has any more.
        try ChangeRows.prune(db, before: before)
        return hasDeleted
    }

    /// Deletes an addon with all its data.
    func remove(_ id: Int64) throws {
        for (table, column) in [("addon", "id")] + Self.parts.map({ ($0, "addon") }) {
            try db.execute("DELETE FROM \(table) WHERE \(column) = \(id)")
        }
    }

    /// Notes a standing that has begun.
    /// - Returns: whether the addon is known.
    func note(_ standing: Standing, of key: AddonKey, at now: Timestamp) throws -> Bool {
        let text = StoredStanding.encode(standing)
        let update = try db.statement(Self.saveStanding)
        update.bind(text)
        update.bind(key)
        try update.run()
        guard db.changes == 1 else { return false }
        let future = try db.statement(Self.removeFutureStandings)
        future.bind(now)
        future.bind(key)
        try future.run()
        let insert = try db.statement(Self.addStanding)
        insert.bind(now)
        insert.bind(text)
        insert.bind(key)
        try insert.run()
        return true
    }

    private func savePast(_ record: AddonRecord, _ id: Int64) throws {
        let decision = try record.decisions.map { try ChangeRows(db: db, addon: id).decision($0.value) } ?? nil
        let statement = try db.statement(Self.savePast)
        statement.bind(decision)
        statement.bind(record.pastRestores.isEmpty ? nil : StoredRestores.encode(record.pastRestores))
        statement.bind(id)
        try statement.run()
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
        statement.bind(record.pauseChangedAt)
        statement.bind(record.mayReadSchedules)
        statement.bind(record.schedules != nil)
        statement.bind(record.schedulesObserved)
        statement.bind(record.lastCompletedRestore?.end)
        statement.bind(
            record.restores.map { counts in StoredNumbers.encode(BackupStatus.allCases.map { counts[status: $0] }) }
                ?? (record.mayReadRestores ? nil : Self.unreadable))
        statement.bind(record.isWatched)
        statement.bind(record.uid)
        statement.bind(record.absence?.since)
        statement.bind(record.absence?.isGone ?? false)
        statement.bind(record.forgiven?.lowerBound)
        statement.bind(record.forgiven?.upperBound)
        statement.bind(record.hadCompleted)
        statement.bind(record.removals == Removals() ? nil : StoredRemovals.encode(record.removals))
        statement.bind(record.absence?.isGone == true ? record.absence?.confirmed : record.missed?.since)
        statement.bind(record.missed?.readings ?? 0)
        statement.bind(StoredRemarks.encode(record.remarks))
        statement.bind(record.remarks.unreadable?.field)
        statement.bind(record.remarks.unreadable?.found)
        statement.bind(record.overdueSince)
        statement.bind(record.sizes.isEmpty ? nil : StoredSizes.encode(record.sizes))
        statement.bind(record.formerGaps.isEmpty ? nil : StoredGaps.encode(record.formerGaps))
        // A tag has no control characters.
        statement.bind(record.tags.isEmpty ? nil : record.tags.joined(separator: "\n"))
        let restore = record.lastCompletedRestore
        statement.bind(restore?.duration?.milliseconds)
        statement.bind(restore?.backup)
        statement.bind(restore?.backupCreatedAt)
        statement.bind(restore?.isBackupSought ?? false)
        statement.bind(record.lastFailedRestore)
        statement.bind(id)
        try statement.run()
    }
}
