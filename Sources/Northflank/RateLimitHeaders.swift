/// What a response says about the account's rate limit.
package struct RateLimitHeaders: Equatable, Sendable {
    /// Requests in a window.
    package var limit: Int
    /// Requests left in this window, for everybody who uses the account.
    package var remaining: Int
    /// Seconds until the window ends.
    package var reset: Double

    package init(limit: Int, remaining: Int, reset: Double) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// Nil unless all three headers are there and make sense.
    package init?(_ headers: [String: String]) {
        guard
            let limit = headers["x-ratelimit-limit"].flatMap({ Int($0) }), limit > 0,
            let remaining = headers["x-ratelimit-remaining"].flatMap({ Int($0) }),
            let reset = headers["x-ratelimit-reset"].flatMap({ Double($0) }), reset >= 0, reset.isFinite
        else { return nil }
        // A server may count below zero, and its last second is not over yet.
        self.init(limit: limit, remaining: max(0, remaining), reset: max(1, reset))
    }
}
