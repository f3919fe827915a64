import Backups
import Testing

@testable import Freshness

@Suite("The plan's readings of projects") struct SentinelReadingTests {
    private static let settings = Plans.settings(interval: 100_000) {
        $0.usesSentinel = true
        $0.usesSlots = true
    }

    @Test("a reading that fails is tried again with growing gaps")
    func failing() {
        var plan = Plans.seen(["a"], Self.settings)
        var reads: [Double] = []
        for second in 1...3500 {
            for action in Plans.begun(&plan, now: Double(second)) {
                if action == .readProject("shop") {
                    reads.append(Double(second))
                    plan.sentinelFailed("shop", now: Double(second))
                }
            }
        }
        let gaps = zip(reads.dropFirst(), reads).map { $0 - $1 }
        #expect(gaps.prefix(5).elementsEqual([60, 120, 240, 480, 960]))
    }

    @Test("after a reading that works the gaps begin anew")
    func recovers() {
        var plan = Plans.seen(["a"], Self.settings)
        var reads: [Double] = []
        for second in 1...1000 {
            let now = Double(second)
            for action in Plans.begun(&plan, now: now) where action == .readProject("shop") {
                reads.append(now)
                if reads.count == 3 {
                    plan.sentinelRead("shop", busy: [], requests: 1, now: now)
                } else {
                    plan.sentinelFailed("shop", now: now)
                }
            }
        }
        let gaps = zip(reads.dropFirst(), reads).map { $0 - $1 }
        #expect([gaps[0], gaps[1], gaps[3], gaps[4]] == [60, 120, 60, 120])
        #expect(gaps[2] < 60)
    }

    @Test("a reading in flight counts until it ends, and holds up the first round")
    func inFlight() throws {
        var plan = Plans.seen(["a"], Self.settings)
        _ = Plans.begun(&plan, now: 1)
        let due = try #require(plan.sentinel.nextDue)
        #expect(plan.isFirstRoundDone && plan.keptForSentinel(Plans.budget(1)) == 0.04)
        #expect(Plans.begun(&plan, now: due) == [.readProject("shop")])
        // One reading in six hours is more than 4 % of one request an hour.
        #expect(plan.keptForSentinel(Plans.budget(1)) == 0)
        #expect(plan.inFlight == 1 && !plan.isFirstRoundDone)
        plan.sentinelFailed("shop", now: due)
        #expect(plan.inFlight == 0 && plan.isFirstRoundDone)
        plan.sentinelFailed("shop", now: due)
        plan.sentinelRead("elsewhere", busy: [], requests: 1, now: due)
        #expect(plan.inFlight == 0)
    }

    @Test("a project is read as long as it has addons")
    func members() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        _ = Plans.begun(&plan, now: 1)
        let due = plan.sentinel.nextDue
        #expect(due != nil)
        plan.watch([Plans.key("b")])
        #expect(plan.sentinel.nextDue == due)
        plan.watch([])
        #expect(plan.sentinel.nextDue == nil)
        _ = Plans.begun(&plan, now: 60)
        #expect(plan.sentinel.nextDue == nil)
    }

    @Test("a project is read more often while ends are expected")
    func cadence() {
        var plan = Plans.seen(["a", "b", "c"], Self.settings, outlook: Plans.due(2000, [100, 120, 140, 160, 180]))
        var reads: [Double] = []
        for second in 1...3500 {
            let now = Double(second)
            for action in Plans.begun(&plan, now: now, budget: Plans.budget(500, left: 60, reset: 3600 - now)) {
                switch action {
                case .readProject(let name):
                    reads.append(now)
                    plan.sentinelRead(name, busy: [], requests: 1, now: now)
                case .poll(let key, _, _): plan.polled(key, pages: 1, outlook: Outlook(), now: now)
                default: break
                }
            }
        }
        let quiet = reads.count { (1000..<1200).contains($0) }
        let busy = reads.count { (2000..<2200).contains($0) }
        #expect(quiet <= 2)
        #expect(busy >= 3 * max(1, quiet))
        #expect(zip(reads.dropFirst(), reads).allSatisfy { $0 - $1 >= 15 })
    }
}
