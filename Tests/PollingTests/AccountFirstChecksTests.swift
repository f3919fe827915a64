import Backups
import Fleet
import Freshness
import Settings
import TestSupport
import Testing

@testable import Northflank
@testable import Polling

/// How far an account's first checks since the start are, and when they end.
struct AccountFirstChecksTests {
    private typealias Checks = PollingStatus.FirstChecks

    private static func review(_ world: AccountWorld, after seconds: Double = 5) async {
        world.advance(by: seconds)
        await world.tick()
    }

    /// A time in seconds from the start of the world.
    private static func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: AccountWorld.start.seconds + seconds) }

    @Test("before the lists are read neither the number of addons nor an end is known")
    func open() async {
        let world = await AccountWorld()
        await world.tick()
        #expect(world.status.firstChecks == Checks(done: 0, of: 0))
        let listed = await AccountWorld(addons: [Target(project: "shop", addon: "a")])
        await listed.tick()
        #expect(listed.status.firstChecks == Checks(done: 0, of: 1))
    }

    @Test("without discovery the addons are known from the start")
    func explicit() async {
        let world = await AccountWorld(addons: [Target(project: "shop", addon: "a")]) { $0.discovery.enabled = false }
        await world.tick()
        #expect(world.status.firstChecks == Checks(done: 0, of: 1, expectedEnd: Self.at(0)))
    }

    @Test("the end follows from the pace so far, an assumed one before the first answer")
    func pace() async {
        let world = await AccountWorld()
        await world.list(["a", "b", "c", "d"])
        await Self.review(world)
        // Four of 0.2s.
        #expect(world.status.firstChecks == Checks(done: 0, of: 4, expectedEnd: Self.at(6)))
        await world.observe("a", Backup.daily(1...15))
        await world.fail("b", APIError(.forbidden, "no", status: 403))
        await Self.review(world)
        // Two in 10s; the other two take as long.
        #expect(world.status.firstChecks == Checks(done: 2, of: 4, expectedEnd: Self.at(20)))
        await Self.review(world, after: 90)
        // No slower than the budget of 500 an hour: 7.2s each.
        #expect(world.status.firstChecks == Checks(done: 2, of: 4, expectedEnd: Self.at(114)))
    }

    @Test("where the budget decides the end it is named")
    func limited() async {
        let world = await AccountWorld()
        world.budget = .init(allowance: 500, left: 0, secondsToReset: 600)
        await world.list(["a", "b", "c", "d"])
        await Self.review(world)
        #expect(
            world.status.firstChecks == Checks(done: 0, of: 4, expectedEnd: Self.at(606), requestsPerHour: 500))
    }

    @Test("after a restart the known addons come in the order of the sweep")
    func restart() async {
        let world = await AccountWorld()
        await world.list(["a", "b"])
        await world.observe("a", Backup.daily(1...15))
        await world.observe("b", Backup.daily(1...15))
        world.advance(by: 60)
        await world.restart(anew: true)
        await world.list(["a", "b"])
        await Self.review(world)
        #expect(world.status.firstChecks == Checks(done: 0, of: 2, expectedEnd: Self.at(365)))
    }

    @Test("once every addon was checked there are no first checks any more, for good")
    func done() async {
        let world = await AccountWorld { $0.webhookToken = .environment("SECRET") }
        await world.list(["a", "b"])
        await Self.review(world)
        await world.observe("a", Backup.daily(1...15))
        await world.fail("b", APIError(.forbidden, "no", status: 403))
        // The last one ends while another poll waits for the budget.
        await world.handle(.hinted(world.key("a"), .end))
        world.budget = .init(allowance: 500, left: 0, secondsToReset: 600)
        await Self.review(world)
        #expect(world.status.trouble?.reason == "budget")
        #expect(world.status.firstChecks == nil)
        await world.list(["a", "b", "c"])
        await Self.review(world)
        #expect(world.status.firstChecks == nil)
    }
}
