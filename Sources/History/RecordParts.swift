import Backups
import GRDB

/// Reads and writes the lists of a record: its slots and its schedules.
struct RecordParts {
    let db: Database
    /// The addon's row.
    let addon: Int64

    func slots() throws -> [BackupType: AddonRecord.SlotCount] {
        let statement = try db.cachedStatement(sql: "SELECT type, judged_through, missed FROM slot WHERE addon = ?")
        let rows = try Row.fetchCursor(statement, arguments: [addon])
        var slots: [BackupType: AddonRecord.SlotCount] = [:]
        while let row = try rows.next() {
            slots[try row.type(0)] = AddonRecord.SlotCount(judgedThrough: try row.time(1), missed: try row.count(2))
        }
        return slots
    }

    func replace(slots: [BackupType: AddonRecord.SlotCount]) throws {
        try db.cachedStatement(sql: "DELETE FROM slot WHERE addon = ?").execute(arguments: [addon])
        let insert = try db.cachedStatement(sql: "INSERT INTO slot VALUES (?, ?, ?, ?)")
        for (type, slot) in slots {
            try insert.execute(arguments: [
                addon, Int64(type.rawValue), slot.judgedThrough.milliseconds, slot.missed,
            ])
        }
    }

    /// In the order of the list. Without schedules that have an unknown interval, because their slots are unknown.
    func schedules() throws -> [BackupSchedule] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT id, type, interval, minutes, hours, days, retention, effective_from FROM schedule
                WHERE addon = ? ORDER BY position
                """)
        let rows = try Row.fetchCursor(statement, arguments: [addon])
        var schedules: [BackupSchedule] = []
        while let row = try rows.next() {
            guard let interval = BackupSchedule.Interval(rawValue: try row.text(2)) else { continue }
            let rule = BackupSchedule.Rule(
                interval: interval, minutes: StoredNumbers.decode(try row.text(3)),
                hours: StoredNumbers.decode(try row.text(4)), days: StoredNumbers.decode(try row.text(5)))
            schedules.append(
                BackupSchedule(
                    id: try row.text(0), type: try row.type(1), rule: rule,
                    retention: try row.optionalNumber(6).map { .seconds($0) },
                    effectiveFrom: try row.time(7)))
        }
        return schedules
    }

    func replace(schedules: [BackupSchedule]) throws {
        try db.cachedStatement(sql: "DELETE FROM schedule WHERE addon = ?").execute(arguments: [addon])
        let insert = try db.cachedStatement(sql: "INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (position, schedule) in schedules.enumerated() {
            try insert.execute(arguments: [
                addon, position, StoredText.encode(schedule.id), Int64(schedule.type.rawValue),
                schedule.rule.interval.rawValue, StoredNumbers.encode(schedule.rule.minutes),
                StoredNumbers.encode(schedule.rule.hours), StoredNumbers.encode(schedule.rule.days),
                schedule.retention?.components.seconds, schedule.effectiveFrom.milliseconds,
            ])
        }
    }
}
