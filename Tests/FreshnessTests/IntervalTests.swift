import Backups
import Testing

@testable import Freshness

@Suite struct IntervalTests {
    private static func plan(_ count: Int, pages: Int = 1, listRequests: Int = 2) -> FreshnessPlan {
        Plans.seen(
            (0..<count).map { "a\($0)" }, Plans.settings(), pages: pages, listRequests: listRequests)
    }

    private static func isNear(_ left: Duration, _ right: Double) -> Bool { abs(left.seconds - right) < 0.001 }

    @Test("the configured interval holds as long as the budget carries it")
    func carried() {
        // 12 requests every 300 s are 144 an hour, and the lists 12.
        #expect(Self.plan(12).intervalInForce(Plans.budget(500)) == .seconds(300))
    }

    @Test("a budget that does not carry it stretches the interval")
    func stretched() {
        // 500 an hour less 12 for lists are 488 for 1000 addons: 1000 / 488 hours.
        #expect(Self.isNear(Self.plan(1000).intervalInForce(Plans.budget(500)), 3600 * 1000 / 488))
    }

    @Test("pages beyond the first cost their requests once a day")
    func pages() {
        // 1400 of them a day are 58 1/3 an hour.
        let interval = Self.plan(100, pages: 15).intervalInForce(Plans.budget(500))
        #expect(Self.isNear(interval, 3600 * 100 / (488 - 1400.0 / 24)))
    }

    @Test("a window that is half used up slows down the rest of the window")
    func window() {
        // 106 requests for half an hour, six of which are for lists.
        let interval = Self.plan(100).intervalInForce(Plans.budget(500, left: 106, reset: 1800))
        #expect(Self.isNear(interval, 1800))
    }

    @Test("the sentinel takes a quarter of the spare requests")
    func sentinel() {
        let plan = Plans.seen((0..<100).map { "a\($0)" }, Plans.settings { $0.usesSentinel = true })
        let rate = 488 * 0.75 / 3600
        // 106 requests for half an hour, six of which are for lists: 75 for the sweep.
        let interval = plan.intervalInForce(Plans.budget(500, left: 106, reset: 1800))
        #expect(Self.isNear(interval, 1800 + 25 / rate))
    }

    @Test("requests that do not fit into this window wait for the next one")
    func usedUp() {
        let rate = 488.0 / 3600
        let nothing = Self.plan(100).intervalInForce(Plans.budget(500, left: 0, reset: 1200))
        #expect(Self.isNear(nothing, 1200 + 100 / rate))
        // 54 requests, four of which are for lists: half of the addons.
        let half = Self.plan(100).intervalInForce(Plans.budget(500, left: 54, reset: 1200))
        #expect(Self.isNear(half, 1200 + 50 / rate))
    }

    @Test("the sweep pauses until the window ends, or as long as its floor says, when it has no requests left")
    func pause() {
        let plan = Self.plan(10)
        #expect(plan.sweepGap(Plans.budget(500, left: 0, reset: 3600)) == 3600)
        #expect(plan.sweepGap(Plans.budget(500, left: 0, reset: 60)) == 180)
        #expect(plan.sweepGap(Plans.budget(0, left: 0, reset: 60)) == 90_000)
    }

    @Test("lists take a fifth of the allowance at most")
    func lists() {
        // 101 requests every 10 minutes would be 606 an hour; a fifth of 500 is 100.
        #expect(Self.plan(1, listRequests: 101).listIntervalInForce(Plans.budget(500)) == .seconds(3636))
        #expect(Self.plan(1, listRequests: 2).listIntervalInForce(Plans.budget(500)) == .seconds(600))
    }

    @Test("an allowance of no request or one does not divide by zero", arguments: [(0, 3610.0), (1, 150)])
    func tiny(allowance: Int, wait: Double) {
        var plan = Self.plan(2)
        let budgets = [Plans.budget(allowance), Plans.budget(allowance, left: 0, reset: 0)]
        for budget in budgets {
            #expect(plan.intervalInForce(budget) >= .seconds(300))
            #expect(plan.listIntervalInForce(budget) == .seconds(36_000))
            let forecast = plan.forecast(now: 0, budget: budget)
            #expect(forecast.requests.isFinite && forecast.usedUpAt?.isFinite != false)
        }
        #expect(Plans.take(&plan, now: 10, budget: budgets[0]) == [.wait(until: wait)])
        #expect(Plans.take(&plan, now: 10, budget: budgets[1]) == [.wait(until: 10.001)])
    }

    @Test("pages beyond the first count once, however often they are read, until the addon is gone")
    func pagesTwice() {
        var plan = Plans.seen(["a", "b"], Plans.settings(interval: 50_000), pages: 3)
        // One request an hour, a fifth of which is for lists.
        let interval = { (addons: Double, pages: Double) in 3600 * addons / (1 - 0.2 - pages / 24) }
        #expect(Self.isNear(plan.intervalInForce(Plans.budget(1)), 50_000))
        plan = Plans.seen(["a", "b"], Plans.settings(interval: 1), pages: 3)
        for day in 1...2 {
            #expect(Self.isNear(plan.intervalInForce(Plans.budget(1)), interval(2, 4)))
            for addon in ["a", "b"] {
                plan.polled(Plans.key(addon), pages: 3, isWhole: true, now: Double(day) * 86_400)
            }
        }
        plan.watch([Plans.key("a")])
        #expect(Self.isNear(plan.intervalInForce(Plans.budget(1)), interval(1, 2)))
    }

    @Test("nothing is sent that the budget does not let through")
    func nothingLeft() {
        var plan = Plans.fresh(["a", "b", "c"])
        #expect(Plans.take(&plan, now: 5, budget: Plans.budget(500, left: 0, reset: 60)) == [.wait(until: 65)])
        // The lists, and one of the three.
        #expect(
            Plans.take(&plan, now: 5, budget: Plans.budget(500, left: 2, reset: 60)) == [
                .readLists, .poll(Plans.key("a"), .new, .whole), .wait(until: 65),
            ])
    }
}
