import Testing

@testable import Northflank

/// What a server can say to stop us, sense or nonsense.
@Suite struct RequestBudgetRefusalTests {
    private static func headers(_ limit: Int, _ remaining: Int, _ reset: Double) -> RateLimitHeaders {
        RateLimitHeaders(limit: limit, remaining: remaining, reset: reset)
    }

    /// A budget whose window began at 0 and ends at 600, with requests left.
    private static func budget(remaining: Int = 900) -> RequestBudget {
        var budget = RequestBudget(share: 0.5)
        _ = budget.admit(continuing: false, now: 0)
        budget.observe(headers(1000, remaining, 600), now: 0)
        return budget
    }

    @Test(
        "after a 429 nothing is sent until the server said, at least a second and at most a window",
        arguments: [(30, 130), (0, 101), (0.5, 101), (3600, 3700), (1e12, 3700), (.infinity, 3700)])
    func retryAfter(asked: Double, until: Double) {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.refused(Refusal(retryAfter: asked), sent: 99, now: 100) == until - 100)
        #expect(budget.admit(continuing: false, now: 100) == .after(until))
        #expect(budget.admit(continuing: true, now: until - 0.5) == .after(until))
        #expect(budget.admit(continuing: false, now: until) == .now)
        #expect(budget.used == 1)
    }

    @Test("with requests left, a 429 means what Retry-After says, or a minute, and not the window")
    func requestsLeft() {
        var budget = Self.budget()
        #expect(budget.refused(Refusal(retryAfter: 2, reset: 500), sent: 99, now: 100) == 2)
        #expect(budget.admit(continuing: false, now: 102) == .now)
        budget = Self.budget()
        #expect(budget.refused(Refusal(reset: 500), sent: 99, now: 100) == 60)
        #expect(budget.admit(continuing: false, now: 159.9) == .after(160))
        #expect(budget.admit(continuing: false, now: 160) == .now)
        var unknown = RequestBudget(share: 0.5)
        #expect(unknown.refused(Refusal(), sent: 99, now: 100) == 60)
    }

    @Test("with no request left, a 429 means the reset, or Retry-After if it is later")
    func usedUp() {
        var budget = Self.budget()
        #expect(budget.refused(Refusal(retryAfter: 2, isUsedUp: true, reset: 400), sent: 99, now: 100) == 400)
        budget = Self.budget()
        #expect(budget.refused(Refusal(retryAfter: 500, isUsedUp: true, reset: 400), sent: 99, now: 100) == 500)
        budget = Self.budget()
        #expect(budget.refused(Refusal(isUsedUp: true), sent: 99, now: 100) == 500)
        var unknown = RequestBudget(share: 0.5)
        _ = unknown.admit(continuing: false, now: 99)
        #expect(unknown.refused(Refusal(isUsedUp: true), sent: 99, now: 100) == 60)
    }

    @Test("the wait doubles with each refusal after a wait, up to the end of the window, and never below what is asked")
    func backoff() {
        var budget = Self.budget()
        #expect(budget.refused(Refusal(), sent: 0, now: 0) == 60)
        #expect(budget.refused(Refusal(), sent: 60, now: 60) == 120)
        #expect(budget.refused(Refusal(), sent: 180, now: 180) == 240)
        // The window ends at 600.
        #expect(budget.refused(Refusal(), sent: 420, now: 420) == 180)
        #expect(budget.refused(Refusal(), sent: 600, now: 599) == 60)
        #expect(budget.refused(Refusal(retryAfter: 5), sent: 659, now: 659) == 5)
        var unknown = RequestBudget(share: 0.5)
        let waits = (0..<15).map { _ in
            let now = unknown.admit(continuing: false, now: 0) == .now ? 0 : Self.end(unknown)
            return unknown.refused(Refusal(retryAfter: 1), sent: now, now: now)
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600])
    }

    private static func end(_ budget: RequestBudget) -> Double {
        var budget = budget
        guard case .after(let end) = budget.admit(continuing: true, now: 0) else { return 0 }
        return end
    }

    @Test("refusals of requests that were under way together are one refusal")
    func together() {
        var budget = Self.budget()
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 0, now: 1) == 10)
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 0.5, now: 2) == 10)
        // Sent before the wait, answered after it.
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 11.9, now: 13) == 10)
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 23, now: 23) == 20)
    }

    @Test("an answer with another status ends the doubling, unless its request was sent before the wait")
    func end() {
        var budget = Self.budget()
        _ = budget.refused(Refusal(retryAfter: 10), sent: 0, now: 0)
        budget.answered(sent: 9.9)
        #expect(budget.admit(continuing: false, now: 9.9) == .after(10))
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 10, now: 10) == 20)
        budget.answered(sent: 30)
        #expect(budget.refused(Refusal(retryAfter: 10), sent: 31, now: 31) == 10)
    }

    @Test("the longest of several refusals holds")
    func severalRefusals() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.refused(Refusal(retryAfter: 60), sent: 0, now: 0) == 60)
        #expect(budget.refused(Refusal(retryAfter: 5), sent: 0, now: 1) == 59)
        #expect(budget.admit(continuing: false, now: 10) == .after(60))
    }

    @Test("a refusal outlasts the window that it came in")
    func refusalBeyondWindow() {
        var budget = RequestBudget(share: 0.5)
        #expect(budget.admit(continuing: false, now: 0) == .now)
        budget.observe(Self.headers(1000, 500, 10), now: 0)
        #expect(budget.refused(Refusal(retryAfter: 100), sent: 4, now: 5) == 100)
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
