import NIOCore
import Settings
import Testing

@testable import ExporterHTTP

@Suite struct RateLimiterTests {
    private static func at(_ milliseconds: Int64) -> NIODeadline { .uptimeNanoseconds(0) + .milliseconds(milliseconds) }

    /// Which of the requests at these instants are answered.
    private static func answered(_ limit: WebConfiguration.RateLimit, at instants: [Int64]) -> [Bool] {
        var limiter = RateLimiter(limit, now: at(0))
        return instants.map { limiter.allows(now: at($0)) }
    }

    @Test("a burst at once, then one for each interval that has passed")
    func burst() {
        let limit = WebConfiguration.RateLimit(interval: .seconds(1), burst: 2)
        #expect(
            Self.answered(limit, at: [0, 0, 0, 999, 1000, 1000, 1500, 2000])
                == [true, true, false, false, true, false, false, true])
    }

    @Test("no more than a burst is saved up")
    func saved() {
        let limit = WebConfiguration.RateLimit(interval: .milliseconds(10), burst: 2)
        #expect(Self.answered(limit, at: [60_000, 60_000, 60_000]) == [true, true, false])
    }

    @Test("without an interval nothing is limited")
    func unlimited() {
        let limit = WebConfiguration.RateLimit(interval: .zero, burst: 0)
        #expect(Self.answered(limit, at: [0, 0, 0]) == [true, true, true])
    }
}
