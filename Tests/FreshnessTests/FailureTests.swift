import Backups
import Testing

@testable import Freshness

@Suite struct FailureTests {
    /// Lets every poll of an addon fail, for so many seconds.
    private static func polls(_ plan: inout FreshnessPlan, until end: Int) -> [(time: Double, reason: PollReason)] {
        var polls: [(Double, PollReason)] = []
        for second in 0..<end {
            let now = Double(second)
            for action in Plans.begun(&plan, now: now) {
                if case .poll(let key, let reason, _) = action {
                    polls.append((now, reason))
                    plan.polled(key, pages: nil, now: now)
                }
            }
        }
        return polls
    }

    @Test("a first poll that fails is tried again with growing gaps, and then by the sweep")
    func new() {
        var plan = Plans.fresh(["a"], Plans.settings(interval: 10_000))
        let polls = Self.polls(&plan, until: 12_000)
        #expect(polls.map(\.time).prefix(6) == [0, 30, 90, 210, 450, 930])
        #expect(polls.map(\.reason) == [.new, .new, .new, .new, .new, .new, .sweep])
        #expect(polls.last?.time == 10_930)
    }

    @Test("a poll of an addon with a change is tried again for the same reason")
    func webhook() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 100_000) { $0.usesWebhooks = true })
        _ = plan.hint(Plans.key("a"), .end, now: 0)
        let polls = Self.polls(&plan, until: 5000)
        #expect(polls.map(\.time) == [0, 30, 90, 210, 450, 930])
        #expect(polls.allSatisfy { $0.reason == .webhook })
    }

    @Test("a poll that works ends the trouble")
    func works() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 100_000) { $0.usesWebhooks = true })
        for start in [0.0, 1000] {
            _ = plan.hint(Plans.key("a"), .end, now: start)
            _ = Plans.begun(&plan, now: start)
            plan.polled(Plans.key("a"), pages: nil, now: start)
            #expect(Plans.begun(&plan, now: start + 29).isEmpty)
            #expect(Plans.begun(&plan, now: start + 30).count == 1)
            plan.polled(Plans.key("a"), pages: 1, now: start + 30)
            #expect(Plans.begun(&plan, now: start + 900).isEmpty)
        }
    }

    @Test("a poll of the sweep that fails waits for the next one")
    func sweep() {
        var plan = Plans.seen(["a"])
        let polls = Self.polls(&plan, until: 1000)
        #expect(polls.map(\.time) == [300, 600, 900])
    }

    @Test("a poll that is tried again keeps its place before later changes")
    func order() {
        var plan = Plans.seen(["a", "b"], Plans.settings(interval: 100_000) { $0.usesWebhooks = true })
        _ = plan.hint(Plans.key("a"), .end, now: 0)
        #expect(Plans.begun(&plan, now: 0).count == 1)
        _ = plan.hint(Plans.key("b"), .end, now: 2)
        plan.polled(Plans.key("a"), pages: nil, now: 5)
        let nothing = Plans.budget(500, left: 0, reset: 60)
        #expect(Plans.take(&plan, now: 35, budget: nothing) == [.wait(until: 95)])
        #expect(
            Plans.begun(&plan, now: 36) == [
                .poll(Plans.key("a"), .webhook, .newest), .poll(Plans.key("b"), .webhook, .newest),
            ])
    }

    @Test("a webhook for an addon whose poll failed polls it before its next try, 15 seconds after the last")
    func hinted() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 100_000) { $0.usesWebhooks = true })
        _ = plan.hint(Plans.key("a"), .end, now: 0)
        _ = Plans.begun(&plan, now: 0)
        plan.polled(Plans.key("a"), pages: nil, now: 0)
        #expect(plan.hint(Plans.key("a"), .end, now: 5) == .accepted)
        #expect(Plans.begun(&plan, now: 14.9).isEmpty)
        #expect(Plans.begun(&plan, now: 15).count == 1)
    }
}
