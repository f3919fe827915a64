import Backups

extension BackupSchedule {
    private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    /// When the schedule is due, in words and without its zone, such as `daily 19:50` or `Sunday 02:15`.
    package var timesText: String {
        guard let rule else { return "not understood: \(oddity ?? "")" }
        switch rule.interval {
        case .hourly:
            let minutes = Self.listed(rule.minutes.isEmpty ? ["00"] : rule.minutes.map(Self.digits))
            if rule.hours.isEmpty { return "hourly at minute \(minutes)" }
            return "at minute \(minutes) of the hours \(Self.listed(rule.hours.map(Self.digits)))"
        case .daily: return "daily \(Self.listed(rule.timesOfDay))"
        case .weekly:
            let days = rule.days.isEmpty ? [0] : rule.days.filter(Self.weekdays.indices.contains)
            return "\(Self.listed(days.map { Self.weekdays[$0] })) \(Self.listed(rule.timesOfDay))"
        }
    }

    fileprivate static func listed(_ texts: [String]) -> String { texts.joined(separator: ", ") }

    fileprivate static func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension BackupSchedule.Rule {
    /// Each of the hours with each of the minutes.
    fileprivate var timesOfDay: [String] {
        (hours.isEmpty ? [0] : hours).flatMap { hour in
            (minutes.isEmpty ? [0] : minutes).map { "\(BackupSchedule.digits(hour)):\(BackupSchedule.digits($0))" }
        }
    }
}
