import Backups
import Testing

@testable import Settings

@Suite struct PrometheusDurationTests {
    @Test(
        "durations as Prometheus reads them",
        arguments: [
            ("0", 0), ("0s", 0), ("1ms", 0.001), ("250ms", 0.25), ("30s", 30), ("5m", 300), ("26h", 93_600),
            ("1d", 86_400), ("1w", 604_800), ("1y", 31_536_000), ("1d12h", 129_600), ("1h30m", 5400),
            ("1y1w1d1h1m1s1ms", 32_230_861.001), ("007s", 7), ("90m", 5400), ("0h5m", 300),
        ])
    func valid(text: String, seconds: Double) {
        #expect(PrometheusDuration.duration(text)?.milliseconds == Int64((seconds * 1000).rounded()))
    }

    @Test(
        "any other text is refused",
        arguments: [
            "", " ", "5", "-5m", "+5m", "5 m", " 5m", "5m ", "5M", "5min", "m", "ms", "1.5h", "5m5m", "1m1h", "1s1m",
            "1ms1s", "1h 30m", "1h,30m", "5µs", "5us", "5ns", "1e3s", "0x5m", "٥m", "5m\n", "five minutes", "PT5M",
            "99999999999999999999s", "9223372036854775807y", "300000000y",
        ])
    func invalid(text: String) {
        #expect(PrometheusDuration.duration(text) == nil)
    }

    @Test(
        "the other way round, in days and less",
        arguments: [
            (0, "0s"), (-5, "0s"), (0.0004, "0s"), (0.0005, "1ms"), (0.25, "250ms"), (1, "1s"), (59.9996, "1m"),
            (60, "1m"), (90, "1m30s"), (300, "5m"), (3600, "1h"), (5400, "1h30m"), (86_400, "1d"), (93_600, "1d2h"),
            (604_800, "7d"), (31_536_000, "365d"), (90_061.001, "1d1h1m1s1ms"),
        ])
    func text(seconds: Double, text: String) {
        #expect(PrometheusDuration.text(.seconds(seconds)) == text)
    }

    @Test(
        "a written duration is read back unchanged",
        arguments: [1, 1000, 59_000, 61_000, 3_599_000, 86_401_000] as [Int64])
    func roundTrip(milliseconds: Int64) {
        let duration = Duration.milliseconds(milliseconds)
        #expect(PrometheusDuration.duration(PrometheusDuration.text(duration)) == duration)
    }

    @Test("durations beyond all measure make a text, and no crash")
    func absurd() {
        #expect(PrometheusDuration.text(.milliseconds(Int64.min)) == "0s")
        #expect(PrometheusDuration.text(.seconds(Int64.max)) == "106751991167d7h12m55s807ms")
    }
}
