/// The account's rate limit, from the headers of a response.
package struct RateLimitHeaders: Equatable, Sendable {
    /// Requests in a window.
    package var limit: Int
    /// Requests left in this window, for all clients of the account.
    package var remaining: Int
    /// Seconds until the window ends.
    package var reset: Double

    package init(limit: Int, remaining: Int, reset: Double) {
        self.limit = limit
        self.remaining = remaining
        self.reset = reset
    }

    /// Nil unless all three headers are present and valid.
    package init?(_ headers: [String: String]) {
        guard
            let limit = headers["x-ratelimit-limit"].flatMap({ Int($0) }), limit > 0,
            let remaining = headers["x-ratelimit-remaining"].flatMap({ Int($0) }),
            let reset = headers["x-ratelimit-reset"].flatMap({ Double($0) }), reset >= 0, reset.isFinite
        else { return nil }
        // A server can count below zero. A reset of 0 means that the last second is not over.
        self.init(limit: limit, remaining: max(0, remaining), reset: max(1, reset))
    }
}
