import Backups
import Testing

@testable import Exporter

@Suite struct PollPlanBudgetTests {
    private static func plan(_ count: Int, interval: Double = 300, pages: Int = 1, listRequests: Int = 2) -> PollPlan {
        var plan = PollPlan(interval: interval, listInterval: 600, concurrency: count)
        plan.watch(Set((0..<count).map { PollPlanTests.key("a\($0)") }))
        for action in PollPlanTests.take(&plan, now: 0) {
            if case .poll(let key) = action { plan.polled(key, pages: pages) }
        }
        plan.listsRead(requests: listRequests)
        return plan
    }

    private static func budget(_ allowance: Int, left: Int? = nil, reset: Double = 3600) -> PollPlan.Budget {
        PollPlan.Budget(allowance: allowance, left: left ?? allowance, secondsToReset: reset)
    }

    @Test("the configured interval holds as long as the budget carries it")
    func carried() {
        // 12 requests every 300 s are 144 an hour, and the lists 12.
        #expect(Self.plan(12).intervalInForce(Self.budget(500)) == 300)
    }

    @Test("a budget that does not carry it stretches the interval")
    func stretched() {
        // 500 an hour less 12 for lists are 488 for 1000 addons: 1000 / 488 hours.
        let interval = Self.plan(1000).intervalInForce(Self.budget(500))
        #expect(abs(interval - (3600 + (1000 - 488) / (488.0 / 3600))) < 0.001)
        #expect(abs(interval - 3600 * 1000 / 488) < 0.001)
    }

    @Test("addons with many pages count as many requests")
    func pages() {
        let interval = Self.plan(100, pages: 15).intervalInForce(Self.budget(500))
        #expect(abs(interval - 3600 * 1500 / 488) < 0.001)
    }

    @Test("a window that is half used up slows down what is left of it")
    func window() {
        // 106 requests for half an hour, six of which are for lists.
        let interval = Self.plan(100).intervalInForce(Self.budget(500, left: 106, reset: 1800))
        #expect(abs(interval - 1800) < 0.001)
    }

    @Test("what this window does not carry waits for the next one")
    func usedUp() {
        let rate = 488.0 / 3600
        let nothing = Self.plan(100).intervalInForce(Self.budget(500, left: 0, reset: 1200))
        #expect(abs(nothing - (1200 + 100 / rate)) < 0.001)
        // 54 requests, four of which are for lists: half of the round.
        let half = Self.plan(100).intervalInForce(Self.budget(500, left: 54, reset: 1200))
        #expect(abs(half - (1200 + 50 / rate)) < 0.001)
    }

    @Test("lists take a fifth of the allowance at most")
    func lists() {
        // 101 requests every 10 minutes would be 606 an hour; a fifth of 500 is 100.
        #expect(Self.plan(1, listRequests: 101).listIntervalInForce(Self.budget(500)) == 3636)
        #expect(Self.plan(1, listRequests: 2).listIntervalInForce(Self.budget(500)) == 600)
    }

    @Test("an allowance of one request does not divide by zero", arguments: [0, 1])
    func tiny(allowance: Int) {
        #expect(Self.plan(2).intervalInForce(Self.budget(allowance)).isFinite)
        #expect(Self.plan(2).listIntervalInForce(Self.budget(allowance)).isFinite)
    }
}
