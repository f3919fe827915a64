import Backups
import Testing

@testable import Freshness

@Suite struct ReadingTests {
    private static let settings = Plans.settings(interval: 1_000_000) { $0.schedulesInterval = .seconds(86_400) }
    private static func schedules(_ addon: String) -> FreshnessPlan.Action { .readSchedules(Plans.key(addon)) }

    @Test("schedules are read once all addons were polled, before the sweep goes on")
    func first() {
        var plan = Plans.fresh(["a", "b"], Plans.settings { $0.schedulesInterval = .seconds(86_400) })
        #expect(Plans.begun(&plan, now: 0, room: 2).count == 2)
        plan.polled(Plans.key("b"), pages: 1, now: 0)
        #expect(Plans.begun(&plan, now: 0, room: 2) == [Self.schedules("b")])
        #expect(plan.inFlight == 2)
        plan.polled(Plans.key("a"), pages: 1, now: 0)
        #expect(Plans.begun(&plan, now: 0, room: 2) == [Self.schedules("a")])
        plan.listsRead(requests: 2, now: 0)
        plan.schedulesRead(Plans.key("a"), worked: true, now: 1)
        #expect(!plan.isFirstRoundDone)
        plan.schedulesRead(Plans.key("b"), worked: true, now: 1)
        #expect(plan.isFirstRoundDone)
    }

    @Test("no schedules are read before all addons were polled")
    func after() {
        var plan = Plans.fresh(["a", "b", "c"], Plans.settings { $0.schedulesInterval = .seconds(86_400) })
        var actions: [FreshnessPlan.Action] = []
        for _ in 0..<6 {
            for action in Plans.begun(&plan, now: 0, room: 1) {
                actions.append(action)
                if case .poll(let key, _, _) = action { plan.polled(key, pages: 1, now: 0) }
                if case .readSchedules(let key) = action { plan.schedulesRead(key, worked: true, now: 0) }
            }
        }
        #expect(actions.suffix(3) == [Self.schedules("a"), Self.schedules("b"), Self.schedules("c")])
    }

    @Test("schedules set the expectations")
    func outlook() {
        var plan = Plans.seen(
            ["a"],
            Plans.settings(interval: 1_000_000) {
                $0.schedulesInterval = .seconds(86_400)
                $0.usesSlots = true
            })
        #expect(Plans.begun(&plan, now: 1) == [Self.schedules("a")])
        plan.schedulesRead(Plans.key("a"), worked: true, outlook: Plans.due(100, [50]), now: 1)
        #expect(Plans.begun(&plan, now: 153.1) == [.poll(Plans.key("a"), .slot, .newest)])
    }

    @Test(
        "schedules are read again after a day, at first spread over half a day, with a tenth of the budget at most")
    func refreshed() {
        let addons = (0..<20).map { "a\($0)" }
        var plan = Plans.seen(
            addons, Plans.settings(interval: 1_000_000) { $0.schedulesInterval = .seconds(86_400) })
        for action in Plans.begun(&plan, now: 0) {
            if case .readSchedules(let key) = action { plan.schedulesRead(key, worked: true, now: 0) }
        }
        var times: [AddonKey: [Double]] = [:]
        var last = -Double.infinity
        for minute in 1...(4 * 1440) {
            let now = Double(minute) * 60
            for action in Plans.begun(&plan, now: now, budget: Plans.budget(100)) {
                guard case .readSchedules(let key) = action else { continue }
                // Ten in an hour.
                #expect(now - last >= 360)
                last = now
                times[key, default: []].append(now)
                plan.schedulesRead(key, worked: true, now: now)
            }
        }
        #expect(times.count == 20)
        for reads in times.values {
            #expect((43_200...86_800).contains(reads[0]))
            #expect(zip(reads.dropFirst(), reads).allSatisfy { (86_400...87_200).contains($0 - $1) })
        }
        #expect(Set(times.values.map { Int($0[0] / 3600) }).count > 10)
    }

    @Test("schedules that an earlier run has read are not read again at once")
    func known() {
        var plan = FreshnessPlan(settings: Self.settings)
        plan.watch([Plans.key("a")], seen: [Seen(key: Plans.key("a"))])
        plan.schedulesRead(Plans.key("a"), worked: true, now: -1000)
        #expect(Plans.begun(&plan, now: 0).isEmpty)
        #expect(Plans.begun(&plan, now: 86_400) == [Self.schedules("a")])
    }

    @Test("a reading that fails is tried again with growing gaps")
    func failing() {
        var plan = Plans.seen(["a"], Self.settings)
        var reads: [Double] = []
        for second in 0..<8000 {
            for action in Plans.begun(&plan, now: Double(second)) where action == Self.schedules("a") {
                reads.append(Double(second))
                plan.schedulesRead(Plans.key("a"), worked: false, now: Double(second))
            }
        }
        #expect(reads == [0, 60, 180, 420, 900, 1860, 3780, 7620])
    }

    @Test("after a reading that works the gaps begin anew")
    func recovers() {
        var plan = Plans.seen(["a"], Self.settings)
        for (now, worked) in [(0.0, false), (60, false), (180, true), (180 + 86_400, false)] {
            #expect(Plans.begun(&plan, now: now) == [Self.schedules("a")])
            plan.schedulesRead(Plans.key("a"), worked: worked, now: now)
        }
        // After a minute it is due, and 72 seconds after the last reading the budget allows it.
        #expect(Plans.begun(&plan, now: 180 + 86_400 + 71).isEmpty)
        #expect(Plans.begun(&plan, now: 180 + 86_400 + 72) == [Self.schedules("a")])
    }

    @Test("schedules can be read early, four times a day")
    func wanted() {
        var plan = Plans.seen(["a"], Self.settings)
        #expect(plan.wantSchedules(Plans.key("a"), now: 0) == false)
        _ = Plans.begun(&plan, now: 0)
        plan.schedulesRead(Plans.key("a"), worked: true, now: 0)
        #expect(plan.wantSchedules(Plans.key("a"), now: 1000) == true)
        #expect(plan.wantSchedules(Plans.key("a"), now: 1001) == false)
        #expect(Plans.begun(&plan, now: 1001) == [Self.schedules("a")])
        plan.schedulesRead(Plans.key("a"), worked: true, now: 1002)
        #expect(plan.wantSchedules(Plans.key("a"), now: 1000 + 6 * 3600 - 1) == false)
        #expect(plan.wantSchedules(Plans.key("a"), now: 1000 + 6 * 3600) == true)
        #expect(plan.wantSchedules(Plans.key("stranger"), now: 0) == false)
    }

    @Test("many schedules that are wanted at once are read one after the other")
    func paced() {
        var plan = Plans.seen(["a", "b", "c"], Self.settings)
        for action in Plans.begun(&plan, now: 0) {
            if case .readSchedules(let key) = action { plan.schedulesRead(key, worked: true, now: 0) }
        }
        for addon in ["a", "b", "c"] { _ = plan.wantSchedules(Plans.key(addon), now: 10) }
        // A tenth of 500 an hour is one every 72 seconds.
        #expect(Plans.begun(&plan, now: 10) == [Self.schedules("a")])
        #expect(Plans.begun(&plan, now: 81).isEmpty)
        #expect(Plans.begun(&plan, now: 82) == [Self.schedules("b")])
        #expect(Plans.begun(&plan, now: 154) == [Self.schedules("c")])
    }

    @Test("an addon that is gone is not read")
    func gone() {
        var plan = Plans.seen(["a", "b"], Self.settings)
        plan.watch([Plans.key("b")])
        #expect(Plans.begun(&plan, now: 0) == [Self.schedules("b")])
        plan.watch([])
        plan.schedulesRead(Plans.key("b"), worked: true, outlook: Plans.due(1, [1]), now: 1)
        #expect(Plans.begun(&plan, now: 200_000).isEmpty)
    }

    @Test("restores are read like schedules, if they are wanted")
    func restores() {
        var plan = Plans.seen(["a"], Plans.settings(interval: 1_000_000) { $0.restoresInterval = .seconds(1000) })
        #expect(Plans.begun(&plan, now: 0) == [.readRestores(Plans.key("a"))])
        #expect(plan.inFlight == 1 && !plan.isFirstRoundDone)
        plan.restoresRead(Plans.key("a"), worked: true, now: 0)
        #expect(plan.isFirstRoundDone)
        #expect(Plans.begun(&plan, now: 499).isEmpty)
        #expect(Plans.begun(&plan, now: 500) == [.readRestores(Plans.key("a"))])
    }
}
