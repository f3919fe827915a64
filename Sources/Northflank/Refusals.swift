import Backups

/// What an answer with status 429 says about when to send again.
package struct Refusal: Equatable, Sendable {
    /// Seconds, from `Retry-After`.
    package var retryAfter: Double?
    /// Whether no request is left in the window.
    package var isUsedUp: Bool
    /// Seconds until the window ends, from the answer.
    package var reset: Double?

    package init(retryAfter: Double? = nil, isUsedUp: Bool = false, reset: Double? = nil) {
        self.retryAfter = retryAfter
        self.isUsedUp = isUsedUp
        self.reset = reset
    }

    /// - Parameter now: the time of day, for an answer without a date of its own.
    init(_ response: HTTPResponse, now: Timestamp) {
        let isUsedUp = response.headers["x-ratelimit-remaining"].flatMap { Int($0) }.map { $0 <= 0 } ?? false
        self.init(
            retryAfter: response.retryAfter(now: now), isUsedUp: isUsedUp,
            reset: RateLimitHeaders(response.headers)?.reset)
    }
}

/// How long all requests wait after answers with status 429. Pure: all times are seconds of uptime, passed in.
///
/// With requests left in the window, a refusal concerns the moment: requests wait as long as the server asks, or a
/// minute, and twice as long after each further refusal. With none left, they wait until the window ends.
struct Refusals: Sendable {
    /// Seconds to wait if the server does not say how long.
    static let defaultWait = 60.0

    private(set) var blockedUntil = -Double.infinity
    /// The refusals in a row, of requests that were sent after the previous wait.
    private var repetitions = 0

    /// Takes a refusal into account.
    ///
    /// - Parameters:
    ///   - sent: when the request was sent. Of requests that were under way together, only one counts.
    ///   - windowEnd: when the window ends, as far as is known.
    /// - Returns: the seconds to wait from now on.
    mutating func add(_ refusal: Refusal, sent: Double, windowEnd: Double?, now: Double) -> Double {
        if sent >= blockedUntil, blockedUntil.isFinite { repetitions += 1 }
        let longest = RequestBudget.defaultWindow
        let wait: Double
        if refusal.isUsedUp {
            let untilReset = refusal.reset ?? windowEnd.map { $0 - now } ?? Self.defaultWait
            wait = max(untilReset, refusal.retryAfter ?? 0)
        } else {
            let asked = max(1, refusal.retryAfter ?? Self.defaultWait)
            let doubled = repetitions < 12 ? asked * Double(1 << repetitions) : longest
            wait = max(asked, min(doubled, windowEnd.map { $0 - now } ?? longest))
        }
        blockedUntil = max(blockedUntil, now + max(1, min(wait, longest)))
        return blockedUntil - now
    }

    /// A request was answered with another status: the next refusal is the first again.
    mutating func end(sent: Double) {
        guard sent >= blockedUntil else { return }
        self = Refusals()
    }
}
