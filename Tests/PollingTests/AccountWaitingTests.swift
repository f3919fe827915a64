import Backups
import Fleet
import Freshness
import Logging
import Settings
import TestSupport
import Testing

@testable import Northflank
@testable import Polling

/// What keeps polls waiting, though no request fails.
struct AccountWaitingTests {
    private static func review(_ world: AccountWorld) async {
        world.advance(by: 5)
        await world.tick()
    }

    @Test("first checks: from the start until every addon was checked, whatever came of it")
    func firstChecks() async {
        let world = await AccountWorld()
        await world.tick()
        let began = world.now.wall
        #expect(
            world.status.trouble
                == Trouble(
                    reason: "first_checks",
                    message: "first checks: the lists of projects and addons are not read yet", since: began))
        #expect(world.status.isReachable == nil)
        await world.list(["a", "b"])
        await Self.review(world)
        #expect(world.status.trouble?.message == "first checks: 0 of 2 databases done")
        #expect(world.status.trouble?.since == began)
        #expect(world.status.isReachable == true)
        await world.observe("a", Backup.daily(1...15))
        await Self.review(world)
        #expect(world.status.trouble?.message == "first checks: 1 of 2 databases done")
        await world.fail("b", APIError(.forbidden, "no", status: 403))
        await Self.review(world)
        #expect(world.status.trouble == nil)
        // An addon that is new later is no first check.
        await world.list(["a", "b", "c"])
        await Self.review(world)
        #expect(world.status.trouble == nil)
    }

    @Test("a request that fails is told instead, and first checks again when it works")
    func failure() async {
        let world = await AccountWorld()
        await world.tick()
        let began = world.now.wall
        await world.list(["a", "b"])
        world.advance(by: 60)
        await world.fail("a", APIError(.unavailable, "HTTP 503", status: 503))
        #expect(world.status.trouble?.reason == "unavailable")
        #expect(world.status.trouble?.since == began + .seconds(60))
        await Self.review(world)
        #expect(world.status.trouble?.reason == "unavailable")
        await world.observe("a", Backup.daily(1...15))
        #expect(world.status.trouble?.reason == "first_checks")
        #expect(world.status.trouble?.since == began)
    }

    @Test("an account without addons has no first checks once its lists are read")
    func empty() async {
        let world = await AccountWorld()
        await world.list([String]())
        await Self.review(world)
        #expect(world.status.trouble == nil)
    }

    @Test("a reload goes on with what was checked")
    func reload() async {
        let world = await AccountWorld()
        await world.list(["a"])
        await world.observe("a", Backup.daily(1...15))
        await Self.review(world)
        await world.restart()
        await Self.review(world)
        #expect(world.status.trouble == nil)
        let early = await AccountWorld()
        await early.list(["a"])
        await Self.review(early)
        #expect(early.status.trouble?.reason == "first_checks")
        await early.restart()
        await early.observe("a", Backup.daily(1...15))
        await Self.review(early)
        #expect(early.status.trouble == nil)
    }

    @Test("the budget is used up while a poll waits and no request is left", arguments: [0, 1])
    func budget(left: Int) async {
        let world = await AccountWorld()
        let waits = { (checks: Int) in
            world.account.budgetTrouble(
                FreshnessPlan.Budget(allowance: 500, left: left, secondsToReset: 600), waiting: checks, now: world.now)
        }
        #expect(waits(0) == nil)
        #expect(
            waits(1)?.message
                == (left == 0 ? "request budget used up (500 of 500) until 2027-01-15 08:10 UTC; 1 check waits" : nil))
        #expect(
            waits(2)
                == (left == 0
                    ? Trouble(
                        reason: "budget",
                        message: "request budget used up (500 of 500) until 2027-01-15 08:10 UTC; 2 checks wait",
                        since: AccountWorld.start,
                        remedy: "raise budget_share (now 0.5), or ask Northflank for a higher limit")
                    : nil))
    }

    @Test("a used up budget is the account's trouble before its first checks, until requests are left")
    func budgetOfAccount() async {
        let world = await AccountWorld()
        await world.list(["a", "b"])
        world.budget = FreshnessPlan.Budget(allowance: 500, left: 0, secondsToReset: 600)
        await Self.review(world)
        let began = world.now.wall
        #expect(world.status.trouble?.reason == "budget")
        world.budget.secondsToReset = 595
        await Self.review(world)
        #expect(world.status.trouble?.since == began)
        #expect(
            world.status.trouble?.message
                == "request budget used up (500 of 500) until 2027-01-15 08:10 UTC; 2 checks wait")
        world.budget.left = 500
        await Self.review(world)
        #expect(world.status.trouble?.reason == "first_checks")
        #expect(world.status.isReachable == true)
    }

    @Test("filters that match nothing are told once, and again when others do")
    func filters() async {
        let world = await AccountWorld { account in
            account.discovery.projects.exclude = ["old-*"]
            account.discovery.types = ["redis"]
        }
        func told() -> [AccountNote] { world.notes.filter { $0.message.contains("filter") } }
        let text = "discovery.projects.exclude \"old-*\" matches 0 of 1"
        await world.list(["a", "b"])
        let first = AccountNote(
            .warning, "discovery filter matches nothing",
            ["filters": text + "; discovery.types \"redis\" matches 0 of 2"])
        #expect(told() == [first])
        await world.list(["a", "b", "c"])
        #expect(told() == [first])
        await world.list([AccountWorld.listing("a", type: "redis")])
        let second = AccountNote(.warning, "discovery filter matches nothing", ["filters": text])
        #expect(told() == [first, second])
    }

    @Test("nothing is told of filters while the lists are not complete")
    func incomplete() async {
        let world = await AccountWorld { $0.discovery.types = ["redis"] }
        await world.list(["a"], other: APIError(.unavailable, "HTTP 503", status: 503))
        #expect(!world.notes.contains { $0.message.contains("filter") })
        await world.list(["a"])
        #expect(world.notes.contains { $0.message.contains("filter") })
    }
}
