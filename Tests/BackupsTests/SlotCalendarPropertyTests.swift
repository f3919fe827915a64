import SplitMix64
import Testing

@testable import Backups

/// What a clock on the wall shows minute by minute, and which times of day are due when.
///
/// This is how RFC 5545 puts it, and not how the calendar looks slots up: time passes, the clock shows a time for
/// the first time or again, and what it skips is due as if it had not.
private struct WallClock: Sendable {
    let zone: Zone
    /// The first minute, counted from 1970 in UTC.
    let start: Int
    /// The times that the clock shows in each minute, in minutes from 1970.
    private(set) var shown: [Int] = []
    /// The times that are due in each minute: none in an hour that is repeated, two for a while after a gap.
    private(set) var due: [[Int]] = []

    /// Watches for five days, with `middle` in the middle of them.
    init(_ zone: Zone, around middle: String) {
        self.zone = zone
        start = Int(time(middle).milliseconds / 60_000) - 3600
        due = Array(repeating: [], count: 7200)
        var next: Int?
        for minute in due.indices {
            let instant = Timestamp(milliseconds: Int64(self.start + minute) * 60_000)
            let local = self.start + minute + zone.offset(instant) / 60
            shown.append(local)
            let expected = next ?? local
            guard local >= expected else { continue }
            for skipped in expected..<local where minute + skipped - expected < due.count {
                due[minute + skipped - expected].append(skipped)
            }
            due[minute].append(local)
            next = local + 1
        }
    }

    func isSlot(_ minute: Int, of schedule: BackupSchedule) -> Bool {
        guard let rule = schedule.rule, timestamp(of: minute) >= schedule.effectiveFrom else { return false }
        if rule.interval == .hourly {
            return isListed(shown[minute] % 60, rule.minutes)
                && (rule.hours.isEmpty || rule.hours.contains(shown[minute] / 60 % 24))
        }
        return due[minute].contains { local in
            isListed(local % 60, rule.minutes) && isListed(local / 60 % 24, rule.hours)
                && (rule.interval == .daily || isListed((local / 1440 + 3) % 7, rule.days))
        }
    }

    func timestamp(of minute: Int) -> Timestamp { Timestamp(milliseconds: Int64(start + minute) * 60_000) }

    private func isListed(_ value: Int, _ list: [Int]) -> Bool { list.isEmpty ? value == 0 : list.contains(value) }
}

@Suite struct SlotCalendarPropertyTests {
    /// Around each change of each zone; and around the ends of a month and a year, where there are none.
    private static let clocks = [
        WallClock(.utc, around: "2024-02-29T00:00:00Z"),
        WallClock(.kolkata, around: "2023-12-31T18:30:00Z"),
        WallClock(.berlin, around: "2024-03-31T01:00:00Z"),
        WallClock(.berlin, around: "2024-10-27T01:00:00Z"),
        WallClock(.newYork, around: "2024-03-10T07:00:00Z"),
        WallClock(.newYork, around: "2024-11-03T06:00:00Z"),
        WallClock(.lordHowe, around: "2024-04-06T15:00:00Z"),
        WallClock(.lordHowe, around: "2024-10-05T15:30:00Z"),
        WallClock(.chatham, around: "2024-04-06T14:00:00Z"),
        WallClock(.chatham, around: "2024-09-28T14:00:00Z"),
        WallClock(.saoPaulo, around: "2018-11-04T03:00:00Z"),
        WallClock(.saoPaulo, around: "2019-02-17T02:00:00Z"),
        WallClock(.beirut, around: "2024-03-30T22:00:00Z"),
        WallClock(.beirut, around: "2024-10-26T21:00:00Z"),
        WallClock(.apia, around: "2011-12-30T10:00:00Z"),
        WallClock(.backAcross, around: "2012-01-02T10:00:00Z"),
    ]

    @Test(
        "R9, R12, R13, R14: the slots are the same as by checking a clock minute by minute", arguments: clocks.indices)
    func oracle(index: Int) {
        let clock = Self.clocks[index]
        for seed in 0..<120 {
            var random = SplitMix64(index * 1000 + seed)
            let schedules = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let minute = Int.random(in: -clock.due.count..<clock.due.count, using: &random)
                return random.schedule(from: clock.timestamp(of: minute))
            }
            let calendar = SlotCalendar(schedules, zone: clock.zone)

            // From the second day on, for what happens in the first minutes may follow from what was before.
            let first = Int.random(in: 1440..<5040, using: &random)
            let last = first + Int.random(in: 0..<1440, using: &random)
            let slots = (first...last).filter { minute in schedules.contains { clock.isSlot(minute, of: $0) } }
                .map(clock.timestamp)

            // The ends of the range, one exclusive and the other inclusive.
            let after = clock.timestamp(of: first).adding(milliseconds: -1)
            let found = calendar.slots(after: after, through: clock.timestamp(of: last))
            #expect(found == slots, "\(schedules)")
            #expect(
                calendar.slots(after: after.adding(milliseconds: 1), through: clock.timestamp(of: last))
                    == slots.filter { $0 != clock.timestamp(of: first) })

            // The nearest ones agree with the range.
            if let slot = slots.first { #expect(calendar.next(after: after) == slot, "\(schedules)") }
            if let slot = slots.last {
                #expect(calendar.last(through: clock.timestamp(of: last)) == slot, "\(schedules)")
            }
        }
    }

    @Test("nearest slots are found however sparse the schedules are", arguments: clocks.indices)
    func nearest(index: Int) {
        let clock = Self.clocks[index]
        for seed in 0..<40 {
            var random = SplitMix64(index * 1000 + seed + 500)
            let now = clock.timestamp(of: Int.random(in: clock.due.indices, using: &random))
            let day = Int64(86_400_000)
            let rule = BackupSchedule.Rule(
                interval: .weekly, minutes: [.random(in: 0..<60, using: &random)],
                hours: [.random(in: 0..<24, using: &random)], days: [.random(in: 0..<7, using: &random)])
            let schedule = BackupSchedule(id: "a", type: .dump, rule: rule, effectiveFrom: at(0))
            let calendar = SlotCalendar([schedule], zone: clock.zone)
            let ahead = calendar.slots(after: now, through: now.adding(milliseconds: 30 * day))
            let behind = calendar.slots(after: now.adding(milliseconds: -30 * day), through: now)
            #expect(calendar.next(after: now) == ahead.first)
            #expect(calendar.last(through: now) == behind.last)
            #expect(!ahead.isEmpty && !behind.isEmpty)
        }
    }

    @Test("the longest gap is the longest one within two weeks")
    func longestGap() {
        for seed in 0..<500 {
            var random = SplitMix64(seed)
            let schedules = (0..<Int.random(in: 1...3, using: &random)).map { _ in random.schedule(from: at(0)) }
            let calendar = SlotCalendar(schedules, zone: .kolkata)
            let slots = calendar.slots(after: time("2024-01-01T00:00:00Z"), through: time("2024-01-15T00:00:00Z"))
            let gaps = zip(slots, slots.dropFirst()).map { $1 - $0 }
            #expect(calendar.longestGap == gaps.max(), "\(schedules)")
            #expect(calendar.isEmpty == slots.isEmpty)
        }
    }
}

extension SplitMix64 {
    /// With lists that may be empty, repeat themselves, and hold what no clock shows. Half of the times are those at
    /// which clocks are changed.
    fileprivate mutating func schedule(from effectiveFrom: Timestamp) -> BackupSchedule {
        let rule = BackupSchedule.Rule(
            interval: BackupSchedule.Interval.allCases.randomElement(using: &self)!,
            minutes: list(-2...61, often: [0, 15, 30, 45, 59]), hours: list(-1...25, often: [0, 1, 2, 3, 23]),
            days: list(-1...8, often: [0, 4, 5, 6]))
        return BackupSchedule(id: "random", type: .dump, rule: rule, effectiveFrom: effectiveFrom)
    }

    private mutating func list(_ range: ClosedRange<Int>, often: [Int]) -> [Int] {
        (0..<Int.random(in: 0...4, using: &self)).map { _ in
            Bool.random(using: &self) ? often.randomElement(using: &self)! : Int.random(in: range, using: &self)
        }
    }
}
