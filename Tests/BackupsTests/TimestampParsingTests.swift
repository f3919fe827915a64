import Testing

@testable import Backups

@Suite struct TimestampParsingTests {
    @Test(
        "every RFC 3339 form is read to the millisecond",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2021-01-20T11:19:53.175Z", 1_611_141_593_175),
            // Fractions of any length; what is beyond milliseconds is dropped, never rounded up.
            ("1970-01-01T00:00:01.2Z", 1200),
            ("1970-01-01T00:00:01.23Z", 1230),
            ("1970-01-01T00:00:01.234Z", 1234),
            ("1970-01-01T00:00:01.2349Z", 1234),
            ("1970-01-01T00:00:01.234999999Z", 1234),
            ("1970-01-01T00:00:01.9999Z", 1999),
            ("1970-01-01T00:00:01.000Z", 1000),
            ("1970-01-01T00:00:01.\(String(repeating: "1", count: 100))Z", 1111),
            // Offsets count eastward.
            ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T18:30:00-05:30", 0),
            ("1970-01-01T00:00:00+00:00", 0),
            ("1970-01-01T00:00:00-00:00", 0),
            ("1970-01-01T23:59:00+23:59", 0),
            ("2021-01-20T12:19:53.175+01:00", 1_611_141_593_175),
            // Lower case, and the space that RFC 3339 lets readability have.
            ("2021-01-20t11:19:53.175z", 1_611_141_593_175),
            ("2021-01-20 11:19:53.175Z", 1_611_141_593_175),
            // Leap days by all three rules, and the days around them.
            ("2000-02-29T00:00:00Z", 951_782_400_000),
            ("2000-03-01T00:00:00Z", 951_868_800_000),
            ("2024-02-29T23:59:59.999Z", 1_709_251_199_999),
            ("2100-03-01T00:00:00Z", 4_107_542_400_000),
            // A leap second is the first of the next minute.
            ("2016-12-31T23:59:60Z", 1_483_228_800_000),
            ("2017-01-01T00:00:00Z", 1_483_228_800_000),
            // Before the epoch, and the ends of what four digits can say.
            ("1969-12-31T23:59:59.999Z", -1),
            ("0000-01-01T00:00:00Z", -62_167_219_200_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59.999Z", 253_402_300_799_999),
        ] as [(String, Int64)])
    func valid(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text) == Timestamp(milliseconds: milliseconds))
    }

    @Test(
        "anything else is nil",
        arguments: [
            "", " ", "Z", "T", "2021", "2021-01", "2021-01-20", "2021-01-20T", "2021-01-20T11", "2021-01-20T11:19",
            "2021-01-20T11:19Z", "2021-01-20T11:19:53", "2021-01-20T11:19:53.175", "2021-01-20T11:19:53.Z",
            "2021-01-20T11:19:53,175Z", "2021-01-20T11:19:53.175ZZ", "2021-01-20T11:19:53.175Z ",
            " 2021-01-20T11:19:53.175Z", "2021-01-20T11:19:53.175Z\n", "2021-01-20T11:19:53.175Z\0",
            "2021-01-20X11:19:53Z", "2021/01/20T11:19:53Z", "20210120T111953Z", "2021-1-20T11:19:53Z",
            "+2021-01-20T11:19:53Z", "-2021-01-20T11:19:53Z", "12021-01-20T11:19:53Z", "10000-01-01T00:00:00Z",
            "2021-01-20T11:19:53+1:00", "2021-01-20T11:19:53+01", "2021-01-20T11:19:53+0100",
            "2021-01-20T11:19:53+24:00", "2021-01-20T11:19:53+00:60", "2021-01-20T11:19:53 Z",
            "1611141593", "1611141593175", "yesterday", "２０２１-01-20T11:19:53Z", "2021-01-20T11:19:5Z",
        ])
    func invalid(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test(
        "days and hours that do not exist are nil",
        arguments: [
            "2021-02-30", "2021-02-29", "1900-02-29", "2100-02-29", "2021-00-01", "2021-13-01", "2021-01-00",
            "2021-01-32", "2021-04-31", "2021-06-31", "2021-09-31", "2021-11-31",
        ])
    func impossibleDate(date: String) {
        #expect(Timestamp(rfc3339: date + "T00:00:00Z") == nil)
    }

    @Test("hours end at 23, minutes at 59, seconds at 60", arguments: ["24:00:00", "00:60:00", "00:00:61", "99:99:99"])
    func impossibleTime(time: String) {
        #expect(Timestamp(rfc3339: "2021-01-20T\(time)Z") == nil)
    }

    @Test("every day from 1960 to 2110 follows the one before it")
    func everyDay() {
        var expected = Timestamp.daysSinceEpoch(year: 1960, month: 1, day: 1)
        #expect(expected == -3653)
        for year in 1960...2110 {
            for month in 1...12 {
                for day in 1...Timestamp.daysIn(month: month, year: year) {
                    #expect(Timestamp.daysSinceEpoch(year: year, month: month, day: day) == expected)
                    expected += 1
                }
            }
        }
        #expect(expected == 51_499)
    }
}
