import TestSupport
import Testing

@testable import Northflank

@Suite struct BudgetGateTests {
    /// A gate with a single request to give.
    private static func narrowGate() -> BudgetGate {
        var budget = RequestBudget(share: 0.5)
        budget.observe(RateLimitHeaders(limit: 2, remaining: 2, reset: 60), now: 1000)
        return BudgetGate(budget)
    }

    @Test("a request that does not fit into the budget waits for the next window")
    func waiting() async throws {
        let time = ManualTime()
        let gate = Self.narrowGate()
        try await gate.admit(continuing: false, time: time)
        async let second: Void = gate.admit(continuing: false, time: time)
        await time.waitForSleepers()
        #expect(time.sleeps == [60])
        time.advance(by: 60)
        try await second
        #expect(gate.withBudget { $0.used } == 1)
    }

    @Test("of many waiting requests only as many go on as the next window allows")
    func contention() async throws {
        let time = ManualTime()
        let gate = Self.narrowGate()
        try await gate.admit(continuing: false, time: time)
        gate.withBudget { $0.observe(RateLimitHeaders(limit: 2, remaining: 0, reset: 60), now: time.uptime) }
        let tasks = (0..<2).map { _ in Task { try await gate.admit(continuing: false, time: time) } }
        await time.waitForSleepers(2)
        // The next window, of which one request is ours. The other task waits again.
        time.advance(by: 60)
        await time.waitForSleepers(1)
        #expect(gate.withBudget { $0.used } == 1)
        time.advance(by: 3600)
        for task in tasks { try await task.value }
    }

    @Test("a wait ends when the task is cancelled, and spends nothing")
    func cancellation() async throws {
        let time = ManualTime()
        let gate = Self.narrowGate()
        try await gate.admit(continuing: false, time: time)
        let waiter = Task { try await gate.admit(continuing: false, time: time) }
        await time.waitForSleepers()
        waiter.cancel()
        await #expect(throws: CancellationError.self) { try await waiter.value }
        #expect(gate.withBudget { $0.used } == 1)
    }
}
