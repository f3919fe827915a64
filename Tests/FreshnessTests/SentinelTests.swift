import Backups
import Testing

@testable import Freshness

@Suite struct SentinelTests {
    private static let settings = Plans.settings(interval: 100_000) {
        $0.usesSentinel = true
        $0.usesSlots = true
    }
    private static func poll(_ addon: String, _ reason: PollReason = .sentinel) -> FreshnessPlan.Action {
        .poll(Plans.key(addon), reason, .newest)
    }

    /// Reads the project as soon as the plan wants it, and returns when that was.
    private static func read(_ plan: inout FreshnessPlan, from start: Double, busy: Set<String>) -> Double? {
        for second in 0..<3600 {
            let now = start + Double(second)
            for action in Plans.begun(&plan, now: now) {
                guard action == .readProject("shop") else {
                    Issue.record("\(action) is not expected")
                    return nil
                }
                plan.sentinelRead("shop", busy: Set(busy.map { Plans.key($0) }), requests: 1, now: now)
                return now
            }
        }
        return nil
    }

    @Test("an addon that leaves a backup is polled, once, and an addon that stays is not")
    func leaving() throws {
        var plan = Plans.seen(["a", "b", "c"], Self.settings)
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a"), Plans.key("b")]], now: 1)
        // They have entered, and there are requests to spare.
        #expect(Plans.begun(&plan, now: 1) == [Self.poll("a"), Self.poll("b")])
        plan.polled(Plans.key("a"), pages: 1, now: 2)
        plan.polled(Plans.key("b"), pages: 1, now: 2)
        let now = try #require(Self.read(&plan, from: 2, busy: ["b"]))
        #expect(Plans.begun(&plan, now: now) == [Self.poll("a")])
        plan.polled(Plans.key("a"), pages: 1, now: now)
        let later = try #require(Self.read(&plan, from: now + 1, busy: ["b"]))
        #expect(Plans.begun(&plan, now: later).isEmpty)
    }

    @Test("an addon that enters when that was expected, or while requests are short, is not polled")
    func entering() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        plan.expect(Plans.key("a"), Plans.due(100, [500]), now: 0)
        let need = Plans.budget(500, left: 20, reset: 3000)
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a"), Plans.key("b")]], now: 110)
        #expect(Plans.begun(&plan, now: 110, budget: need).isEmpty)
        #expect(Plans.begun(&plan, now: 111) == [Self.poll("b")])
    }

    @Test("an addon that leaves while a poll is in flight is polled once more")
    func leavingInFlight() {
        var plan = Plans.seen(["a"], Self.settings)
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a")]], now: 1)
        #expect(Plans.begun(&plan, now: 1) == [Self.poll("a")])
        plan.listsRead(requests: 2, busy: ["shop": []], now: 2)
        #expect(Plans.begun(&plan, now: 2).isEmpty)
        plan.polled(Plans.key("a"), pages: 1, now: 3)
        #expect(Plans.begun(&plan, now: 3) == [Self.poll("a")])
    }

    @Test("an addon that was due and is idle after half of the spread is polled once")
    func idle() {
        var plan = Plans.seen(["a"], Self.settings, outlook: Plans.due(1000, [50, 60, 300, 400]))
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1040)
        #expect(plan.queued(.slot) == 0)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1060)
        #expect(plan.queued(.slot) == 1)
        #expect(Plans.begun(&plan, now: 1060).contains(Self.poll("a", .slot)))
        plan.polled(Plans.key("a"), pages: 1, outlook: Plans.due(1000, [50, 60, 300, 400]), now: 1061)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1062)
        #expect(plan.queued(.slot) == 0)
    }

    @Test("an addon that runs by its list and is idle by its project's is polled once: not all backups show there")
    func hidden() {
        let running = Outlook(expected: [.init(from: 1000, lag: Spread([5000]), isRunning: true)])
        var plan = Plans.seen(["a"], Self.settings, outlook: running)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1100)
        #expect(Plans.begun(&plan, now: 1100).contains(Self.poll("a", .slot)))
        plan.polled(Plans.key("a"), pages: 1, outlook: running, now: 1101)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1200)
        #expect(plan.queued(.slot) == 0)
    }

    @Test("an addon that left a backup is polled in the order of the ends, not of what was expected")
    func order() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        plan.expect(Plans.key("a"), Plans.due(1000, [50]), now: 0)
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a"), Plans.key("b")]], now: 1010)
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a")]], now: 1020)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 1060)
        let nothing = Plans.budget(500, left: 0, reset: 60)
        #expect(Plans.take(&plan, now: 1200, budget: nothing) == [.wait(until: 1260)])
        #expect(plan.queued(.sentinel) == 2 && plan.queued(.slot) == 0)
        #expect(Plans.begun(&plan, now: 1201).prefix(2) == [Self.poll("b"), Self.poll("a")])
    }

    @Test("the layer can be off")
    func off() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 100_000))
        plan.listsRead(requests: 2, busy: ["shop": [Plans.key("a")]], now: 1)
        plan.listsRead(requests: 2, busy: ["shop": []], now: 2)
        #expect(Plans.begun(&plan, now: 3000).isEmpty)
    }
}
