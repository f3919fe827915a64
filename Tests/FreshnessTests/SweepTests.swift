import Backups
import Testing

@testable import Freshness

@Suite struct SweepTests {
    @Test("lists and addons that were never polled come at once, addons in order, all of their pages")
    func firstRound() {
        var plan = Plans.fresh(["c", "a", "b"])
        #expect(
            Plans.take(&plan, now: 0) == [
                .readLists, .poll(Plans.key("a"), .new, .whole), .poll(Plans.key("b"), .new, .whole),
                .poll(Plans.key("c"), .new, .whole), .wait(until: 3600),
            ])
    }

    @Test("no more polls at once than there is room for")
    func concurrency() {
        var plan = Plans.fresh(["a", "b", "c"], Plans.settings())
        #expect(Plans.begun(&plan, now: 0, room: 2).count == 2)
        plan.polled(Plans.key("a"), pages: 1, now: 0)
        #expect(Plans.begun(&plan, now: 0, room: 2) == [.poll(Plans.key("c"), .new, .whole)])
        plan.polled(Plans.key("b"), pages: 1, now: 0)
        #expect(!plan.isFirstRoundDone)
        plan.listsRead(requests: 2, now: 0)
        #expect(!plan.isFirstRoundDone)
        plan.polled(Plans.key("c"), pages: 1, now: 0)
        #expect(plan.isFirstRoundDone)
    }

    @Test("later rounds are spread over the interval, longest unseen first")
    func laterRounds() {
        var plan = Plans.seen(["b", "c", "a"])
        var polls: [(time: Double, addon: String)] = []
        var now = 0.0
        while now < 900 {
            switch plan.next(now: now, budget: Plans.ample, hasRoom: true) {
            case .poll(let key, let reason, let depth):
                #expect(reason == .sweep && depth == .newest)
                polls.append((now, key.addon))
                plan.polled(key, pages: 1, now: now)
            case .readLists: plan.listsRead(requests: 2, now: now)
            case .wait(let until): now = until
            default: Issue.record("nothing else is on")
            }
        }
        #expect(polls.map(\.time) == [100, 200, 300, 400, 500, 600, 700, 800])
        #expect(polls.map(\.addon) == ["b", "c", "a", "b", "c", "a", "b", "c"])
    }

    @Test("small delays do not add up, and missed polls are not caught up in a burst")
    func delays() {
        var plan = Plans.seen(["a", "b", "c"], Plans.settings(interval: 30))
        #expect(Plans.take(&plan, now: 0) == [.wait(until: 10)])
        // Two seconds late: the next one is due ten seconds after this one was.
        #expect(Plans.take(&plan, now: 12) == [.poll(Plans.key("a"), .sweep, .newest), .wait(until: 20)])
        // A minute late: one poll now, and the next one is not before its time.
        #expect(Plans.take(&plan, now: 80) == [.poll(Plans.key("b"), .sweep, .newest), .wait(until: 90)])
    }

    @Test("a new addon is polled at once, a gone addon not at all")
    func changes() {
        var plan = Plans.fresh(["a", "b"])
        _ = Plans.take(&plan, now: 0)
        plan.polled(Plans.key("a"), pages: 1, now: 0)
        plan.watch([Plans.key("b"), Plans.key("new")])
        #expect(Plans.begun(&plan, now: 1) == [.poll(Plans.key("new"), .new, .whole)])
        // It was in flight while it was given up, so that its end changes nothing.
        plan.watch([Plans.key("new")])
        plan.polled(Plans.key("b"), pages: 3, now: 2)
        #expect(plan.targets == [Plans.key("new")])
        #expect(!plan.isWatching(Plans.key("b")))
        #expect(plan.inFlight == 1)
    }

    @Test("an addon that returns while its poll is in flight is not polled twice")
    func back() {
        var plan = Plans.fresh(["a"])
        _ = Plans.take(&plan, now: 0)
        plan.watch([])
        plan.watch([Plans.key("a")])
        #expect(Plans.begun(&plan, now: 1).isEmpty)
        plan.polled(Plans.key("a"), pages: 1, now: 2)
        #expect(Plans.begun(&plan, now: 2).isEmpty)
        #expect(Plans.begun(&plan, now: 302) == [.poll(Plans.key("a"), .sweep, .newest)])
    }

    @Test("addons that an earlier plan polled wait for the sweep, and a restart costs no polls")
    func kept() {
        var plan = FreshnessPlan(settings: Plans.settings())
        plan.watch(
            [Plans.key("a"), Plans.key("b"), Plans.key("new")], seen: ["b", "a"].map { Seen(key: Plans.key($0)) })
        #expect(
            Plans.take(&plan, now: 0) == [.readLists, .poll(Plans.key("new"), .new, .whole), .wait(until: 100)])
        // What it has on its pages is not known here.
        #expect(Plans.take(&plan, now: 100) == [.poll(Plans.key("b"), .sweep, .whole), .wait(until: 200)])
        var other = FreshnessPlan(settings: Plans.settings())
        other.watch([Plans.key("a"), Plans.key("b")], seen: ["b", "a"].map { Seen(key: Plans.key($0)) })
        #expect(Plans.take(&other, now: 50) == [.readLists, .wait(until: 200)])
    }

    @Test("the readings of an earlier plan count: pages in the budget, the whole reading in the time of the next one")
    func restart() {
        var plan = FreshnessPlan(settings: Plans.settings(interval: 3600))
        let seen = [
            Seen(key: Plans.key("due"), pages: 2, lastWhole: -86_000), Seen(key: Plans.key("early"), lastWhole: 4000),
            Seen(key: Plans.key("unknown")), Seen(key: Plans.key("stranger"), pages: 500, lastWhole: 0),
            Seen(key: Plans.key("due"), pages: 700, lastWhole: 0),
        ]
        plan.watch(Set(["due", "early", "unknown"].map { Plans.key($0) }), seen: seen)
        // One page beyond the first in a day.
        let few = Plans.budget(1, left: 1)
        let pace = { (pages: Double) in 3 / max(1 / 3600 - (0.2 + pages / 24) / 3600, 0.04 / 3600) }
        #expect(abs(plan.intervalInForce(few).seconds - pace(1)) < 0.001)
        plan.listsRead(requests: 2, now: 0)
        #expect(Plans.begun(&plan, now: 0).isEmpty)
        #expect(Plans.begun(&plan, now: 1200) == [.poll(Plans.key("due"), .sweep, .whole)])
        #expect(Plans.begun(&plan, now: 2400) == [.poll(Plans.key("early"), .sweep, .newest)])
        #expect(Plans.begun(&plan, now: 3600) == [.poll(Plans.key("unknown"), .sweep, .whole)])
        plan.watch([Plans.key("early")])
        #expect(abs(plan.intervalInForce(few).seconds - pace(0) / 3) < 0.001)
    }

    @Test("a plan that polls once polls no addon twice, however long others take")
    func once() {
        var plan = Plans.fresh(["a", "b"], Plans.settings(interval: 1))
        plan.pollsAgain = false
        _ = Plans.take(&plan, now: 0)
        plan.listsRead(requests: 2, now: 0)
        plan.polled(Plans.key("a"), pages: 1, now: 0)
        #expect(Plans.take(&plan, now: 100) == [.wait(until: 600)])
        // Nor if its poll failed.
        plan.polled(Plans.key("b"), pages: nil, now: 0)
        #expect(plan.isFirstRoundDone)
        #expect(Plans.take(&plan, now: 500) == [.wait(until: 600)])
    }

    @Test("the lists are read again when their interval is over, but never twice at once")
    func lists() {
        var plan = Plans.fresh([])
        #expect(Plans.take(&plan, now: 0) == [.readLists, .wait(until: 3600)])
        #expect(Plans.take(&plan, now: 700) == [.wait(until: 4300)])
        plan.listsRead(requests: 2, now: 700)
        #expect(Plans.take(&plan, now: 700) == [.readLists, .wait(until: 4300)])
    }

    @Test("all pages are read once a day")
    func whole() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 3600), pages: 3)
        func depths(from start: Int, through end: Int) -> [Depth] {
            (start...end).flatMap { hour in
                let now = Double(hour) * 3600
                return Plans.begun(&plan, now: now).compactMap { action -> Depth? in
                    guard case .poll(let key, _, let depth) = action else { return nil }
                    plan.polled(key, pages: depth == .whole ? 3 : 1, now: now)
                    return depth
                }
            }
        }
        #expect(depths(from: 0, through: 23) == [Depth](repeating: .newest, count: 23))
        #expect(depths(from: 24, through: 26) == [.whole, .newest, .newest])
    }
}
