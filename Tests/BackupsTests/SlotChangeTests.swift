import Testing

@testable import Backups

/// What becomes of slots when clocks are put forward and back, by RFC 5545 for daily and weekly schedules, and in
/// every hour that passes for hourly ones.
@Suite struct SlotChangeTests {
    static let forward = [
        SlotCase(
            "Berlin: 02:30 does not exist and becomes 03:30; 03:00 overtakes it", in: .berlin,
            [.daily(hours: [2], minutes: [30]), .daily(hours: [3])],
            after: "2024-03-29T12:00:00Z", through: "2024-04-01T12:00:00Z",
            [
                "2024-03-30T02:30:00+01:00", "2024-03-30T03:00:00+01:00", "2024-03-31T03:00:00+02:00",
                "2024-03-31T03:30:00+02:00", "2024-04-01T02:30:00+02:00", "2024-04-01T03:00:00+02:00",
            ]),
        SlotCase(
            "Berlin: 02:30 and 03:30 are one slot on that day", in: .berlin,
            [.daily(hours: [2, 3], minutes: [30])],
            after: "2024-03-30T22:00:00Z", through: "2024-04-01T12:00:00Z",
            ["2024-03-31T03:30:00+02:00", "2024-04-01T02:30:00+02:00", "2024-04-01T03:30:00+02:00"]),
        SlotCase(
            "Berlin: no hourly slots in the hour that is skipped", in: .berlin, [.hourly(0, 30)],
            after: "2024-03-31T00:00:00Z", through: "2024-03-31T02:00:00Z",
            [
                "2024-03-31T01:30:00+01:00", "2024-03-31T03:00:00+02:00", "2024-03-31T03:30:00+02:00",
                "2024-03-31T04:00:00+02:00",
            ]),
        SlotCase(
            "Berlin: the first and the last minute that are skipped, and those beside them", in: .berlin,
            [.daily(hours: [1, 2], minutes: [59]), .daily(hours: [2, 3])],
            after: "2024-03-31T00:00:00Z", through: "2024-03-31T12:00:00Z",
            ["2024-03-31T01:59:00+01:00", "2024-03-31T03:00:00+02:00", "2024-03-31T03:59:00+02:00"]),
        SlotCase(
            "New York: 02:30 on a Sunday", in: .newYork, [.weekly(days: [6], hours: [2], minutes: [30])],
            after: "2024-03-03T00:00:00Z", through: "2024-03-18T00:00:00Z",
            ["2024-03-03T02:30:00-05:00", "2024-03-10T03:30:00-04:00", "2024-03-17T02:30:00-04:00"]),
        SlotCase(
            "Lord Howe: half an hour is skipped", in: .lordHowe, [.daily(hours: [2], minutes: [0, 15, 30])],
            after: "2024-10-05T00:00:00Z", through: "2024-10-06T00:00:00Z",
            ["2024-10-06T02:30:00+11:00", "2024-10-06T02:45:00+11:00"]),
        SlotCase(
            "Lord Howe: hourly", in: .lordHowe, [.hourly(0, 45)],
            after: "2024-10-05T14:15:00Z", through: "2024-10-05T16:00:00Z",
            [
                "2024-10-06T01:00:00+10:30", "2024-10-06T01:45:00+10:30", "2024-10-06T02:45:00+11:00",
                "2024-10-06T03:00:00+11:00",
            ]),
        SlotCase(
            "Sao Paulo: midnight does not exist", in: .saoPaulo, [.daily()],
            after: "2018-11-03T00:00:00Z", through: "2018-11-05T12:00:00Z",
            ["2018-11-03T00:00:00-03:00", "2018-11-04T01:00:00-02:00", "2018-11-05T00:00:00-02:00"]),
        SlotCase(
            "Beirut: nor here, on the Sunday of a weekly schedule", in: .beirut, [.weekly(days: [6], minutes: [30])],
            after: "2024-03-23T22:00:00Z", through: "2024-04-07T12:00:00Z",
            ["2024-03-24T00:30:00+02:00", "2024-03-31T01:30:00+03:00", "2024-04-07T00:30:00+03:00"]),
        SlotCase(
            "Apia: a whole day does not exist, and its slots are those of the next", in: .apia,
            [.daily(hours: [2, 22], minutes: [30])],
            after: "2011-12-29T09:00:00Z", through: "2011-12-31T13:00:00Z",
            [
                "2011-12-29T02:30:00-10:00", "2011-12-29T22:30:00-10:00", "2011-12-31T02:30:00+14:00",
                "2011-12-31T22:30:00+14:00", "2012-01-01T02:30:00+14:00",
            ]),
        SlotCase(
            "Apia: the Friday of that week was a Saturday", in: .apia, [.weekly(days: [4], hours: [9])],
            after: "2011-12-23T12:00:00Z", through: "2012-01-06T12:00:00Z",
            ["2011-12-23T09:00:00-10:00", "2011-12-31T09:00:00+14:00", "2012-01-06T09:00:00+14:00"]),
        SlotCase(
            "Apia: hours pass as ever", in: .apia, [.hourly(30)],
            after: "2011-12-30T09:00:00Z", through: "2011-12-30T11:00:00Z",
            ["2011-12-29T23:30:00-10:00", "2011-12-31T00:30:00+14:00"]),
    ]

    static let back = [
        SlotCase(
            "Berlin: 02:30 comes twice and means the first", in: .berlin, [.daily(hours: [2], minutes: [30])],
            after: "2024-10-25T12:00:00Z", through: "2024-10-28T12:00:00Z",
            ["2024-10-26T02:30:00+02:00", "2024-10-27T02:30:00+02:00", "2024-10-28T02:30:00+01:00"]),
        SlotCase(
            "Berlin: the first and the last minute that are repeated, and those beside them", in: .berlin,
            [.daily(hours: [1, 2], minutes: [59]), .daily(hours: [2, 3])],
            after: "2024-10-26T22:00:00Z", through: "2024-10-27T12:00:00Z",
            [
                "2024-10-27T01:59:00+02:00", "2024-10-27T02:00:00+02:00", "2024-10-27T02:59:00+02:00",
                "2024-10-27T03:00:00+01:00",
            ]),
        SlotCase(
            "Berlin: hourly slots in both hours", in: .berlin, [.hourly(0, 30)],
            after: "2024-10-26T23:30:00Z", through: "2024-10-27T02:00:00Z",
            [
                "2024-10-27T02:00:00+02:00", "2024-10-27T02:30:00+02:00", "2024-10-27T02:00:00+01:00",
                "2024-10-27T02:30:00+01:00", "2024-10-27T03:00:00+01:00",
            ]),
        SlotCase(
            "New York: 01:30 on a Sunday", in: .newYork, [.weekly(days: [6], hours: [1], minutes: [30])],
            after: "2024-10-27T12:00:00Z", through: "2024-11-11T00:00:00Z",
            ["2024-11-03T01:30:00-04:00", "2024-11-10T01:30:00-05:00"]),
        SlotCase(
            "Lord Howe: half an hour comes twice", in: .lordHowe, [.daily(hours: [1, 2], minutes: [0, 30, 45])],
            after: "2024-04-06T13:30:00Z", through: "2024-04-07T00:00:00Z",
            [
                "2024-04-07T01:00:00+11:00", "2024-04-07T01:30:00+11:00", "2024-04-07T01:45:00+11:00",
                "2024-04-07T02:00:00+10:30", "2024-04-07T02:30:00+10:30", "2024-04-07T02:45:00+10:30",
            ]),
        SlotCase(
            "Lord Howe: hourly", in: .lordHowe, [.hourly(0, 45)],
            after: "2024-04-06T13:45:00Z", through: "2024-04-06T16:15:00Z",
            [
                "2024-04-07T01:00:00+11:00", "2024-04-07T01:45:00+11:00", "2024-04-07T01:45:00+10:30",
                "2024-04-07T02:00:00+10:30", "2024-04-07T02:45:00+10:30",
            ]),
        SlotCase(
            "Sao Paulo: 23:30 comes twice, the day before it ends", in: .saoPaulo,
            [.daily(hours: [0, 23], minutes: [30])],
            after: "2019-02-16T03:00:00Z", through: "2019-02-17T12:00:00Z",
            ["2019-02-16T23:30:00-02:00", "2019-02-17T00:30:00-03:00"]),
        SlotCase(
            "a whole day comes twice and means the first, so that a week is eight days long", in: .backAcross,
            [.weekly(days: [0], hours: [9]), .weekly(days: [6], hours: [9])],
            after: "2012-01-01T00:00:00Z", through: "2012-01-09T21:00:00Z",
            ["2012-01-02T09:00:00+14:00", "2012-01-08T09:00:00-10:00", "2012-01-09T09:00:00-10:00"]),
    ]

    static let offsets = [
        SlotCase(
            "Kolkata: midnight is in the evening of UTC", in: .kolkata, [.weekly(days: [0])],
            after: "2024-01-07T18:29:59Z", through: "2024-01-14T18:29:59Z", ["2024-01-08T00:00:00+05:30"]),
        SlotCase(
            "Kolkata: full hours are half past of UTC", in: .kolkata, [.hourly(0, 20)],
            after: "2024-01-01T00:00:00Z", through: "2024-01-01T01:00:00Z",
            ["2024-01-01T06:00:00+05:30", "2024-01-01T06:20:00+05:30"]),
        SlotCase(
            "Chatham: three quarters of an hour, and a change at a quarter to", in: .chatham, [.hourly(0, 50)],
            after: "2024-04-06T12:15:00Z", through: "2024-04-06T15:15:00Z",
            [
                "2024-04-07T02:50:00+13:45", "2024-04-07T03:00:00+13:45", "2024-04-07T02:50:00+12:45",
                "2024-04-07T03:00:00+12:45", "2024-04-07T03:50:00+12:45", "2024-04-07T04:00:00+12:45",
            ]),
        SlotCase(
            "Chatham: its day, a day ahead", in: .chatham, [.daily(hours: [3], minutes: [15])],
            after: "2024-04-05T00:00:00Z", through: "2024-04-07T15:00:00Z",
            ["2024-04-06T03:15:00+13:45", "2024-04-07T03:15:00+13:45", "2024-04-08T03:15:00+12:45"]),
    ]

    @Test("R12, R14: clocks are put forward", arguments: forward)
    func skipped(slotCase: SlotCase) { slotCase.check() }

    @Test("R13, R14: clocks are put back", arguments: back)
    func repeated(slotCase: SlotCase) { slotCase.check() }

    @Test("R9: offsets that are not of full hours", arguments: offsets)
    func odd(slotCase: SlotCase) { slotCase.check() }

    @Test("an offset that is not of full minutes, from before there were schedules")
    func seconds() {
        let slots = SlotCalendar([.hourly(0), .daily(hours: [23], minutes: [30])], zone: .monrovia)
            .slots(after: time("1972-01-06T23:44:30Z"), through: time("1972-01-07T02:00:00Z"))
        #expect(
            slots.map { $0.text(in: .utc) } == [
                "1972-01-07T00:14:30Z", "1972-01-07T01:00:00Z", "1972-01-07T02:00:00Z",
            ])
    }
}
