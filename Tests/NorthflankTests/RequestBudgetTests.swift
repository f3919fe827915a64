import Testing

@testable import Northflank

@Suite struct RequestBudgetTests {
    /// Asks for requests until one has to wait, and returns how many were let through.
    private static func spend(
        _ budget: inout RequestBudget, continuing: Bool = false, now: Double, atMost maximum: Int = 5000
    ) -> Int {
        (0..<maximum).prefix { _ in budget.admit(continuing: continuing, now: now) == .now }.count
    }

    private static func headers(_ limit: Int, _ remaining: Int, _ reset: Double) -> RateLimitHeaders {
        RateLimitHeaders(limit: limit, remaining: remaining, reset: reset)
    }

    @Test(
        "our share of the limit, and a fifth of the others' part as reserve",
        arguments: [
            (1000, 0.5, 500, 100), (1000, 1, 1000, 0), (1000, 0.1, 100, 180), (1, 0.5, 1, 0), (3, 0.5, 1, 0),
            (10, 0.5, 5, 1), (1000, 1e-300, 1, 200), (100_000, 0.25, 25_000, 15_000),
        ] as [(Int, Double, Int, Int)])
    func shares(limit: Int, share: Double, allowance: Int, reserve: Int) {
        var budget = RequestBudget(share: share)
        budget.observe(Self.headers(limit, limit, 3600), now: 0)
        #expect(budget.allowance == allowance)
        #expect(budget.reserve == reserve)
        #expect(budget.limit == limit)
    }

    @Test("several spenders divide our share, and leave the same reserve together")
    func spenders() {
        var budget = RequestBudget(share: 0.5, spenders: 4)
        #expect(budget.allowance == 125)
        #expect(budget.reserve == 100)
        #expect(Self.spend(&budget, now: 0) == 125)
        budget = RequestBudget(share: 0.5, spenders: 1000)
        #expect(budget.allowance == 1)
    }

    @Test("before the first response the documented limit and window hold")
    func defaults() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.left(now: 100) == 500)
        #expect(budget.secondsToReset(now: 100) == 3600)
        #expect(budget.admit(continuing: false, now: 100) == .now)
        #expect(budget.left(now: 100) == 499)
        #expect(Self.spend(&budget, now: 100) == 499)
        #expect(budget.admit(continuing: false, now: 200) == .after(3700))
        #expect(budget.left(now: 200) == 0)
        #expect(budget.secondsToReset(now: 200) == 3500)
        #expect(budget.used == 500)
    }

    @Test("a window begins with its first request, and is forgotten at its end")
    func rollOver() {
        var budget = RequestBudget(share: 0.5)
        #expect(Self.spend(&budget, now: 100) == 500)
        #expect(budget.admit(continuing: false, now: 3699.9) == .after(3700))
        #expect(budget.left(now: 3700) == 500)
        #expect(budget.secondsToReset(now: 3700) == 3600)
        #expect(budget.admit(continuing: false, now: 3700) == .now)
        #expect(budget.used == 1)
        #expect(Self.spend(&budget, now: 3700) == 499)
        #expect(budget.admit(continuing: false, now: 3700) == .after(7300))
    }

    @Test("requests of others count: at the reserve the exporter stops")
    func reserve() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.admit(continuing: false, now: 0) == .now)
        budget.observe(Self.headers(1000, 103, 1800), now: 0)
        #expect(budget.left(now: 0) == 3)
        #expect(Self.spend(&budget, now: 0) == 3)
        #expect(budget.admit(continuing: false, now: 0) == .after(1800))
        #expect(budget.left(now: 0) == 0)
    }

    @Test("a request that continues may overdraw our share, but not touch the reserve")
    func overdraft() {
        var budget = RequestBudget(share: 0.5)
        #expect(Self.spend(&budget, now: 0) == 500)
        #expect(Self.spend(&budget, continuing: true, now: 0, atMost: 50) == 50)
        #expect(budget.left(now: 0) == 0)
        budget.observe(Self.headers(1000, 102, 1000), now: 0)
        #expect(Self.spend(&budget, continuing: true, now: 0) == 2)
        #expect(budget.admit(continuing: true, now: 0) == .after(1000))
    }

    @Test("with the whole limit as our share there is no reserve")
    func wholeLimit() {
        var budget = RequestBudget(share: 1)
        budget.observe(Self.headers(10, 10, 60), now: 0)
        #expect(Self.spend(&budget, now: 0) == 10)
        #expect(budget.admit(continuing: true, now: 0) == .after(60))
    }

    @Test("responses that overtake each other: within a window the lowest count is the true one")
    func outOfOrder() {
        var budget = RequestBudget(share: 0.5)
        for _ in 0..<3 { #expect(budget.admit(continuing: false, now: 0) == .now) }
        budget.observe(Self.headers(1000, 103, 100), now: 1)
        budget.observe(Self.headers(1000, 105, 100), now: 1)
        budget.observe(Self.headers(1000, 104, 99), now: 2)
        #expect(budget.left(now: 2) == 3)
        #expect(budget.used == 3)
    }

    @Test("a window that ends clearly later is a new window, and the request that showed it is its first")
    func newWindow() {
        var budget = RequestBudget(share: 0.5)
        #expect(Self.spend(&budget, now: 0, atMost: 400) == 400)
        budget.observe(Self.headers(1000, 150, 10), now: 0)
        #expect(budget.left(now: 0) == 50)
        budget.observe(Self.headers(1000, 999, 3600), now: 9)
        #expect(budget.used == 1)
        #expect(budget.left(now: 9) == 499)
        // A second or two of drift is none.
        budget.observe(Self.headers(1000, 990, 3600), now: 12)
        #expect(budget.used == 1)
        #expect(budget.left(now: 12) == 499)
    }

    @Test("a reset that slides along with every response does not end our count")
    func slidingReset() {
        var budget = RequestBudget(share: 0.5)
        var remaining = 1000
        for now in stride(from: 0.0, to: 3000, by: 6) {
            #expect(budget.admit(continuing: false, now: now) == .now)
            remaining -= 1
            budget.observe(Self.headers(1000, remaining, 3600), now: now)
        }
        #expect(budget.used == 500)
        #expect(budget.admit(continuing: false, now: 3000) == .after(3600))
        #expect(budget.admit(continuing: false, now: 3600) == .now)
    }

    @Test("a limit that changes is followed at once")
    func limitChanges() {
        var budget = RequestBudget(share: 0.5)
        #expect(Self.spend(&budget, now: 0, atMost: 10) == 10)
        budget.observe(Self.headers(5000, 4990, 3600), now: 0)
        #expect(budget.left(now: 0) == 2490)
        budget.observe(Self.headers(10, 4, 3600), now: 0)
        #expect(budget.left(now: 0) == 0)
        #expect(budget.admit(continuing: false, now: 0) == .after(3600))
    }
}
