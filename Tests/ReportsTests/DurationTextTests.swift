import Reports
import Testing

struct DurationTextTests {
    @Test(
        "an age is rounded down to two units, and to days from a hundred days on",
        arguments: [
            (-1, "0s"), (0, "0s"), (59.9, "59s"), (60, "1m"), (3599, "59m"), (3600, "1h 0m"), (20_460, "5h 41m"),
            (86_399, "23h 59m"), (86_400, "1d 0h"), (284_399, "3d 6h"), (284_400, "3d 7h"), (8_639_999, "99d 23h"),
            (8_640_000, "100d"), (10_022_400, "116d"),
        ] as [(Double, String)])
    func age(seconds: Double, text: String) { #expect(DurationText.age(.seconds(seconds)) == text) }

    @Test(
        "an attempt's duration has two adjacent units",
        arguments: [
            (0, "0s"), (0.9, "0s"), (41, "41s"), (60, "1m 0s"), (134, "2m 14s"), (3599, "59m 59s"), (3600, "1h 0m"),
            (6759, "1h 52m"), (86_400, "1d 0h"),
        ] as [(Double, String)])
    func attempt(seconds: Double, text: String) { #expect(DurationText.attempt(.seconds(seconds)) == text) }

    @Test(
        "a limit is exact",
        arguments: [
            (0, "0s"), (90, "1m 30s"), (1800, "30m"), (3600, "1h"), (5400, "1h 30m"), (86_400, "1d"),
            (88_200, "1d 0h 30m"), (93_600, "1d 2h"), (86_401, "1d 0h 0m 1s"), (7_776_000, "90d"),
        ] as [(Double, String)])
    func limit(seconds: Double, text: String) { #expect(DurationText.limit(.seconds(seconds)) == text) }

    @Test("a limit that arithmetic left a little short, or made a little long, has its seconds")
    func nearest() {
        #expect(DurationText.limit(.seconds(60) * 1470.0) == "1d 0h 30m")
        #expect(DurationText.limit(.milliseconds(1_799_999)) == "30m")
        #expect(DurationText.limit(.milliseconds(1_800_001)) == "30m")
        #expect(DurationText.limit(.milliseconds(-1)) == "0s")
    }
}
