/// A backup schedule of an addon: the times at which Northflank takes backups, and how long it keeps them.
///
/// From `GET …/backup-schedules`. Times of day are in the zone that the configuration names, because the API does
/// not say which zone it uses.
package struct BackupSchedule: Hashable, Sendable {
    /// The period of a schedule. It also decides which of the lists of a rule count.
    package enum Interval: String, CaseIterable, Sendable {
        /// At each of `minutes` of each of `hours`, of every hour if there are none.
        case hourly
        /// At each of `minutes` of each of `hours` of every day.
        case daily
        /// At each of `minutes` of each of `hours` of each of `days` of every week.
        case weekly
    }

    /// The times at which a schedule is due. Schedules with equal rules have the same slots. Each list of numbers is
    /// ascending, without repetitions, and has 63 in place of all numbers below 0 and above 62, which mean nothing.
    package struct Rule: Hashable, Sendable {
        package let interval: Interval
        private let minuteSet: SmallNumbers
        private let hourSet: SmallNumbers
        private let daySet: SmallNumbers

        package init(interval: Interval, minutes: [Int] = [], hours: [Int] = [], days: [Int] = []) {
            self.interval = interval
            minuteSet = SmallNumbers(minutes)
            hourSet = SmallNumbers(hours)
            daySet = SmallNumbers(days)
        }

        /// Minutes of the hour, 0 to 59. Empty means the full hour.
        package var minutes: [Int] { minuteSet.values }
        /// Hours of the day, 0 to 23. Empty means midnight, and every hour for an hourly schedule.
        package var hours: [Int] { hourSet.values }
        /// Days of the week, 0 for Monday to 6 for Sunday; used for a weekly schedule only. Empty means Monday.
        package var days: [Int] { daySet.values }
    }

    /// The times of a schedule, as far as they are understood.
    package enum Times: Hashable, Sendable {
        case rule(Rule)
        /// The schedule has no slots. The text says which field is not understood, and what it has.
        case notUnderstood(String)
    }

    /// The slug, unique among the addon's schedules.
    package var id: String
    /// `dump` or `snapshot`; `unknown` for any other word.
    package var type: BackupType
    package var times: Times
    /// How long Northflank keeps a backup; nil if the API does not say.
    package var retention: Duration?
    /// The time from which its slots count: its creation. Before it the schedule did not exist, or had an unknown rule.
    package var effectiveFrom: Timestamp

    package init(
        id: String, type: BackupType, rule: Rule, retention: Duration? = nil, effectiveFrom: Timestamp
    ) {
        self.init(id: id, type: type, times: .rule(rule), retention: retention, effectiveFrom: effectiveFrom)
    }

    package init(id: String, type: BackupType, times: Times, retention: Duration? = nil, effectiveFrom: Timestamp) {
        self.id = id
        self.type = type
        self.times = times
        self.retention = retention
        self.effectiveFrom = effectiveFrom
    }

    /// Nil if the schedule is not understood.
    package var rule: Rule? {
        guard case .rule(let rule) = times else { return nil }
        return rule
    }

    /// What is not understood of the schedule; nil if everything is.
    package var oddity: String? {
        guard case .notUnderstood(let text) = times else { return nil }
        return text
    }
}

/// A set of numbers from 0 to 63 in one word. Any other number counts as 63.
private struct SmallNumbers: Hashable, Sendable {
    private var bits: UInt64 = 0

    init(_ numbers: [Int]) {
        for number in numbers { bits |= 1 << UInt64((0...62).contains(number) ? number : 63) }
    }

    /// Ascending.
    var values: [Int] { bits == 0 ? [] : (0...63).filter { bits >> UInt64($0) & 1 == 1 } }
}
