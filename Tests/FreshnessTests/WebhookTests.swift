import Backups
import Testing

@testable import Freshness

@Suite struct WebhookTests {
    private static let settings = Plans.settings(interval: 100_000) {
        $0.usesWebhooks = true
        $0.usesSlots = true
    }
    private static let poll = FreshnessPlan.Action.poll(Plans.key("a"), .webhook, .newest)

    @Test("an end polls the addon at once, and several of them once")
    func end() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        #expect(plan.hint(Plans.key("a"), .end, now: 10) == .accepted)
        #expect(plan.hint(Plans.key("a"), .end, now: 11) == .coalesced)
        #expect(plan.queued(.webhook) == 1)
        #expect(Plans.begun(&plan, now: 11) == [Self.poll])
        #expect(plan.queued(.webhook) == 0)
    }

    @Test("an end while a poll is in flight polls once more, since the answer may be older")
    func inFlight() {
        var plan = Plans.seen(["a"], Self.settings)
        _ = plan.hint(Plans.key("a"), .end, now: 10)
        _ = Plans.begun(&plan, now: 10)
        #expect(plan.hint(Plans.key("a"), .end, now: 11) == .accepted)
        #expect(plan.hint(Plans.key("a"), .end, now: 11) == .coalesced)
        #expect(Plans.begun(&plan, now: 11).isEmpty)
        plan.polled(Plans.key("a"), pages: 1, now: 12)
        // Fifteen seconds after the last one began.
        #expect(Plans.begun(&plan, now: 24.9).isEmpty)
        #expect(Plans.begun(&plan, now: 25) == [Self.poll])
        plan.polled(Plans.key("a"), pages: 1, now: 26)
        #expect(Plans.begun(&plan, now: 60).isEmpty)
    }

    @Test("hints about unknown addons are ignored, and all hints if the layer is off or the plan polls once only")
    func ignored() {
        var plan = Plans.seen(["a"], Self.settings)
        #expect(plan.hint(Plans.key("stranger"), .end, now: 1) == .ignored)
        var off = Plans.seen(["a"])
        #expect(off.hint(Plans.key("a"), .end, now: 1) == .ignored)
        #expect(Plans.begun(&off, now: 1).isEmpty)
        plan.pollsAgain = false
        #expect(plan.hint(Plans.key("a"), .end, now: 1) == .ignored)
    }

    @Test("an addon that waits for its first poll needs no other poll")
    func new() {
        var plan = Plans.fresh(["a"], Self.settings)
        #expect(plan.hint(Plans.key("a"), .end, now: 0) == .coalesced)
        #expect(Plans.begun(&plan, now: 0) == [.poll(Plans.key("a"), .new, .whole)])
    }

    @Test("a start is polled if it was not expected")
    func start() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        plan.expect(Plans.key("b"), Plans.due(1000, [60]), now: 0)
        #expect(plan.hint(Plans.key("a"), .start, now: 1001) == .accepted)
        #expect(plan.hint(Plans.key("a"), .start, now: 1001) == .coalesced)
        #expect(plan.hint(Plans.key("b"), .start, now: 1001) == .coalesced)
        #expect(Plans.begun(&plan, now: 1001) == [Self.poll])
    }

    @Test("a start waits while requests are short, and its end does not")
    func startInNeed() {
        var plan = Plans.seen(["a"], Self.settings)
        _ = plan.hint(Plans.key("a"), .start, now: 100)
        // Twenty in an hour are kept for the sweep.
        let need = Plans.budget(500, left: 15, reset: 2400)
        #expect(Plans.begun(&plan, now: 100, budget: need).isEmpty)
        _ = plan.hint(Plans.key("a"), .end, now: 101)
        #expect(Plans.begun(&plan, now: 101, budget: Plans.budget(500, left: 30, reset: 2400)) == [Self.poll])
    }

    @Test("an end that a webhook reported is no longer expected")
    func reported() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        // It will have ended at 1050, as far as the plan knows, and would be polled some seconds later.
        plan.expect(Plans.key("a"), Plans.due(1000, [50]), now: 0)
        _ = plan.hint(Plans.key("b"), .end, now: 1051)
        _ = plan.hint(Plans.key("a"), .end, now: 1052)
        let polls = [FreshnessPlan.Action.poll(Plans.key("b"), .webhook, .newest), Self.poll]
        #expect(Plans.begun(&plan, now: 1100) == polls)
    }

    @Test("an end waits until the window is so short that less has to be kept for the sweep")
    func endInNeed() {
        var plan = Plans.seen(["a"], Self.settings)
        _ = plan.hint(Plans.key("a"), .end, now: 100)
        // 13.1 requests are kept for the sweep; 13 are in 18 seconds.
        let need = Plans.budget(500, left: 13, reset: 2358)
        guard case .wait(let until) = Plans.take(&plan, now: 100, budget: need).last else {
            Issue.record("the end is polled at once")
            return
        }
        #expect(abs(until - 118) < 0.001)
        #expect(Plans.begun(&plan, now: 118.1, budget: Plans.budget(500, left: 13, reset: 2339.9)) == [Self.poll])
    }

    @Test("once webhooks report the ends, slots wait for them a while before they poll")
    func trusted() {
        var plan = Plans.seen(["a"], Self.settings)
        var now = 0.0
        // They are not relied upon before they have reported a few dozen.
        for _ in 0..<60 {
            now += 100
            #expect(plan.hint(Plans.key("a"), .end, now: now) == .accepted)
            #expect(Plans.begun(&plan, now: now) == [Self.poll])
            plan.polled(Plans.key("a"), pages: 1, outlook: Plans.due(10_000, [60], lastEnd: now), now: now)
            plan.listsRead(requests: 1, now: now)
        }
        let late = 10_000 + 60 * 1.25 + 60
        #expect(Plans.begun(&plan, now: late - 1).isEmpty)
        let poll = FreshnessPlan.Action.poll(Plans.key("a"), .slot, .newest)
        #expect(Plans.begun(&plan, now: late) == [poll])
        // An end that no webhook reported: the next slot is polled in time again.
        plan.polled(Plans.key("a"), pages: 1, outlook: Plans.due(20_000, [60], lastEnd: 10_050), now: late)
        plan.listsRead(requests: 1, now: late)
        _ = Plans.begun(&plan, now: 20_030)
        #expect(Plans.begun(&plan, now: 20_000 + 60 * 1.02 + 2) == [poll])
    }
}
