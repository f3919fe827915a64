import Testing

@testable import Northflank

/// What a server can say to stop us, sense or nonsense.
@Suite struct RequestBudgetRefusalTests {
    private static func headers(_ limit: Int, _ remaining: Int, _ reset: Double) -> RateLimitHeaders {
        RateLimitHeaders(limit: limit, remaining: remaining, reset: reset)
    }

    @Test(
        "after a 429 nothing is sent until the server said, at least a second and at most a window",
        arguments: [(30, 130), (0, 101), (0.5, 101), (3600, 3700), (1e12, 3700), (.infinity, 3700)])
    func retryAfter(asked: Double, until: Double) {
        var budget = RequestBudget(share: 0.5)
        budget.refused(retryAfter: asked, now: 100)
        #expect(budget.admit(continuing: false, now: 100) == .after(until))
        #expect(budget.admit(continuing: true, now: until - 0.5) == .after(until))
        #expect(budget.admit(continuing: false, now: until) == .now)
        #expect(budget.used == 1)
    }

    @Test("a 429 without a wait means a wait until the end of the window")
    func silentRefusal() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.admit(continuing: false, now: 0) == .now)
        budget.observe(Self.headers(1000, 500, 600), now: 0)
        budget.refused(retryAfter: nil, now: 100)
        #expect(budget.admit(continuing: false, now: 100) == .after(600))
    }

    @Test("a 429 without a wait and without a window means a minute")
    func silentRefusalWithoutWindow() {
        var budget = RequestBudget(share: 0.5)
        budget.refused(retryAfter: nil, now: 100)
        #expect(budget.admit(continuing: false, now: 100) == .after(160))
    }

    @Test("the longest of several refusals holds")
    func severalRefusals() {
        var budget = RequestBudget(share: 0.5)
        budget.refused(retryAfter: 60, now: 0)
        budget.refused(retryAfter: 5, now: 1)
        #expect(budget.admit(continuing: false, now: 10) == .after(60))
    }

    @Test("a refusal outlasts the window that it came in")
    func refusalBeyondWindow() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.admit(continuing: false, now: 0) == .now)
        budget.observe(Self.headers(1000, 500, 10), now: 0)
        budget.refused(retryAfter: 100, now: 5)
        #expect(budget.admit(continuing: false, now: 50) == .after(105))
    }

    @Test("an epoch in the place of seconds stops requests for a window, not for ever")
    func epochReset() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.admit(continuing: false, now: 0) == .now)
        budget.observe(Self.headers(1000, 0, 1_767_225_600), now: 0)
        #expect(budget.admit(continuing: false, now: 1) == .after(3600))
        #expect(budget.admit(continuing: false, now: 3600) == .now)
    }

    @Test(
        "no header can crash us",
        arguments: [Int.max, Int.max - 1, 1 << 62, 1], [0.5, 1, 0.999_999_999_999_999_9, 1e-300])
    func absurdNumbers(limit: Int, share: Double) {
        for remaining in [0, 1, Int.max] {
            for reset in [0, 1e-300, 1e300, Double.greatestFiniteMagnitude] {
                var budget = RequestBudget(share: share)
                _ = budget.admit(continuing: false, now: 0)
                budget.observe(Self.headers(limit, remaining, reset), now: 0)
                _ = budget.admit(continuing: false, now: 1)
                _ = budget.admit(continuing: true, now: 1)
                #expect(budget.allowance >= 1)
                #expect(budget.reserve >= 0)
                #expect(budget.left(now: 1) >= 0)
                #expect((0...3600).contains(budget.secondsToReset(now: 1)))
            }
        }
    }
}
