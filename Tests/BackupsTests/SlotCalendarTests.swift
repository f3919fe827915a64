import Testing

@testable import Backups

@Suite struct SlotCalendarTests {
    static let ends = [
        SlotCase(
            "a week ends on Sunday, and the next one starts with day 0", [.weekly(days: [6, 0], hours: [23])],
            after: "2024-01-06T00:00:00Z", through: "2024-01-15T00:00:00Z",
            ["2024-01-07T23:00:00Z", "2024-01-08T23:00:00Z", "2024-01-14T23:00:00Z"]),
        SlotCase(
            "a month ends", [.daily(hours: [12])],
            after: "2024-04-29T12:00:00Z", through: "2024-05-01T12:00:00Z",
            ["2024-04-30T12:00:00Z", "2024-05-01T12:00:00Z"]),
        SlotCase(
            "a year ends, within an hour and within a week",
            [.hourly(15, 45), .weekly(days: [2])],
            after: "2024-12-31T23:15:00Z", through: "2025-01-01T00:45:00Z",
            ["2024-12-31T23:45:00Z", "2025-01-01T00:00:00Z", "2025-01-01T00:15:00Z", "2025-01-01T00:45:00Z"]),
        SlotCase(
            "2024 has a leap day", [.daily()],
            after: "2024-02-28T00:00:00Z", through: "2024-03-01T00:00:00Z",
            ["2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"]),
        SlotCase(
            "2000 has one too", [.daily()],
            after: "2000-02-28T00:00:00Z", through: "2000-03-01T00:00:00Z",
            ["2000-02-29T00:00:00Z", "2000-03-01T00:00:00Z"]),
        SlotCase(
            "2100 has none", [.daily()],
            after: "2100-02-27T00:00:00Z", through: "2100-03-01T00:00:00Z",
            ["2100-02-28T00:00:00Z", "2100-03-01T00:00:00Z"]),
        SlotCase(
            "the years that there are slots in start", [.daily(hours: [0, 12])],
            after: "1969-12-30T00:00:00Z", through: "1970-01-01T12:00:00Z",
            ["1970-01-01T00:00:00Z", "1970-01-01T12:00:00Z"]),
        SlotCase(
            "and end", [.hourly(30, 59)],
            after: "9999-12-31T22:59:00Z", through: "9999-12-31T23:59:59.999Z",
            ["9999-12-31T23:30:00Z", "9999-12-31T23:59:00Z"]),
    ]

    static let lists = [
        SlotCase(
            "every minute of every hour of every day listed",
            [.weekly(days: [0, 2], hours: [6, 18], minutes: [5, 35])],
            after: "2024-01-01T06:05:00Z", through: "2024-01-08T06:05:00Z",
            [
                "2024-01-01T06:35:00Z", "2024-01-01T18:05:00Z", "2024-01-01T18:35:00Z", "2024-01-03T06:05:00Z",
                "2024-01-03T06:35:00Z", "2024-01-03T18:05:00Z", "2024-01-03T18:35:00Z", "2024-01-08T06:05:00Z",
            ]),
        SlotCase(
            "empty lists mean Monday, midnight, the full hour",
            [.weekly(), .hourly(from: "2024-01-08T03:00:00Z")],
            after: "2023-12-31T00:00:00Z", through: "2024-01-08T04:00:00Z",
            ["2024-01-01T00:00:00Z", "2024-01-08T00:00:00Z", "2024-01-08T03:00:00Z", "2024-01-08T04:00:00Z"]),
        SlotCase(
            "unsorted and repeated values, and some that no clock shows",
            [.weekly(days: [9, 3, 1, 3, -1, 7], hours: [24, 5, 5], minutes: [75, 30, 0, 30, 60, -5])],
            after: "2024-01-01T00:00:00Z", through: "2024-01-08T00:00:00Z",
            ["2024-01-02T05:00:00Z", "2024-01-02T05:30:00Z", "2024-01-04T05:00:00Z", "2024-01-04T05:30:00Z"]),
        SlotCase(
            "lists that an interval has no use for do not count, valid or not",
            [
                BackupSchedule(
                    id: "a", type: .dump, rule: .init(interval: .hourly, minutes: [7], days: [99]),
                    effectiveFrom: at(0)),
                BackupSchedule(
                    id: "b", type: .dump, rule: .init(interval: .daily, minutes: [9], hours: [1], days: [99]),
                    effectiveFrom: at(0)),
            ],
            after: "2024-01-01T00:00:00Z", through: "2024-01-01T02:00:00Z",
            ["2024-01-01T00:07:00Z", "2024-01-01T01:07:00Z", "2024-01-01T01:09:00Z"]),
        SlotCase(
            "an hourly schedule with hours is due at these only",
            [
                BackupSchedule(
                    id: "a", type: .dump, rule: .init(interval: .hourly, minutes: [7, 37], hours: [23, 1]),
                    effectiveFrom: at(0))
            ],
            after: "2024-01-01T01:07:00Z", through: "2024-01-02T01:07:00Z",
            ["2024-01-01T01:37:00Z", "2024-01-01T23:07:00Z", "2024-01-01T23:37:00Z", "2024-01-02T01:07:00Z"]),
        SlotCase(
            "a list of invalid values only makes no slots of that schedule, the others stay",
            [
                .hourly(60), .daily(hours: [24]), .daily(minutes: [-1]), .weekly(days: [7]),
                .daily(hours: [4], minutes: [4]),
            ],
            after: "2024-01-01T00:00:00Z", through: "2024-01-08T00:00:00Z",
            (1...7).map { "2024-01-0\($0)T04:04:00Z" }),
        SlotCase(
            "slots that schedules share are one slot",
            [.hourly(0, 30), .daily(hours: [1], minutes: [30, 40]), .weekly(days: [0], hours: [1]), .hourly(30)],
            after: "2024-01-01T00:30:00Z", through: "2024-01-01T02:00:00Z",
            ["2024-01-01T01:00:00Z", "2024-01-01T01:30:00Z", "2024-01-01T01:40:00Z", "2024-01-01T02:00:00Z"]),
    ]

    static let effective = [
        SlotCase(
            "a schedule that was made between two slots starts with the next",
            [.hourly(15, from: "2024-01-01T10:15:00.001Z")],
            after: "2024-01-01T09:00:00Z", through: "2024-01-01T12:00:00Z",
            ["2024-01-01T11:15:00Z"]),
        SlotCase(
            "a slot at the very moment counts", [.daily(hours: [10], minutes: [15], from: "2024-01-01T10:15:00Z")],
            after: "2024-01-01T09:00:00Z", through: "2024-01-02T12:00:00Z",
            ["2024-01-01T10:15:00Z", "2024-01-02T10:15:00Z"]),
        SlotCase(
            "each schedule has its own time, and the earlier slots of one are not the other's",
            [.hourly(0, from: "2024-01-01T02:00:00Z"), .hourly(30, from: "2024-01-01T00:30:00Z")],
            after: "2024-01-01T00:00:00Z", through: "2024-01-01T02:30:00Z",
            ["2024-01-01T00:30:00Z", "2024-01-01T01:30:00Z", "2024-01-01T02:00:00Z", "2024-01-01T02:30:00Z"]),
        SlotCase(
            "a shared slot before one of the two takes effect is the other's",
            [.daily(hours: [6], from: "2024-01-02T00:00:00Z"), .daily(hours: [6, 7])],
            after: "2024-01-01T00:00:00Z", through: "2024-01-02T06:00:00Z",
            ["2024-01-01T06:00:00Z", "2024-01-01T07:00:00Z", "2024-01-02T06:00:00Z"]),
        SlotCase(
            "an effect far off", [.weekly(days: [4], hours: [3], from: "2031-05-05T00:00:00Z")],
            after: "2024-01-01T00:00:00Z", through: "2031-05-16T02:59:00Z",
            ["2031-05-09T03:00:00Z"]),
    ]

    @Test("R9: slots over the ends of weeks, months and years", arguments: ends)
    func rangeEnds(slotCase: SlotCase) { slotCase.check() }

    @Test("R9, R10, R11: lists of minutes, hours and days", arguments: lists)
    func listed(slotCase: SlotCase) { slotCase.check() }

    @Test("R11, R15: slots count from when a schedule is in effect", arguments: effective)
    func inEffect(slotCase: SlotCase) { slotCase.check() }
}
