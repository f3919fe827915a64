import Backups
import Testing

@testable import Freshness

/// Many events about one addon.
@Suite struct WebhookFloodTests {
    private static let settings = Plans.settings(interval: 100_000) { $0.usesWebhooks = true }
    private static let key = Plans.key("a")
    private static let poll = FreshnessPlan.Action.poll(key, .webhook, .newest)

    /// A plan that has just polled for a webhook, at the time 10.
    private static func polled(failing: Bool = false) -> FreshnessPlan {
        var plan = Plans.seen(["a", "b"], settings)
        _ = plan.hint(key, .end, now: 10)
        #expect(Plans.begun(&plan, now: 10) == [poll])
        plan.polled(key, pages: failing ? nil : 1, now: 11)
        return plan
    }

    @Test("events about one addon are polled for once in 15 seconds, and the wait is for nothing else")
    func gap() {
        var plan = Self.polled()
        #expect(plan.hint(Self.key, .end, now: 12) == .accepted)
        #expect(plan.hint(Self.key, .end, now: 13) == .coalesced)
        #expect(plan.queueViolations() == [])
        #expect(plan.hint(Plans.key("b"), .end, now: 13) == .accepted)
        #expect(Plans.begun(&plan, now: 13) == [.poll(Plans.key("b"), .webhook, .newest)])
        #expect(Plans.begun(&plan, now: 24.9).isEmpty)
        #expect(Plans.begun(&plan, now: 25) == [Self.poll])
    }

    @Test("an event 15 seconds later is polled for at once")
    func later() {
        var plan = Self.polled()
        #expect(plan.hint(Self.key, .end, now: 24.9) == .accepted)
        #expect(Plans.begun(&plan, now: 24.9).isEmpty)
        plan = Self.polled()
        #expect(plan.hint(Self.key, .end, now: 25) == .accepted)
        #expect(Plans.begun(&plan, now: 25) == [Self.poll])
    }

    @Test("a start waits like an end")
    func start() {
        var plan = Self.polled()
        #expect(plan.hint(Self.key, .start, now: 12) == .accepted)
        #expect(plan.hint(Self.key, .start, now: 13) == .coalesced)
        #expect(Plans.begun(&plan, now: 24.9).isEmpty)
        #expect(Plans.begun(&plan, now: 25) == [Self.poll])
    }

    @Test("an event about an addon whose poll failed brings the next try forward, and not below the gap")
    func failed() {
        var plan = Self.polled(failing: true)
        // Without an event it would be tried again at 41.
        #expect(plan.hint(Self.key, .end, now: 12) == .accepted)
        #expect(plan.queueViolations() == [])
        #expect(Plans.begun(&plan, now: 24.9).isEmpty)
        #expect(Plans.begun(&plan, now: 25) == [Self.poll])
    }

    @Test("polls of other kinds do not make events wait")
    func otherPolls() {
        var plan = Plans.seen(["a"], Self.settings)
        plan.polled(Self.key, pages: 1, now: 9)
        #expect(plan.hint(Self.key, .end, now: 10) == .accepted)
        #expect(Plans.begun(&plan, now: 10) == [Self.poll])
    }

    /// The times of the polls that an event each second causes, until `end`.
    private static func flood(_ plan: inout FreshnessPlan, from start: Int, to end: Int, lastEnds: Bool) -> [Int] {
        var times: [Int] = []
        for now in start..<end {
            _ = plan.hint(key, .end, now: Double(now))
            guard Plans.begun(&plan, now: Double(now)).contains(poll) else { continue }
            times.append(now)
            let outlook = lastEnds ? Plans.due(1e6, [60], lastEnd: Double(now)) : nil
            plan.polled(key, pages: 1, outlook: outlook, now: Double(now))
            plan.listsRead(requests: 1, now: Double(now))
        }
        return times
    }

    @Test("events that polls know nothing of are polled for less and less often, at last every four minutes")
    func fruitless() {
        var plan = Plans.seen(["a"], Self.settings)
        let times = Self.flood(&plan, from: 0, to: 1200, lastEnds: false)
        #expect(times == [0, 15, 30, 45, 75, 135, 255, 495, 735, 975])
        // As soon as a poll shows the end of a backup, the next event is believed.
        #expect(Self.flood(&plan, from: 1215, to: 1246, lastEnds: true) == [1215, 1230, 1245])
    }

    @Test("an addon whose backups end all the time is polled every 15 seconds")
    func fruitful() {
        var plan = Plans.seen(["a"], Self.settings)
        #expect(Self.flood(&plan, from: 0, to: 151, lastEnds: true) == Array(stride(from: 0, to: 151, by: 15)))
    }
}
