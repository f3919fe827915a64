import Testing

@testable import Backups

@Suite struct TimestampTests {
    @Test("seconds are rounded to milliseconds and clamped to the representable range")
    func fromSeconds() {
        #expect(Timestamp(seconds: 1.2345).milliseconds == 1235)
        #expect(Timestamp(seconds: -1.2344).milliseconds == -1234)
        #expect(Timestamp(seconds: 1e300).milliseconds == .max)
        #expect(Timestamp(seconds: -1e300).milliseconds == .min)
        #expect(Timestamp(seconds: .infinity).milliseconds == .max)
        #expect(Timestamp(seconds: -.infinity).milliseconds == .min)
    }

    @Test func toSeconds() {
        #expect(at(1_611_141_593_175).seconds == 1_611_141_593.175)
    }

    @Test("differences of absurd instants saturate")
    func differences() {
        #expect(at(1500).millisecondsSince(at(1000)) == 500)
        #expect(at(1000).millisecondsSince(at(1500)) == -500)
        #expect(at(.max).millisecondsSince(at(.min)) == .max)
        #expect(at(.min).millisecondsSince(at(.max)) == .min)
        #expect(at(0).millisecondsSince(at(.min)) == .max)
    }

    @Test func order() {
        #expect(at(-1) < at(0))
        #expect(at(1) > at(0))
        #expect([at(3), at(1), at(2)].sorted() == [at(1), at(2), at(3)])
    }

    @Test("keys are sorted by account, then project, then addon")
    func addonKeys() {
        let keys = ["b/a/a", "a/b/a", "a/a/b", "a/a/a", "a-/a/a"].map { text in
            let parts = text.split(separator: "/").map(String.init)
            return AddonKey(account: parts[0], project: parts[1], addon: parts[2])
        }
        #expect(keys.sorted().map(\.description) == ["a/a/a", "a/a/b", "a/b/a", "a-/a/a", "b/a/a"])
    }

    @Test("durations beyond all calendars saturate, in either direction")
    func saturation() {
        #expect(at(1) + .seconds(Int64.max) == at(.max))
        #expect(at(1) + .seconds(Int64.min) == at(.min + 1))
        #expect(at(1) - .seconds(Int64.max) == at(.min + 2))
        #expect(at(1) - .seconds(Int64.min) == at(.max))
        #expect(at(.max) - at(.min) == .milliseconds(Int64.max))
        #expect(at(5) - at(7) == .milliseconds(-2))
        #expect((at(5) + .microseconds(1999)) == at(6))
    }
}
