/// When the backups of one type are due: the slots of all schedules of that type, as instants.
///
/// Slots that schedules share are one slot, as Northflank takes one backup then. Daily and weekly schedules follow
/// RFC 5545 when clocks change: a time of day that is skipped is read with the offset before the change (02:30
/// becomes 03:30), one that comes twice means the first. Hourly schedules run in every hour that really passes:
/// whenever the clock shows one of their minutes, in a repeated hour again and in a skipped one not at all.
package struct SlotCalendar: Sendable {
    /// Slots are looked up for ten years at most: as long as the longest list of backups reaches back (500 of a
    /// weekly schedule), and short enough to be answered at once whatever a server says.
    static let longestRange = 3660 * Civil.day

    /// How far to look for the nearest slot of a schedule: one day does for most, and ten for all. A weekly slot is
    /// at most a week away, and a day more when a zone changes sides of the date line.
    private static let reaches = [Civil.day, 10 * Civil.day]

    private let patterns: [Pattern]
    private let zone: Zone

    /// The longest time between two consecutive slots; nil if there are no slots.
    ///
    /// Of the steady union, that is with all schedules in effect, over a whole week, in which clocks do not change.
    package let longestGap: Duration?

    /// Whether there are no slots: no schedule, or none with a valid time.
    package var isEmpty: Bool { patterns.isEmpty }

    /// - Parameters:
    ///   - schedules: all of one type. Lists may be in any order; values out of range are dropped, and a list that
    ///     has no others makes a schedule without slots.
    ///   - zone: whose clocks the schedules mean.
    package init(_ schedules: [BackupSchedule], zone: Zone) {
        patterns = schedules.compactMap(Pattern.init)
        self.zone = zone
        longestGap = Self.longestGap(of: patterns)
    }

    /// The slots in a range, each once, the earliest first. A schedule adds those at or after its `effectiveFrom`.
    ///
    /// - Parameters:
    ///   - after: exclusive. No earlier than 1970, nor than ten years before the end.
    ///   - through: inclusive. No later than the year 9999.
    package func slots(after: Timestamp, through: Timestamp) -> [Timestamp] {
        let end = Self.following(through)
        let start = max(Self.following(after), end - Self.longestRange)
        guard start < end else { return [] }
        let sorted = patterns.flatMap { $0.instants(in: start..<end, zone: zone) }.sorted()
        var slots = [Timestamp]()
        slots.reserveCapacity(sorted.count)
        for slot in sorted where slot != slots.last?.milliseconds { slots.append(Timestamp(milliseconds: slot)) }
        return slots
    }

    /// The first slot after an instant, however far off the schedules take effect; nil if there is none.
    package func next(after: Timestamp) -> Timestamp? {
        let nearest = patterns.compactMap { pattern in
            let start = max(Self.following(after), pattern.effective.lowerBound)
            return Self.reaches.lazy.compactMap { pattern.instants(in: start..<start + $0, zone: zone).min() }.first
        }
        return nearest.min().map(Timestamp.init)
    }

    /// The last slot that is not after an instant; nil if there is none.
    package func last(through: Timestamp) -> Timestamp? {
        let end = Self.following(through)
        let nearest = patterns.compactMap { pattern in
            Self.reaches.lazy.compactMap { pattern.instants(in: end - $0..<end, zone: zone).max() }.first
        }
        return nearest.max().map(Timestamp.init)
    }

    /// The millisecond after an instant, which makes its half-open range of one that is open at the start. Within
    /// the years that there are slots in, so that the arithmetic on it cannot overflow.
    private static func following(_ instant: Timestamp) -> Int64 {
        min(max(instant.milliseconds, Civil.span.lowerBound - 1), Civil.span.upperBound - 1) + 1
    }

    private static func longestGap(of patterns: [Pattern]) -> Duration? {
        let times = Set(patterns.flatMap(\.timesOfWeek)).sorted()
        guard let first = times.first else { return nil }
        return zip(times, times.dropFirst() + [first + Civil.week]).map { $1 - $0 }.max().map { .milliseconds($0) }
    }
}
