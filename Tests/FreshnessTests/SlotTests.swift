import Backups
import Testing

@testable import Freshness

@Suite struct SlotTests {
    private static let settings = Plans.settings(interval: 100_000) { $0.usesSlots = true }
    private static let ask = FreshnessPlan.Action.poll(Plans.key("a"), .slot, .newest)

    /// The lags of ten backups, of which six tenths take no longer than a minute.
    private static let lags: [Double] = [30, 40, 45, 50, 55, 60, 70, 80, 90, 100]

    @Test("with plenty of requests a due backup is polled when six in ten have ended")
    func due() {
        var plan = Plans.seen(["a"], Self.settings, outlook: Plans.due(1000, Self.lags))
        // A minute, and two parts in a hundred and two seconds more.
        let time = 1000 + 60 * 1.02 + 2
        // Half a minute before there is a census.
        _ = Plans.take(&plan, now: 1030)
        #expect(Plans.begun(&plan, now: time - 0.01).isEmpty)
        #expect(Plans.begun(&plan, now: time) == [Self.ask])
    }

    @Test("with few requests a due backup is polled when all past ones would have ended")
    func short() {
        let settings = Plans.settings(interval: 100_000) { $0.usesSlots = true }
        let addons = (0..<20).map { "a\($0)" }
        var plan = Plans.seen(addons, settings, outlook: Plans.due(1000, Self.lags))
        let budget = { (now: Double) in Plans.budget(500, left: 25, reset: 3600 - now) }
        let time = 1000 + 100 * 1.2 + 2
        _ = Plans.take(&plan, now: 990, budget: budget(990))
        #expect(Plans.begun(&plan, now: time - 0.01, budget: budget(time)).isEmpty)
        // As many as there are requests, less the fourteen or so that are kept for the sweep.
        let begun = Plans.begun(&plan, now: time, budget: budget(time))
        #expect(begun.count == 6)
        #expect(plan.queued(.slot) == 14)
    }

    @Test("a backup that runs longer is polled again with growing gaps, at first by the rest of its spread")
    func again() {
        var plan = Plans.seen(["a"], Self.settings, outlook: Plans.due(1000, Self.lags))
        let running = Outlook(expected: [.init(from: 1010, lag: Spread([50, 50, 120]), isRunning: true)])
        var asked: [Double] = []
        var now = 0.0
        while now < 2000 {
            for action in Plans.begun(&plan, now: now, budget: Plans.budget(500, reset: 3600 - now))
            where action == Self.ask {
                asked.append(now)
                plan.polled(Plans.key("a"), pages: 1, outlook: running, now: now)
            }
            guard
                case .wait(let until) = plan.next(now: now, budget: Plans.budget(500, reset: 3600 - now), hasRoom: true)
            else {
                plan.listsRead(requests: 2, now: now)
                continue
            }
            now = until
        }
        let first = 1000 + 60 * 1.02 + 2
        // It began at 1010: those that took less than a minute are out of the question, so two minutes are next.
        let second = 1010 + 120 * 1.02 + 2
        #expect(asked.count > 5)
        #expect(asked[0] == first && asked[1] == second)
        // Overdue: four tenths of its age later.
        #expect(abs(asked[2] - (second + (second - 1010) * 0.4)) < 0.001)
        let gaps = zip(asked.dropFirst(), asked).map { $0 - $1 }
        #expect(zip(gaps.dropFirst(), gaps).dropFirst().allSatisfy { $0 > $1 })
    }

    @Test("a slot that nothing fills is polled less and less often")
    func missed() {
        var plan = Plans.seen(["a"], Self.settings, outlook: Plans.due(1000, Self.lags))
        var asked: [Double] = []
        for second in 1000..<8200 {
            let now = Double(second)
            for action in Plans.begun(&plan, now: now, budget: Plans.budget(500)) {
                #expect(action == Self.ask)
                asked.append(now)
                plan.polled(Plans.key("a"), pages: 1, outlook: Plans.due(1000, Self.lags), now: now)
            }
        }
        #expect(asked.count <= 9)
        #expect(asked.last! - asked[asked.count - 2] > 1500)
    }

    @Test("ends that were not polled in time are polled in the order of their expected times")
    func order() {
        var plan = Plans.seen(["a", "b", "c"], Self.settings)
        plan.expect(Plans.key("a"), Plans.due(2000, [100]), now: 0)
        plan.expect(Plans.key("b"), Plans.due(1000, [100]), now: 0)
        plan.expect(Plans.key("c"), Plans.due(1500, [100]), now: 0)
        #expect(
            Plans.begun(&plan, now: 5000) == [
                .poll(Plans.key("b"), .slot, .newest), .poll(Plans.key("c"), .slot, .newest),
                .poll(Plans.key("a"), .slot, .newest),
            ])
    }

    @Test("the layer can be off")
    func off() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 100_000), outlook: Plans.due(1000, Self.lags))
        #expect(Plans.begun(&plan, now: 5000).isEmpty)
    }

    @Test("a poll for another reason moves the next one")
    func moved() {
        var plan = Plans.seen(
            ["a"], Plans.settings(interval: 1050) { $0.usesSlots = true }, outlook: Plans.due(1000, [55]))
        #expect(Plans.begun(&plan, now: 0).isEmpty)
        #expect(Plans.begun(&plan, now: 1050) == [.poll(Plans.key("a"), .sweep, .newest)])
        plan.polled(Plans.key("a"), pages: 1, outlook: Plans.due(1000, [55]), now: 1051)
        // At 1058.1 it would have been polled; fifteen seconds are the least.
        #expect(Plans.begun(&plan, now: 1064.9).isEmpty)
        #expect(Plans.begun(&plan, now: 1065) == [Self.ask])
    }
}
