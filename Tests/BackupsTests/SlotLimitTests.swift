import Testing

@testable import Backups

@Suite struct SlotLimitTests {
    static let hour: Int64 = 3_600_000
    static let day = 24 * hour

    @Test(
        "R31: the longest gap is that of the union, over the end of the week too",
        arguments: [
            ([], nil),
            ([.hourly()], hour),
            ([.hourly(0, 20)], 2 * hour / 3),
            ([.hourly(10), .hourly(40)], hour / 2),
            ([.daily()], day),
            ([.daily(hours: [2, 14])], day / 2),
            ([.daily(hours: [1, 2], minutes: [30])], 23 * hour),
            ([.daily(hours: [2]), .hourly(0, 15)], 3 * hour / 4),
            // One slot a week: the next one is that of the next week.
            ([.weekly(days: [3], hours: [5])], 7 * day),
            ([.weekly(days: [0, 6])], 6 * day),
            ([.weekly(days: [1]), .weekly(days: [5])], 4 * day),
            ([.weekly(days: [0, 2, 4])], 3 * day),
            ([.weekly(days: [0]), .daily(hours: [12])], day),
            // What is shared counts once, what is invalid not at all, what starts later already.
            ([.daily(), .daily(), .weekly()], day),
            ([.daily(), .hourly(60)], day),
            ([.daily(hours: [99])], nil),
            ([.weekly(days: [7])], nil),
            ([.daily(), .hourly(from: "9000-01-01T00:00:00Z")], hour),
        ] as [([BackupSchedule], Int64?)])
    func longestGap(schedules: [BackupSchedule], gap: Int64?) {
        for zone in [Zone.utc, .kolkata, .berlin] {
            let calendar = SlotCalendar(schedules, zone: zone)
            #expect(calendar.longestGap == gap.map { .milliseconds($0) })
            #expect(calendar.isEmpty == (gap == nil))
        }
    }

    @Test("without slots nothing is found", arguments: [[], [BackupSchedule.hourly(60)]])
    func noSlots(schedules: [BackupSchedule]) {
        let calendar = SlotCalendar(schedules, zone: .utc)
        #expect(calendar.slots(after: at(.min), through: at(.max)) == [])
        #expect(calendar.next(after: at(0)) == nil)
        #expect(calendar.last(through: at(0)) == nil)
    }

    @Test("ranges without an instant have no slots")
    func emptyRanges() {
        let calendar = SlotCalendar([.hourly()], zone: .utc)
        #expect(calendar.slots(after: at(Self.hour), through: at(Self.hour)) == [])
        #expect(calendar.slots(after: at(9 * Self.hour), through: at(Self.hour)) == [])
        #expect(calendar.slots(after: at(.max), through: at(.min)) == [])
    }

    @Test("slots of the most distant timestamps can be computed", arguments: [Zone.utc, .berlin, .apia, .monrovia])
    func extremes(zone: Zone) {
        let calendar = SlotCalendar([.hourly(0, 30), .weekly(days: [0, 6], hours: [23])], zone: zone)
        for insane in [at(.min), at(.min + 1), at(-1)] {
            #expect(calendar.last(through: insane) == nil)
            #expect(calendar.slots(after: at(.min), through: insane) == [])
            #expect(calendar.next(after: insane) == calendar.next(after: at(-1)))
        }
        for insane in [at(.max), at(.max - 1), time("9999-12-31T23:59:59.999Z")] {
            #expect(calendar.next(after: insane) == nil)
            #expect(calendar.slots(after: insane, through: at(.max)) == [])
            #expect(calendar.last(through: insane) == time("9999-12-31T23:30:00Z"))
        }
    }

    @Test("a range of more than ten years gives the slots of its last ten years")
    func longRange() {
        let calendar = SlotCalendar([.weekly()], zone: .berlin)
        let all = calendar.slots(after: at(.min), through: time("2024-01-01T12:00:00Z"))
        #expect(all.first == calendar.next(after: time("2013-12-24T12:00:00Z")))
        #expect(all.last == time("2023-12-31T23:00:00Z"))
        #expect(all.count == 3660 / 7 + 1)
        #expect(calendar.slots(after: at(.min), through: at(.max)).count == 3660 / 7 + 1)
    }

    @Test("absurd times of effect")
    func effect() {
        func calendar(_ effectiveFrom: Timestamp) -> SlotCalendar {
            let rule = BackupSchedule.Rule(interval: .daily, hours: [3])
            return SlotCalendar(
                [BackupSchedule(id: "a", type: .dump, rule: rule, effectiveFrom: effectiveFrom)], zone: .berlin)
        }
        #expect(calendar(at(.min)).next(after: at(.min)) == time("1970-01-01T02:00:00Z"))
        #expect(calendar(at(.max)).next(after: at(.min)) == nil)
        #expect(calendar(at(.max)).last(through: at(.max)) == nil)
        #expect(calendar(at(.max)).longestGap == .milliseconds(Self.day))
        let far = calendar(time("9999-12-30T03:00:00Z"))
        #expect(far.next(after: at(0)) == time("9999-12-31T02:00:00Z"))
        #expect(far.last(through: time("9999-12-31T01:59:59Z")) == nil)
    }

    @Test("a year of every quarter of an hour, in a zone with changes")
    func year() {
        let slots = SlotCalendar([.hourly(0, 15, 30, 45)], zone: .berlin)
            .slots(after: time("2023-12-31T23:00:00Z"), through: time("2024-12-31T23:00:00Z"))
        #expect(slots.count == 366 * 96)
        #expect(zip(slots, slots.dropFirst()).allSatisfy { $1.millisecondsSince($0) == Self.hour / 4 })
    }
}
