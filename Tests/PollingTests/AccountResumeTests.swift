import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// How an account is taken up where an earlier run, or the configuration before a reload, has left it.
struct AccountResumeTests {
    private typealias World = AccountWorld

    /// Observed at 08:00 and 08:01, their schedules known: daily at 09:00, taking ten minutes and five seconds.
    private func twoAddons() async -> World {
        let world = await World()
        _ = await world.tick()
        await world.list(["a", "b"])
        for addon in ["b", "a"] {
            let backups = (10...14).reversed().map { Backup.dump(.completed, "2027-01-\($0)T09:00:05Z", minutes: 10) }
            await world.observe(addon, backups, reason: .new)
            await world.readSchedules(addon, [.daily(hour: 9)])
            world.advance(by: 60)
        }
        _ = await world.tick()
        return world
    }

    @Test("an addon that is known is not polled as new, and its schedules are not read again")
    func known() async {
        let world = await twoAddons()
        await world.restart()
        #expect(world.known == ["a", "b"])
        #expect(await world.tick() == [.projects])
        await world.list(["a", "b", "c"])
        #expect(await world.tick() == [.backups(world.key("c"), .new, backTo: nil)])
        #expect(world.addon("a")?.lastObserved == time("2027-01-15T08:01:00Z"))
        #expect(world.addon("b")?.lastObserved == time("2027-01-15T08:00:00Z"))
    }

    @Test("restores that are known are not read again either")
    func restores() async {
        let world = await twoAddons()
        world.settings.restores = true
        await world.restart()
        #expect(await world.tick() == [.projects, .restores(world.key("b")), .restores(world.key("a"))])
        for addon in ["a", "b"] { await world.readRestores(addon, []) }
        await world.restart()
        #expect(await world.tick() == [.projects])
    }

    @Test("polling goes on with the addon that was not observed for longest")
    func longestUnseen() async {
        let world = await twoAddons()
        await world.restart()
        _ = await world.tick()
        await world.list(["a", "b"])
        var polls: [AddonKey] = []
        for _ in 0..<400 where polls.count < 2 {
            world.advance(by: 1)
            for case .backups(let key, .sweep, _, _, _) in await world.tick() { polls.append(key) }
        }
        #expect(polls == [world.key("b"), world.key("a")])
    }

    @Test("slots are waited for as before")
    func slots() async {
        let world = await twoAddons()
        world.poll.interval = .seconds(86_400)
        await world.restart()
        _ = await world.tick()
        await world.list(["a", "b"])
        // Not before the backups of 09:00 should have ended, and not much later.
        var asked: [Double] = []
        for _ in 0..<6000 where asked.count < 2 {
            world.advance(by: 1)
            for case .backups(_, .slot, _, _, _) in await world.tick() { asked.append(world.now.wall.seconds) }
        }
        let end = time("2027-01-15T09:10:05Z").seconds
        #expect(asked.count == 2)
        #expect(asked.allSatisfy { $0 >= end && $0 < end + 180 })
    }

    @Test("schedules are read again when a day has passed since they were, also in an earlier run")
    func schedulesAge() async {
        let world = await twoAddons()
        world.advance(by: 2 * 86_400)
        await world.restart()
        // One after the other, so that polls have something left.
        var reads: [AddonKey] = []
        for _ in 0..<600 {
            for case .schedules(let key) in await world.tick() { reads.append(key) }
            world.advance(by: 1)
        }
        #expect(reads == [world.key("b"), world.key("a")])
    }

    @Test("an addon that was never observed is new, even if its name is known")
    func neverObserved() async {
        let world = await World()
        await world.list(["a"])
        await world.restart()
        #expect(await world.tick() == [.projects, .backups(world.key("a"), .new, backTo: nil)])
    }

    @Test("whole readings and pages are known: after a restart the first page is read back to what is known")
    func whole() async {
        let world = await World()
        await world.tick()
        await world.list(["db"])
        let many = (0..<450).map { number -> Backup in
            var backup = Backup.dump(.completed, "2027-01-15T07:00:00Z")
            backup.createdAt = backup.createdAt.adding(milliseconds: -60_000 * Int64(number))
            backup.identity = "\(number)"
            return backup
        }
        await world.observe("db", many, pages: 5, reason: .new)
        #expect(world.addon("db")?.pages(of: 100) == 5)
        world.advance(by: 600)
        for _ in 0..<2 {
            await world.restart()
            await world.list(["db"])
            #expect(await world.pollByNextSweep() == .backups(world.key("db"), .sweep, backTo: many[0].createdAt))
            // Its four further pages a day count in the arithmetic: without them it would be 600 seconds.
            let scarce = FreshnessPlan.Budget(allowance: 10, left: 10, secondsToReset: 3600)
            #expect(world.account.plan.intervalInForce(scarce).seconds.rounded() == 613)
        }
        // A day after the last whole reading all pages are read again, however many restarts there were.
        world.advance(by: 86_399)
        await world.restart()
        await world.list(["db"])
        #expect(await world.pollByNextSweep() == .backups(world.key("db"), .sweep, backTo: nil))
    }

    @Test("a whole reading in the future of the clock counts as read now")
    func clockPutBack() async {
        let world = await World()
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15), reason: .new)
        world.setClockBack(by: 10 * 86_400)
        await world.restart()
        await world.list(["db"])
        world.advance(by: 86_400)
        #expect(await world.pollByNextSweep() == .backups(world.key("db"), .sweep, backTo: nil))
    }

    @Test("the interval in force begins with what the budget allows for all addons that are known")
    func interval() {
        var settings = AccountConfiguration(token: .environment("TOKEN"))
        settings.discovery.enabled = true
        func interval(_ count: Int) -> Duration {
            let known = (0..<count).map {
                Addon(key: AddonKey(account: "default", project: "shop", addon: "db-\($0)"))
            }
            let now = Instant(wall: AccountWorld.start, uptime: 0)
            return Account(settings, poll: PollConfiguration(), known: known, now: now).interval
        }
        #expect(interval(41) == .seconds(300))
        #expect(interval(600) == .seconds(4320))
    }

    @Test("when everything is polled once, earlier knowledge makes no difference")
    func once() async {
        let world = await twoAddons()
        await world.restart(once: true)
        #expect(
            await world.tick() == [
                .projects, .backups(world.key("a"), .new, backTo: nil), .backups(world.key("b"), .new, backTo: nil),
            ])
        await world.list(["a", "b"])
        for addon in ["a", "b"] { await world.observe(addon, reason: .new) }
        #expect(await world.tick() == [.schedules(world.key("a")), .schedules(world.key("b"))])
        #expect(!world.account.isFirstRoundDone)
        for addon in ["a", "b"] { await world.readSchedules(addon, []) }
        #expect(world.account.isFirstRoundDone)
        world.advance(by: 86_400)
        #expect(await !world.tick().contains { if case .backups = $0 { true } else { false } })
    }
}
