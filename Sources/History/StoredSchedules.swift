import Backups

/// The stored form of an addon's schedules as they were: a JSON array in the order of the list. `retention` is in
/// seconds, `from` in milliseconds. A schedule that is not understood has `oddity` in place of `interval` and its lists.
enum StoredSchedules {
    private struct Schedule: Codable {
        var id: String
        var type: UInt8
        var interval: String?
        var minutes: [Int]?
        var hours: [Int]?
        var days: [Int]?
        var oddity: String?
        var retention: Int64?
        var from: Int64
    }

    static func encode(_ schedules: [BackupSchedule]) -> String? {
        StoredJSON.encode(
            schedules.map { schedule in
                var stored = Schedule(
                    id: schedule.id, type: schedule.type.rawValue, oddity: schedule.oddity,
                    retention: schedule.retention?.components.seconds, from: schedule.effectiveFrom.milliseconds)
                if let rule = schedule.rule {
                    stored.interval = rule.interval.rawValue
                    stored.minutes = rule.minutes.isEmpty ? nil : rule.minutes
                    stored.hours = rule.hours.isEmpty ? nil : rule.hours
                    stored.days = rule.days.isEmpty ? nil : rule.days
                }
                return stored
            })
    }

    /// Nil for a text that is none. Leaves out schedules with an interval that this version does not know.
    static func decode(_ text: String) -> [BackupSchedule]? {
        StoredJSON.decode([Schedule].self, text)?.compactMap { stored in
            let times: BackupSchedule.Times
            if let oddity = stored.oddity {
                times = .notUnderstood(oddity)
            } else if let interval = stored.interval.flatMap(BackupSchedule.Interval.init) {
                times = .rule(
                    BackupSchedule.Rule(
                        interval: interval, minutes: stored.minutes ?? [], hours: stored.hours ?? [],
                        days: stored.days ?? []))
            } else {
                return nil
            }
            return BackupSchedule(
                id: stored.id, type: BackupType(rawValue: stored.type) ?? .unknown, times: times,
                retention: stored.retention.map { .seconds($0) },
                effectiveFrom: Timestamp(milliseconds: stored.from))
        }
    }
}
