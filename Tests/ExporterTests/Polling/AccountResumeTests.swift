import Backups
import Freshness
import Northflank
import Testing

@testable import Exporter

/// How an account is taken up where an earlier run, or the configuration before a reload, has left it.
struct AccountResumeTests {
    private typealias World = AccountWorld

    /// Observed at 08:00 and 08:01, their schedules known: daily at 09:00, taking ten minutes and five seconds.
    private func twoAddons() async -> World {
        let world = World()
        _ = world.actions()
        await world.list(World.lists(["a", "b"]))
        for addon in ["b", "a"] {
            let backups = (10...14).reversed().map { Backup.dump(.completed, "2027-01-\($0)T09:00:05Z", minutes: 10) }
            await world.observe(addon, backups, reason: .new)
            await world.readSchedules(addon, [.daily(hour: 9)])
            world.advance(by: 60)
        }
        _ = world.actions()
        return world
    }

    @Test("an addon that is known is not polled as new, and its schedules are not read again")
    func known() async {
        let world = await twoAddons()
        world.restart()
        #expect(world.known == ["a", "b"])
        #expect(world.actions() == [.readLists])
        await world.list(World.lists(["a", "b", "c"]))
        #expect(world.actions() == [.poll(world.key("c"), .new, .whole)])
        #expect(world.addon("a")?.lastObserved == time("2027-01-15T08:01:00Z"))
        #expect(world.addon("b")?.lastObserved == time("2027-01-15T08:00:00Z"))
    }

    @Test("restores that are known are not read again either")
    func restores() async {
        let world = await twoAddons()
        world.account.restores = true
        world.restart()
        #expect(world.actions() == [.readLists, .readRestores(world.key("b")), .readRestores(world.key("a"))])
        for addon in ["a", "b"] { await world.readRestores(addon, []) }
        world.restart()
        #expect(world.actions() == [.readLists])
    }

    @Test("it goes on with the one that was not seen for longest")
    func longestUnseen() async {
        let world = await twoAddons()
        world.restart()
        _ = world.actions()
        await world.list(World.lists(["a", "b"]))
        var polls: [AddonKey] = []
        for _ in 0..<400 where polls.count < 2 {
            world.advance(by: 1)
            for case .poll(let key, .sweep, _) in world.actions() { polls.append(key) }
        }
        #expect(polls == [world.key("b"), world.key("a")])
    }

    @Test("slots are waited for as before")
    func slots() async {
        let world = await twoAddons()
        world.poll.interval = 86_400
        world.restart()
        _ = world.actions()
        await world.list(World.lists(["a", "b"]))
        // Not before the backups of 09:00 should have ended, and not much later.
        var asked: [Double] = []
        for _ in 0..<6000 where asked.count < 2 {
            world.advance(by: 1)
            for case .poll(_, .slot, _) in world.actions() { asked.append(world.now.wall.seconds) }
        }
        let end = time("2027-01-15T09:10:05Z").seconds
        #expect(asked.count == 2)
        #expect(asked.allSatisfy { $0 >= end && $0 < end + 180 })
    }

    @Test("schedules are read again when a day has passed since they were, also in an earlier run")
    func schedulesAge() async {
        let world = await twoAddons()
        world.advance(by: 2 * 86_400)
        world.restart()
        // One after the other, so that polls have something left.
        var reads: [AddonKey] = []
        for _ in 0..<600 {
            for case .readSchedules(let key) in world.actions() { reads.append(key) }
            world.advance(by: 1)
        }
        #expect(reads == [world.key("b"), world.key("a")])
    }

    @Test("one that was never observed is new, whatever its name is known from")
    func neverObserved() async {
        let world = World()
        await world.list(World.lists(["a"]))
        world.restart()
        #expect(world.actions() == [.readLists, .poll(world.key("a"), .new, .whole)])
    }

    @Test("when all is to be polled once, what is known makes no difference")
    func once() async {
        let world = await twoAddons()
        world.restart(once: true)
        #expect(
            world.actions() == [
                .readLists, .poll(world.key("a"), .new, .whole), .poll(world.key("b"), .new, .whole),
            ])
        await world.list(World.lists(["a", "b"]))
        for addon in ["a", "b"] { await world.observe(addon, reason: .new) }
        #expect(world.actions() == [.readSchedules(world.key("a")), .readSchedules(world.key("b"))])
        #expect(!world.state.plan.isFirstRoundDone)
        for addon in ["a", "b"] { await world.readSchedules(addon, []) }
        #expect(world.state.plan.isFirstRoundDone)
        world.advance(by: 86_400)
        #expect(!world.actions().contains { if case .poll = $0 { true } else { false } })
    }
}
