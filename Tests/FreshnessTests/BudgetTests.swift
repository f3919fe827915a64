import Backups
import Testing

@testable import Freshness

/// Layers that want the same requests.
@Suite struct BudgetTests {
    private static let addons = (0..<50).map { "a\($0)" }
    private static let all = Plans.settings(interval: 300) {
        $0.usesSlots = true
        $0.usesWebhooks = true
    }

    /// Runs a window of an hour in which every request is answered at once, and counts polls by reason.
    private static func window(
        _ plan: inout FreshnessPlan, allowance: Int, bunch: Outlook? = nil,
        each: (inout FreshnessPlan, Double) -> Void = { _, _ in }
    ) -> [PollReason: [Double]] {
        var left = allowance
        var polls: [PollReason: [Double]] = [:]
        for second in 0..<3600 {
            let now = Double(second)
            each(&plan, now)
            while true {
                let action = plan.next(
                    now: now, budget: Plans.budget(allowance, left: left, reset: 3600 - now), hasRoom: true)
                if case .wait = action { break }
                left -= 1
                switch action {
                case .poll(let key, let reason, _):
                    polls[reason, default: []].append(now)
                    plan.polled(key, pages: 1, outlook: now < 3000 ? bunch : Outlook(), now: now)
                case .readLists: plan.listsRead(requests: 1, now: now)
                case .readProject(let name): plan.sentinelRead(name, busy: [], requests: 1, now: now)
                default: break
                }
            }
        }
        #expect(left >= 0)
        return polls
    }

    @Test("the sweep leaves the requests that a bunch later in the window needs")
    func bunch() {
        let bunch = Plans.due(3000, [100])
        var plan = Plans.seen(Self.addons, Self.all, outlook: bunch)
        // 60 requests, 50 of which the bunch will need, and 6 the lists.
        let polls = Self.window(&plan, allowance: 60, bunch: bunch)
        #expect(polls[.slot]?.count == 50)
        #expect(polls[.slot]?.last.map { $0 < 3200 } == true)
        #expect((polls[.sweep]?.count ?? 0) <= 6)
    }

    @Test("without a bunch the sweep has them all")
    func quiet() {
        var plan = Plans.seen(Self.addons, Self.all)
        let polls = Self.window(&plan, allowance: 60)
        #expect(polls[.slot] == nil)
        #expect((polls[.sweep]?.count ?? 0) >= 48)
    }

    @Test("however many ends there are, the sweep has its floor once it has had nothing for hours")
    func floor() {
        var plan = Plans.seen(Self.addons, Self.all)
        // A webhook every second, for an hour.
        let polls = Self.window(&plan, allowance: 500) { plan, now in
            _ = plan.hint(Plans.key("a\(Int(now) % 50)"), .end, now: now)
        }
        let floor = 500 * FreshnessPlan.sweepFloor
        #expect((polls[.sweep]?.count ?? 0) >= Int(floor) - 2)
        // Not all of the rest: events whose polls show nothing new are polled for less often.
        #expect((polls[.webhook]?.count ?? 0) >= 425)
    }

    @Test("addons that were never polled and addons that are due alternate")
    func alternating() {
        var plan = Plans.seen(["a", "b"], Self.all)
        _ = plan.hint(Plans.key("a"), .end, now: 10)
        _ = plan.hint(Plans.key("b"), .end, now: 10)
        plan.watch(Set(["a", "b", "x", "y"].map { Plans.key($0) }))
        let reasons = Plans.begun(&plan, now: 10).map { action -> PollReason? in
            if case .poll(_, let reason, _) = action { reason } else { nil }
        }
        #expect(reasons == [.new, .webhook, .new, .webhook] || reasons == [.webhook, .new, .webhook, .new])
    }

    @Test("due polls wait in queues that can be counted")
    func queues() {
        var plan = Plans.seen(["a", "b", "c"], Self.all)
        plan.expect(Plans.key("b"), Plans.due(100, [50]), now: 0)
        _ = plan.hint(Plans.key("a"), .end, now: 200)
        plan.watch(Set(["a", "b", "c", "x"].map { Plans.key($0) }))
        #expect(Plans.take(&plan, now: 200, budget: Plans.budget(500, left: 0, reset: 60)) == [.wait(until: 260)])
        #expect(PollReason.allCases.map { plan.queued($0) } == [1, 1, 0, 1, 0])
    }

    @Test("an addon that waits for the budget keeps the earliest time and gets the better reason")
    func order() {
        var plan = Plans.seen(["a", "b"], Self.all)
        plan.expect(Plans.key("a"), Plans.due(100, [50]), now: 0)
        let nothing = Plans.budget(500, left: 0, reset: 60)
        _ = Plans.take(&plan, now: 165, budget: nothing)
        _ = plan.hint(Plans.key("b"), .end, now: 170)
        _ = plan.hint(Plans.key("a"), .end, now: 200)
        #expect(
            Plans.begun(&plan, now: 220) == [
                .poll(Plans.key("a"), .webhook, .newest), .poll(Plans.key("b"), .webhook, .newest),
            ])
    }

    @Test("lists that may wait do so while requests are short")
    func lists() {
        var plan = Plans.seen(Self.addons, Self.all, outlook: Plans.due(700, [60]))
        let need = Plans.budget(500, left: 40, reset: 2900)
        #expect(!Plans.take(&plan, now: 700, budget: need).contains(.readLists))
        var other = Plans.seen(Self.addons, Self.all)
        #expect(Plans.take(&other, now: 700, budget: Plans.ample).contains(.readLists))
    }
}
