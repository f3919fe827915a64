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
        /// Since when all changes are in the history; nil before the first values are there.
        var changesSince: Timestamp?
        /// The longest time between two observations at which the last one was made; nil if it is not known.
        var unobservedAfter: Duration?

        /// The record without what is dated in the future.
        func record(at now: Timestamp) -> AddonRecord {
            var record = record
            record.distrustFuture(now: now)
            return record
        }
    }

    /// Milliseconds between two writes of `seen`, so that not every poll writes.
    static let seenResolution: Int64 = 86_400_000
    /// In the place of restores that cannot be read.
    static let unreadable = "-"

    private static let columns = """
        id, seen, first_seen, last_observed, last_whole, is_newest_first, baseline, completed, failed, aborted, \
        not_supported, project_name, addon_name, addon_type, is_paused, active_since, may_read_schedules, \
        knows_schedules, schedules_observed, last_completed_restore, restores, uid, away_since, is_gone, \
        forgiven_from, forgiven_to, had_completed, removals, standing, missed_since, missed_readings, remarks, \
        unreadable_field, unreadable_found, overdue_since, sizes, former_gaps, \
        tags, restore_duration, restored_backup, restored_backup_created, seeks_restored_backup, last_failed_restore, \
        (SELECT text FROM decision WHERE decision.id = addon.decision), past_restores, changes_since, unobserved_after
        """
    /// The first column of the details, the first one of the past, and the first one after all columns of a record.
    private static let (details, past, end): (Int32, Int32, Int32) = (37, 43, 47)
    private static let find = SQL("SELECT \(columns) FROM addon WHERE account = ? AND project = ? AND addon = ?")
    private static let all = SQL("SELECT \(columns), account, project, addon FROM addon")
    private static let insert = SQL(
        """
        INSERT INTO addon (
            account, project, addon, seen, first_seen, is_newest_first, completed, failed, aborted, not_supported,
            project_name, addon_name, addon_type, is_paused, may_read_schedules, knows_schedules, is_watched
        ) VALUES (?, ?, ?, ?, ?, 1, 0, 0, 0, 0, ?, ?, ?, 0, 1, 0, 1)
        """)
    let db: Database

    func find(_ key: AddonKey) throws -> Stored? {
        let statement = try db.statement(Self.find)
        statement.bind(key)
        return try statement.first { row in try stored(row, key) }
    }

    /// Calls `body` for each addon, one at a time.
    func visit(_ body: (Stored) throws -> Void) throws {
        try db.statement(Self.all).rows { row in
            let key = AddonKey(
                account: try row.text(Self.end), project: try row.text(Self.end + 1), addon: try row.text(Self.end + 2))
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

    private static func restores(_ stored: String) -> StatusCounts {
        var counts = StatusCounts()
        for (status, count) in zip(BackupStatus.allCases, StoredNumbers.decode(stored)) {
            counts[status: status] = StoredNumbers.count(Int64(count))
        }
        return counts
    }

    private func stored(_ row: borrowing Row, _ key: AddonKey) throws -> Stored {
        let id = try row.integer(0)
        let details = Self.details
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
        record.pauseChangedAt = try row.optionalTime(15)
        record.mayReadSchedules = try row.flag(16)
        let parts = RecordParts(db: db, addon: id)
        if try row.flag(17) { record.schedules = try parts.schedules() }
        record.schedulesObserved = try row.optionalTime(18)
        let (duration, backup) = (try row.optionalInteger(details + 1), try row.optionalText(details + 2))
        let (created, isSought) = (try row.optionalTime(details + 3), try row.flag(details + 4))
        record.lastCompletedRestore = try row.optionalTime(19).map { end in
            CompletedRestore(
                end: end, duration: duration.map { .milliseconds($0) }, backup: backup, backupCreatedAt: created,
                isBackupSought: isSought)
        }
        record.lastFailedRestore = try row.optionalTime(details + 5)
        let restores = try row.optionalText(20)
        record.mayReadRestores = restores != Self.unreadable
        record.restores = record.mayReadRestores ? restores.map(Self.restores) : nil
        record.uid = try row.optionalText(21)
        let isGone = try row.flag(23)
        // An addon that is gone is not missed any more: the column has the time at which that was known.
        let missedSince = try row.optionalTime(29)
        record.absence = try row.optionalTime(22).map {
            Absence(since: $0, isGone: isGone, confirmed: isGone ? missedSince : nil)
        }
        if let from = try row.optionalTime(24), let to = try row.optionalTime(25), from <= to {
            record.forgiven = from..<to
        }
        let readings = try row.count(30)
        record.missed = isGone ? nil : missedSince.map { Missed(readings: readings, since: $0) }
        record.hadCompleted = try row.flag(26)
        record.removals = try row.optionalText(27).map(StoredRemovals.decode) ?? Removals()
        record.standing = try row.optionalText(28).flatMap(StoredStanding.decode)
        if let remarks = try row.optionalText(31) {
            record.remarks = StoredRemarks.decode(
                remarks, field: try row.optionalText(32) ?? "", found: try row.optionalText(33) ?? "")
        }
        record.overdueSince = try row.optionalTime(34)
        record.sizes = try row.optionalText(35).map(StoredSizes.decode) ?? [:]
        record.formerGaps = try row.optionalText(36).map(StoredGaps.decode) ?? [:]
        record.tags = try row.optionalText(details).map { $0.split(separator: "\n").map(String.init) } ?? []
        record.slots = try parts.slots()
        record.decisions = try row.optionalText(Self.past).flatMap(SharedDecisions.of(text:))
        record.pastRestores = try row.optionalBlob(Self.past + 1, StoredRestores.decode) ?? []
        var stored = Stored(id: id, record: record, seen: try row.time(1))
        stored.changesSince = try row.optionalTime(Self.past + 2)
        stored.unobservedAfter = try row.optionalInteger(Self.past + 3).map { .milliseconds($0) }
        return stored
    }
}
