import Backups
import Fleet
import Freshness
import Settings
import TestSupport
import Testing

@testable import Polling

/// What time alone changes: looked at every five seconds, without anything new.
struct AccountReviewTests {
    private let world: AccountWorld

    init() async { world = await AccountWorld(addons: [Target(project: "shop", addon: "db")]) }

    private var state: HealthState? { world.addon("db")?.verdict.state }

    private func advance(by seconds: Double) async {
        world.advance(by: seconds)
        await world.tick()
    }

    private func observe(_ schedules: [BackupSchedule] = [.daily()]) async {
        await world.tick()
        await world.observe("db", Backup.daily(1...15))
        await world.readSchedules("db", schedules)
    }

    @Test("R1, R70: after three intervals an observation is too old")
    func unknown() async {
        await observe()
        await advance(by: 900)
        #expect(state == .ok)
        // Not before it is time to look again.
        await advance(by: 1)
        #expect(state == .ok)
        await advance(by: 4)
        #expect(state == .unknown)
        #expect(world.addon("db")?.verdict.findings == [.notObserved(since: AccountWorld.start, limit: .seconds(900))])
        await world.observe("db", Backup.daily(1...15))
        #expect(state == .ok)
    }

    @Test("R70, R71: a bad state stays bad, with one more reason")
    func bad() async {
        await world.tick()
        await world.observe("db", [.dump(.failed, "2027-01-15T07:00:00Z")] + Backup.daily(1...15))
        await world.readSchedules("db", [.daily()])
        await advance(by: 905)
        #expect(state == .failing)
        #expect(world.addon("db")?.verdict.findings.map(\.state) == [.failing, .unknown])
    }

    @Test("R70: when the budget stretches the interval, the interval in force counts")
    func stretched() async {
        world.budget = FreshnessPlan.Budget(allowance: 1, left: 0, secondsToReset: 3600)
        await observe()
        await advance(by: 905)
        #expect(state == .ok)
        #expect(world.status.pollInterval > .seconds(3600))
    }

    @Test("the next slot moves on when it is due")
    func due() async {
        await observe([.daily(hour: 9), .daily("snapshots", type: .snapshot, hour: 8)])
        let tomorrow = NextDue(type: .snapshot, slot: time("2027-01-16T08:00:00Z"))
        #expect(
            world.addon("db")?.due == [tomorrow, NextDue(type: .dump, slot: time("2027-01-15T09:00:00Z"))])
        await advance(by: 3599)
        #expect(world.addon("db")?.due.last?.slot == time("2027-01-15T09:00:00Z"))
        await advance(by: 5)
        #expect(
            world.addon("db")?.due == [tomorrow, NextDue(type: .dump, slot: time("2027-01-16T09:00:00Z"))])
    }

    @Test("slots follow the configured zone")
    func zone() async {
        world.settings.objective.timeZone = "Asia/Tokyo"
        await world.restart()
        await observe([.daily(hour: 9)])
        #expect(world.addon("db")?.due == [NextDue(type: .dump, slot: time("2027-01-16T00:00:00Z"))])
    }

    @Test("the instant at which the budget is used up is one of the wall clock")
    func budgetUsedUp() async {
        let addons = (1...20).map { Target(project: "shop", addon: "db-\($0)") }
        let world = await AccountWorld(addons: addons)
        world.advance(by: 1000)
        world.budget = FreshnessPlan.Budget(allowance: 500, left: 5, secondsToReset: 3600)
        await world.tick()
        #expect(world.status.budgetUsedUpAt == world.now.wall)
        world.budget.left = 500
        world.advance(by: 5)
        await world.tick()
        #expect(world.status.budgetUsedUpAt == nil)
    }

    @Test("an addon that does not change is not published again")
    func unchanged() async {
        await observe()
        let before = world.published
        await advance(by: 5)
        await advance(by: 800)
        #expect(world.published == before)
    }
}
