import Backups
import Testing

@testable import Freshness

/// How long the first polls since the start take.
struct FirstPollsTests {
    private typealias Polls = FreshnessPlan.FirstPolls

    private static func addons(_ count: Int) -> [String] { (0..<count).map { "a\($0)" } }

    @Test("while the budget lasts, addons that are new follow each other at the pace so far")
    func atPace() {
        let plan = Plans.fresh(Self.addons(5))
        #expect(plan.firstPolls(5, pace: 2, budget: Plans.ample) == Polls(seconds: 10, isLimited: false))
        #expect(plan.firstPolls(5, pace: 2, budget: Plans.budget(5)) == Polls(seconds: 10, isLimited: false))
        #expect(plan.firstPolls(0, pace: 2, budget: Plans.budget(5, left: 0)) == Polls(seconds: 0, isLimited: false))
    }

    @Test(
        "what the budget does not have left waits for the windows after this one",
        arguments: [
            // The last of them goes out in the first, the second and the third window after this one.
            (2, 600 + 1 * 2), (5, 600 + 4 * 2), (6, 600 + 3600 + 1 * 2), (9, 600 + 3600 + 4 * 2),
            (10, 600 + 7200 + 1 * 2),
        ] as [(Int, Double)])
    func limited(count: Int, seconds: Double) {
        let polls = Plans.fresh(Self.addons(count))
            .firstPolls(count, pace: 2, budget: Plans.budget(4, left: 1, reset: 600))
        #expect(polls == Polls(seconds: seconds, isLimited: true))
    }

    @Test("an account without any allowance counts as one request an hour")
    func noAllowance() {
        let polls = Plans.fresh(Self.addons(2)).firstPolls(2, pace: 2, budget: Plans.budget(0, reset: 100))
        #expect(polls == Polls(seconds: 100 + 3600 + 2, isLimited: true))
    }

    @Test("polls in flight have their requests already, and do not wait for the budget")
    func inFlight() {
        var plan = Plans.fresh(Self.addons(3))
        #expect(Plans.begun(&plan, now: 0, room: 2).count == 2)
        let polls = plan.firstPolls(3, pace: 2, budget: Plans.budget(4, left: 1, reset: 600))
        #expect(polls == Polls(seconds: 6, isLimited: false))
        let waiting = plan.firstPolls(3, pace: 2, budget: Plans.budget(4, left: 0, reset: 600))
        #expect(waiting == Polls(seconds: 602, isLimited: true))
    }

    @Test("addons that an earlier run polled come in the order of the sweep")
    func swept() {
        let plan = Plans.seen(Self.addons(4))
        #expect(plan.firstPolls(4, pace: 2, budget: Plans.ample) == Polls(seconds: 300, isLimited: false))
        #expect(plan.firstPolls(1, pace: 2, budget: Plans.ample) == Polls(seconds: 75, isLimited: false))
    }

    @Test("a budget that makes the sweep slower than configured decides the end")
    func slowSweep() {
        let plan = Plans.seen(Self.addons(10))
        let budget = Plans.budget(20)
        let interval = plan.intervalInForce(budget)
        #expect(interval >= .seconds(1800))
        #expect(plan.firstPolls(5, pace: 2, budget: budget) == Polls(seconds: interval.seconds / 2, isLimited: true))
    }

    @Test("of new addons and those of the sweep, the slower ones decide")
    func both() {
        var plan = Plans.seen(Self.addons(4))
        plan.watch(Set(Self.addons(6).map { Plans.key($0) }))
        #expect(plan.firstPolls(6, pace: 2, budget: Plans.ample) == Polls(seconds: 200, isLimited: false))
        #expect(plan.firstPolls(6, pace: 150, budget: Plans.ample) == Polls(seconds: 300, isLimited: false))
    }
}
