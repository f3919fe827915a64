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

    @Test("the sweep leaves what a bunch later in the window needs")
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

    @Test("however much news there is, the sweep has its floor once it has had nothing for hours")
    func floor() {
        var plan = Plans.seen(Self.addons, Self.all)
        // Somebody has news every second, for an hour.
        let polls = Self.window(&plan, allowance: 500) { plan, now in
            _ = plan.hint(Plans.key("a\(Int(now) % 50)"), .end, now: now)
        }
        let floor = 500 * FreshnessPlan.sweepFloor
        #expect((polls[.sweep]?.count ?? 0) >= Int(floor) - 2)
        #expect((polls[.webhook]?.count ?? 0) >= 450)
    }

    @Test("somebody new and somebody with news take turns")
    func turns() {
        var plan = Plans.seen(["a", "b"], Self.all)
        _ = plan.hint(Plans.key("a"), .end, now: 10)
        _ = plan.hint(Plans.key("b"), .end, now: 10)
        plan.watch(Set(["a", "b", "x", "y"].map { Plans.key($0) }))
        let reasons = Plans.begun(&plan, now: 10).map { action -> PollReason? in
            if case .poll(_, let reason, _) = action { reason } else { nil }
        }
        #expect(reasons == [.new, .webhook, .new, .webhook] || reasons == [.webhook, .new, .webhook, .new])
    }

    @Test("the forecast counts what is expected, and tells when the budget will be used up")
    func forecast() throws {
        var plan = Plans.seen(Self.addons, Self.all, outlook: Plans.due(1000, [60]))
        let ample = Plans.budget(500, left: 400, reset: 3000)
        _ = Plans.begun(&plan, now: 600, budget: ample)
        let enough = plan.forecast(now: 600, budget: ample)
        #expect(enough.usedUpAt == nil)
        #expect(enough.requests > 50 && enough.requests <= 400)
        let need = Plans.budget(500, left: 45, reset: 2900)
        _ = Plans.take(&plan, now: 700, budget: need)
        let short = plan.forecast(now: 700, budget: need)
        #expect(short.requests > 45)
        // All of them end a minute after they are due.
        let time = try #require(short.usedUpAt)
        #expect((1060.0...1120.0).contains(time))
        // Half of them a quarter of an hour later: the first half fits.
        for addon in Self.addons.prefix(25) { plan.expect(Plans.key(addon), Plans.due(2000, [60]), now: 701) }
        _ = Plans.take(&plan, now: 740, budget: need)
        let later = try #require(plan.forecast(now: 740, budget: need).usedUpAt)
        #expect((2060.0...2120.0).contains(later))
    }

    @Test("the forecast is the sweep, the lists, what was never read, and what is expected")
    func evenForecast() throws {
        let addons = (0..<10).map { "a\($0)" }
        var plan = Plans.seen(addons)
        // 12 rounds of ten, and six readings of two lists.
        #expect(plan.forecast(now: 0, budget: Plans.ample) == .init(requests: 132, usedUpAt: nil))
        let few = Plans.budget(500, left: 100)
        _ = plan.next(now: 0, budget: few, hasRoom: false)
        #expect(plan.forecast(now: 0, budget: few) == .init(requests: 100, usedUpAt: nil))
        plan.watch(Set((addons + ["x", "y", "z"]).map { Plans.key($0) }))
        let forecast = plan.forecast(now: 0, budget: few)
        #expect(forecast.requests == 103)
        // A hundred in an hour, with three gone at once.
        let time = try #require(forecast.usedUpAt)
        #expect(abs(time - 3600 * 0.97) < 0.001)
    }

    @Test("what is ready waits in queues that can be counted")
    func queues() {
        var plan = Plans.seen(["a", "b", "c"], Self.all)
        plan.expect(Plans.key("b"), Plans.due(100, [50]), now: 0)
        _ = plan.hint(Plans.key("a"), .end, now: 200)
        plan.watch(Set(["a", "b", "c", "x"].map { Plans.key($0) }))
        #expect(Plans.take(&plan, now: 200, budget: Plans.budget(500, left: 0, reset: 60)) == [.wait(until: 260)])
        #expect(PollReason.allCases.map { plan.queued($0) } == [1, 1, 0, 1, 0])
    }

    @Test("who waits for the budget keeps the earliest time and gets the better reason")
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
