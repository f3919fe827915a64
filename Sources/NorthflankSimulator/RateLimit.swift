/// The account's rate limit. A window starts with its first request and ends a fixed time later.
struct RateLimit: Sendable, Equatable {
    /// The state after a request, as in the headers.
    struct Standing: Sendable, Equatable {
        let limit: Int
        let remaining: Int
        /// Whole seconds until the window ends, rounded up.
        let reset: Int
        /// Whether this request was over the limit.
        let exceeded: Bool
    }

    let limit: Int
    let window: Double
    private var end = -Double.infinity
    private var used = 0

    init(limit: Int, window: Double) {
        self.limit = limit
        self.window = window
    }

    /// Counts a request at `now` (seconds since 1970).
    mutating func count(at now: Double) -> Standing {
        if now >= end {
            end = now + window
            used = 0
        }
        used += 1
        return Standing(
            limit: limit, remaining: max(0, limit - used),
            reset: Int(exactly: (end - now).rounded(.up)) ?? 0, exceeded: used > limit)
    }
}
