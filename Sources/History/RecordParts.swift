import Backups
import SQLite

/// Reads and writes the lists of a record: its slots and its schedules.
struct RecordParts {
    private static let slots = SQL(
        """
        SELECT type, judged_through, due, missed, failed, unended, missed_since, doubtful_since FROM slot
        WHERE addon = ?
        """)
    private static let deleteSlots = SQL("DELETE FROM slot WHERE addon = ?")
    private static let insertSlot = SQL(
        """
        INSERT INTO slot (addon, type, judged_through, due, missed, failed, unended, missed_since, doubtful_since)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    private static let schedules = SQL(
        """
        SELECT id, type, interval, minutes, hours, days, retention, effective_from, oddity FROM schedule
        WHERE addon = ? ORDER BY position
        """)
    private static let deleteSchedules = SQL("DELETE FROM schedule WHERE addon = ?")
    private static let insertSchedule = SQL(
        """
        INSERT INTO schedule (addon, position, id, type, interval, minutes, hours, days, retention, effective_from,
            oddity)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)

    let db: Database
    /// The addon's row.
    let addon: Int64

    func slots() throws -> ByType<AddonRecord.SlotCount> {
        let statement = try db.statement(Self.slots)
        statement.bind(addon)
        var slots: ByType<AddonRecord.SlotCount> = [:]
        try statement.rows { row in
            slots[try row.backupType(0)] = AddonRecord.SlotCount(
                judgedThrough: try row.time(1), due: try row.count(2), missed: try row.count(3),
                failed: try row.count(4),
                unended: StoredNumbers.decode(try row.text(5)).map { Timestamp(milliseconds: Int64($0)) },
                missedSince: try row.optionalTime(6), doubtfulSince: try row.optionalTime(7))
        }
        return slots
    }

    func replace(slots: ByType<AddonRecord.SlotCount>) throws {
        try delete(Self.deleteSlots)
        let statement = try db.statement(Self.insertSlot)
        for (type, slot) in slots {
            statement.bind(addon)
            statement.bind(Int64(type.rawValue))
            statement.bind(slot.judgedThrough)
            statement.bind(slot.due)
            statement.bind(slot.missed)
            statement.bind(slot.failed)
            statement.bind(StoredNumbers.encode(slot.unended.map { Int($0.milliseconds) }))
            statement.bind(slot.missedSince)
            statement.bind(slot.doubtfulSince)
            try statement.run()
        }
    }

    /// In the order of the list. Without schedules that have an unknown interval and no oddity, because their slots are
    /// unknown.
    func schedules() throws -> [BackupSchedule] {
        let statement = try db.statement(Self.schedules)
        statement.bind(addon)
        var schedules: [BackupSchedule] = []
        try statement.rows { row in
            let times: BackupSchedule.Times
            if let oddity = try row.optionalText(8) {
                times = .notUnderstood(oddity)
            } else if let interval = BackupSchedule.Interval(rawValue: try row.text(2)) {
                times = .rule(
                    BackupSchedule.Rule(
                        interval: interval, minutes: StoredNumbers.decode(try row.text(3)),
                        hours: StoredNumbers.decode(try row.text(4)), days: StoredNumbers.decode(try row.text(5))))
            } else {
                return
            }
            schedules.append(
                BackupSchedule(
                    id: try row.text(0), type: try row.backupType(1), times: times,
                    retention: try row.optionalInteger(6).map { .seconds($0) },
                    effectiveFrom: try row.time(7)))
        }
        return schedules
    }

    func replace(schedules: [BackupSchedule]) throws {
        try delete(Self.deleteSchedules)
        let statement = try db.statement(Self.insertSchedule)
        for (position, schedule) in schedules.enumerated() {
            statement.bind(addon)
            statement.bind(position)
            statement.bind(schedule.id)
            statement.bind(Int64(schedule.type.rawValue))
            let rule = schedule.rule
            statement.bind(rule?.interval.rawValue ?? "")
            statement.bind(StoredNumbers.encode(rule?.minutes ?? []))
            statement.bind(StoredNumbers.encode(rule?.hours ?? []))
            statement.bind(StoredNumbers.encode(rule?.days ?? []))
            statement.bind(schedule.retention?.components.seconds)
            statement.bind(schedule.effectiveFrom)
            statement.bind(schedule.oddity)
            try statement.run()
        }
    }

    private func delete(_ sql: SQL) throws {
        let statement = try db.statement(sql)
        statement.bind(addon)
        try statement.run()
    }
}
