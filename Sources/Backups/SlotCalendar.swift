/// The times at which backups of one type are due: the slots of all schedules of that type, as instants.
///
/// A time that several schedules share is one slot, because Northflank then takes one backup. Daily and weekly
/// schedules follow RFC 5545 when clocks change: a skipped time of day is read with the offset before the change (02:30
/// becomes 03:30), and of a repeated time of day the first counts. Hourly schedules have a slot whenever the clock
/// shows one of their times: twice in a repeated hour, and never in a skipped one.
package struct SlotCalendar: Sendable {
    /// The longest range that is searched for slots, ten years: as long as the longest list of backups (500 of a weekly
    /// schedule), and short enough to be fast for any schedule that a server sends.
    static let longestRange = 3660 * Civil.day

    /// The ranges that are searched for the nearest slot of a schedule, in this order: one day is enough for most
    /// schedules, ten days for all. A weekly slot is at most a week away, plus a day if a zone crosses the date line.
    private static let reaches = [Civil.day, 10 * Civil.day]

    private let patterns: [Pattern]
    private let zone: Zone

    /// Whether there are no slots: no schedule has a valid time.
    package var isEmpty: Bool { patterns.isEmpty }

    /// - Parameters:
    ///   - schedules: all of one type, in any order. Values out of range are ignored; a schedule of which all values
    ///     are out of range has no slots.
    ///   - zone: the zone of the schedules' times.
    package init(_ schedules: some Sequence<BackupSchedule>, zone: Zone) {
        patterns = schedules.compactMap(Pattern.init)
        self.zone = zone
    }

    private init(patterns: [Pattern], zone: Zone) {
        self.patterns = patterns
        self.zone = zone
    }

    /// The longest time between two consecutive slots; nil if there are no slots.
    ///
    /// Computed with all schedules in effect, without a change of clocks.
    package var longestGap: Duration? {
        guard let period = patterns.map(\.period).max() else { return nil }
        let times = patterns.flatMap { $0.times(of: period) }.sorted()
        return zip(times, times.dropFirst() + [times[0] + period]).map { $1 - $0 }.max().map { .milliseconds($0) }
    }

    static let weekLength = Duration.milliseconds(Civil.week)

    /// The times of a week at which slots are due, since its start, ascending; without a change of clocks.
    var week: [Duration] { patterns.flatMap { $0.times(of: Civil.week) }.sorted().map { .milliseconds($0) } }

    /// The slots of the schedules that were in effect at an instant.
    func madeUntil(_ instant: Timestamp) -> SlotCalendar {
        SlotCalendar(patterns: patterns.filter { $0.effective.lowerBound <= instant.milliseconds }, zone: zone)
    }

    /// The slots of the schedules that took effect after an instant.
    func madeAfter(_ instant: Timestamp) -> SlotCalendar {
        SlotCalendar(patterns: patterns.filter { $0.effective.lowerBound > instant.milliseconds }, zone: zone)
    }

    /// The slots in a range, each once, the earliest first. A schedule adds its slots at or after its `effectiveFrom`.
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

    /// The first slot after an instant, even if the schedules take effect much later; nil if there is none.
    package func next(after: Timestamp) -> Timestamp? {
        let nearest = patterns.compactMap { pattern in
            let start = max(Self.following(after), pattern.effective.lowerBound)
            return Self.reaches.lazy.compactMap { pattern.instants(in: start..<start + $0, zone: zone).min() }.first
        }
        return nearest.min().map(Timestamp.init)
    }

    /// The last slot at or before an instant; nil if there is none.
    package func last(through: Timestamp) -> Timestamp? {
        let end = Self.following(through)
        let nearest = patterns.compactMap { pattern in
            Self.reaches.lazy.compactMap { pattern.instants(in: end - $0..<end, zone: zone).max() }.first
        }
        return nearest.max().map(Timestamp.init)
    }

    /// The millisecond after an instant: converts an exclusive lower bound to an inclusive one. Clamped to the years
    /// that have slots, so that arithmetic with it cannot overflow.
    private static func following(_ instant: Timestamp) -> Int64 {
        min(max(instant.milliseconds, Civil.span.lowerBound - 1), Civil.span.upperBound - 1) + 1
    }
}

extension SlotCalendar {
    /// Slots in a row that windows can forgive; if more are, all are.
    private static let mostForgiven = 2000

    /// The first slot after an instant that no window forgives; nil if there is none.
    func next(after: Timestamp, outside forgiven: ForgivenTimes) -> Timestamp? {
        var slot = next(after: after)
        if forgiven.isEmpty { return slot }
        for _ in 0..<Self.mostForgiven {
            guard let one = slot, forgiven.contains(one) else { return slot }
            slot = next(after: one)
        }
        return nil
    }

    /// The last slot at or before an instant that no window forgives; nil if there is none.
    func last(through: Timestamp, outside forgiven: ForgivenTimes) -> Timestamp? {
        var slot = last(through: through)
        if forgiven.isEmpty { return slot }
        for _ in 0..<Self.mostForgiven {
            guard let one = slot, forgiven.contains(one) else { return slot }
            slot = last(through: one.adding(milliseconds: -1))
        }
        return nil
    }
}
