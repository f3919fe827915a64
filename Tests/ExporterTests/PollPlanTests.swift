import Backups
import Testing

@testable import Exporter

@Suite struct PollPlanTests {
    /// More than any plan here needs.
    static let ample = PollPlan.Budget(allowance: 500, left: 500, secondsToReset: 3600)

    static func key(_ addon: String) -> AddonKey { AddonKey(account: "acme", project: "shop", addon: addon) }

    static func plan(interval: Double = 300, concurrency: Int = 8, addons: [String]) -> PollPlan {
        var plan = PollPlan(interval: interval, listInterval: 600, concurrency: concurrency)
        plan.watch(Set(addons.map(key)))
        return plan
    }

    /// Takes actions until the plan wants to wait.
    static func take(_ plan: inout PollPlan, now: Double, budget: PollPlan.Budget = ample) -> [PollPlan.Action] {
        var actions: [PollPlan.Action] = []
        while true {
            let action = plan.next(now: now, budget: budget)
            actions.append(action)
            if case .wait = action { return actions }
        }
    }

    @Test("lists and addons that were never polled come at once, addons in order")
    func firstRound() {
        var plan = Self.plan(addons: ["c", "a", "b"])
        let actions = Self.take(&plan, now: 0)
        #expect(
            actions == [
                .readLists, .poll(Self.key("a")), .poll(Self.key("b")), .poll(Self.key("c")),
                .wait(until: .infinity),
            ])
    }

    @Test("no more polls at once than the concurrency")
    func concurrency() {
        var plan = Self.plan(concurrency: 2, addons: ["a", "b", "c"])
        #expect(Self.take(&plan, now: 0).dropLast() == [.readLists, .poll(Self.key("a")), .poll(Self.key("b"))])
        plan.polled(Self.key("a"), pages: 1)
        #expect(Self.take(&plan, now: 0).dropLast() == [.poll(Self.key("c"))])
        plan.polled(Self.key("b"), pages: 1)
        plan.polled(Self.key("c"), pages: 1)
        plan.listsRead(requests: 2)
        #expect(plan.isFirstRoundDone)
    }

    @Test("later rounds are spread over the interval, longest unseen first")
    func laterRounds() {
        var plan = Self.plan(interval: 300, addons: ["a", "b", "c"])
        _ = Self.take(&plan, now: 0)
        plan.listsRead(requests: 2)
        for addon in ["b", "c", "a"] { plan.polled(Self.key(addon), pages: 1) }
        var polls: [(Double, String)] = []
        var now = 0.0
        while now < 900 {
            switch plan.next(now: now, budget: Self.ample) {
            case .poll(let key):
                polls.append((now, key.addon))
                plan.polled(key, pages: 1)
            case .readLists: plan.listsRead(requests: 2)
            case .wait(let until): now = until
            }
        }
        #expect(polls.map(\.0) == [100, 200, 300, 400, 500, 600, 700, 800])
        #expect(polls.map(\.1) == ["b", "c", "a", "b", "c", "a", "b", "c"])
    }

    @Test("small delays do not add up, and what was missed is not caught up in a burst")
    func delays() {
        var plan = Self.plan(interval: 30, addons: ["a", "b", "c"])
        _ = Self.take(&plan, now: 0)
        plan.listsRead(requests: 2)
        for addon in ["a", "b", "c"] { plan.polled(Self.key(addon), pages: 1) }
        // Two seconds late: the next one is due ten seconds after this one was.
        #expect(Self.take(&plan, now: 12) == [.poll(Self.key("a")), .wait(until: 20)])
        // A minute late: one poll now, and the next one is not before its time.
        #expect(Self.take(&plan, now: 80) == [.poll(Self.key("b")), .wait(until: 90)])
    }

    @Test("a new addon is polled at once, one that is gone not at all")
    func changes() {
        var plan = Self.plan(addons: ["a", "b"])
        _ = Self.take(&plan, now: 0)
        plan.listsRead(requests: 2)
        plan.polled(Self.key("a"), pages: 1)
        plan.watch([Self.key("b"), Self.key("new")])
        #expect(Self.take(&plan, now: 1).first == .poll(Self.key("new")))
        // It was in flight while it was given up, so that its end changes nothing.
        plan.watch([Self.key("new")])
        plan.polled(Self.key("b"), pages: 3)
        #expect(plan.targets == [Self.key("new")])
        #expect(!plan.isWatching(Self.key("b")))
    }

    @Test("addons that a reload kept wait for their turn")
    func kept() {
        var plan = PollPlan(interval: 300, listInterval: 600, concurrency: 8)
        plan.watch([Self.key("a"), Self.key("b"), Self.key("new")], seen: [Self.key("b"), Self.key("a")])
        #expect(Self.take(&plan, now: 0) == [.readLists, .poll(Self.key("new")), .wait(until: 100)])
        #expect(Self.take(&plan, now: 100) == [.poll(Self.key("b")), .wait(until: 200)])
    }

    @Test("a reload costs no polls, even if one comes after the other")
    func reloads() {
        var plan = PollPlan(interval: 300, listInterval: 600, concurrency: 8)
        plan.watch([Self.key("a"), Self.key("b")], seen: [Self.key("b"), Self.key("a")])
        #expect(Self.take(&plan, now: 50) == [.readLists, .wait(until: 200)])
    }

    @Test("in a single round nobody is polled twice, however long others take")
    func once() {
        var plan = Self.plan(interval: 1, concurrency: 2, addons: ["a", "b"])
        plan.pollsAgain = false
        _ = Self.take(&plan, now: 0)
        plan.listsRead(requests: 2)
        plan.polled(Self.key("a"), pages: 1)
        #expect(Self.take(&plan, now: 100) == [.wait(until: 600)])
        plan.polled(Self.key("b"), pages: 1)
        #expect(plan.isFirstRoundDone)
    }

    @Test("the lists are read again when their interval is over, but never twice at once")
    func lists() {
        var plan = Self.plan(addons: [])
        #expect(Self.take(&plan, now: 0) == [.readLists, .wait(until: .infinity)])
        #expect(Self.take(&plan, now: 700) == [.wait(until: .infinity)])
        plan.listsRead(requests: 2)
        #expect(Self.take(&plan, now: 700) == [.readLists, .wait(until: .infinity)])
    }
}
