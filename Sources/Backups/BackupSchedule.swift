/// A backup schedule of an addon: when Northflank means to take a backup, and how long it keeps it.
///
/// From `GET …/backup-schedules`. Times of day are in the zone that the configuration names; the API does not
/// say which it uses.
package struct BackupSchedule: Hashable, Sendable {
    /// How often it comes round; also which of the lists count.
    package enum Interval: String, CaseIterable, Sendable {
        /// At each of `minutes` of every hour.
        case hourly
        /// At each of `minutes` of each of `hours` of every day.
        case daily
        /// The same, on each of `days` of every week.
        case weekly
    }

    /// When it is due: what two schedules have in common that mean the same slots.
    package struct Rule: Hashable, Sendable {
        package var interval: Interval
        /// Minutes of the hour, 0 to 59. None means the full hour.
        package var minutes: [Int]
        /// Hours of the day, 0 to 23; of no meaning to an hourly schedule. None means midnight.
        package var hours: [Int]
        /// Days of the week, 0 is Monday and 6 is Sunday; of meaning to a weekly schedule only. None means Monday.
        package var days: [Int]

        package init(interval: Interval, minutes: [Int] = [], hours: [Int] = [], days: [Int] = []) {
            self.interval = interval
            self.minutes = minutes
            self.hours = hours
            self.days = days
        }
    }

    /// The slug, unique among the addon's schedules.
    package var id: String
    /// `dump` or `snapshot`; `unknown` for any other word.
    package var type: BackupType
    package var rule: Rule
    /// How long a backup is kept; nil if the API does not say.
    package var retention: Duration?
    /// From when on its slots count: those before it were made by nobody, or by a rule that we do not know.
    package var effectiveFrom: Timestamp

    package init(
        id: String, type: BackupType, rule: Rule, retention: Duration? = nil, effectiveFrom: Timestamp
    ) {
        self.id = id
        self.type = type
        self.rule = rule
        self.retention = retention
        self.effectiveFrom = effectiveFrom
    }
}
