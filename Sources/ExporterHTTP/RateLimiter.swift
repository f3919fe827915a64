import Backups
import NIOCore
import Settings

/// Lets a number of requests through at once, and then one more after each interval.
struct RateLimiter {
    private let limit: WebConfiguration.RateLimit
    /// What is left at `since`, in requests.
    private var rest: Double
    private var since: NIODeadline

    init(_ limit: WebConfiguration.RateLimit, now: NIODeadline) {
        self.limit = limit
        rest = Double(limit.burst)
        since = now
    }

    /// Whether a request may be answered.
    mutating func allows(now: NIODeadline) -> Bool {
        let passed = Double((now - since).nanoseconds) / 1e9
        rest = limit.interval > .zero ? min(Double(limit.burst), rest + passed / limit.interval.seconds) : 1
        since = now
        guard rest >= 1 else { return false }
        rest -= 1
        return true
    }
}
