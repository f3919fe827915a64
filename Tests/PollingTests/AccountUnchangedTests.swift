import Backups
import Fleet
import Freshness
import Northflank
import TestSupport
import Testing

@testable import Polling

/// Polls that find the list of backups as it was.
@Suite struct AccountUnchangedTests {
    /// With a daily schedule at nine, seen at eight.
    private static func world() async -> AccountWorld {
        let world = await AccountWorld()
        world.recognizesLists = true
        await world.list(["orders-db"])
        await world.observe("orders-db", Backup.daily(10...15))
        await world.readSchedules("orders-db", [.daily(hour: 9)])
        return world
    }

    @Test("only the observation moves: here, and in the history")
    func unchanged() async throws {
        let world = await Self.world()
        let before = try #require(world.addon("orders-db"))
        let requests = world.requests[.poll(.sweep)]
        world.advance(by: 300)
        await world.observeAgain("orders-db")
        let after = try #require(world.addon("orders-db"))
        #expect(after.lastObserved == world.now.wall)
        #expect(after.assessment == before.assessment)
        #expect(after.isUp == true)
        #expect(world.requests[.poll(.sweep)] == requests.map { $0 + 1 })
        var kept = try #require(await world.kept()[world.key("orders-db")])
        #expect(kept.lastObserved == world.now.wall)
        #expect(kept.lastWhole == world.now.wall)
        (kept.lastObserved, kept.lastWhole) = (before.lastObserved, before.record?.lastWhole)
        #expect(kept == after.record)
    }

    @Test("the next poll says how the list was last read")
    func known() async throws {
        let world = await Self.world()
        let request = try #require(await world.pollByNextSweep())
        guard case .backups(_, _, _, let known, _) = request else { return }
        #expect(known?.isWhole == true)
    }

    @Test("time alone makes a slot missed, also where the list stays as it is")
    func due() async throws {
        let world = await Self.world()
        world.advance(by: 3600 + 1799)
        await world.observeAgain("orders-db")
        #expect(world.addon("orders-db")?.verdict.state == .ok)
        world.advance(by: 3600)
        await world.readSchedules("orders-db", [.daily(hour: 9)])
        await world.observeAgain("orders-db")
        let findings = try #require(world.addon("orders-db")).verdict.findings
        #expect(findings.contains { if case .slotsMissed = $0 { true } else { false } })
        #expect(world.addon("orders-db")?.lastObserved == world.now.wall)
        #expect(await world.kept()[world.key("orders-db")]?.slots[.dump]?.missed == 1)
    }

    @Test("a list of several pages, and an addon that was away, are read again")
    func notKnown() async throws {
        let world = await Self.world()
        await world.observe("orders-db", Backup.daily(10...15), pages: 2)
        #expect(world.account.lists.isEmpty)
        await world.observe("orders-db", Backup.daily(10...15))
        #expect(world.account.lists.count == 1)
        for _ in 1...3 {
            await world.list([String]())
            world.advance(by: 300)
        }
        #expect(world.account.lists.isEmpty)
    }

    @Test("what the history has lost is read again, and counts as a poll that failed until then")
    func lost() async throws {
        let world = await Self.world()
        let addon = try #require(world.addon("orders-db"))
        let requests = try #require(world.requests[.poll(.sweep)])
        await world.handle(.kept(.unchanged(addon, isWhole: true, .sweep), []))
        #expect(world.account.lists.isEmpty)
        #expect(world.addon("orders-db") == addon)
        #expect(world.requests[.poll(.sweep)] == requests + 1)
        // An answer that comes nevertheless.
        await world.observeAgain("orders-db")
        #expect(world.addon("orders-db") == addon)
    }
}
