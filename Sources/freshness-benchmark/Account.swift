import Northflank

/// The account's API, reduced to the cost of requests: the real budget, and a server that counts.
struct Account {
    /// Seconds from a request to its response.
    static let latency = 0.3
    /// Requests an hour of the account's other users.
    private static let others = 100.0

    var budget = RequestBudget(share: 0.5)
    private(set) var requests = 0
    private(set) var measuredRequests = 0
    private var windowEnd = -1.0
    private var served = 0

    /// Sends one request. Returns when it is sent: now, or when the budget lets it.
    mutating func send(_ world: World, continuing: Bool = false, now: Double) -> Double {
        var time = now
        while case .after(let later) = budget.admit(continuing: continuing, now: time) { time = later }
        if time >= windowEnd {
            windowEnd = world.windowEnd(time)
            served = 0
        }
        served += 1
        requests += 1
        if time >= world.span.measured, time < world.span.measuredEnd { measuredRequests += 1 }
        let passed = max(0, 3600 - (windowEnd - time))
        let remaining = RequestBudget.defaultLimit - served - Int(passed / 3600 * Self.others)
        budget.observe(
            RateLimitHeaders(limit: RequestBudget.defaultLimit, remaining: remaining, reset: windowEnd - time),
            now: time)
        return time
    }
}
