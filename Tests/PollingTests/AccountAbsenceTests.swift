import Backups
import Fleet
import Logging
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// Addons that go and come back. It is 08:00; dumps are due at midnight, and the newest was made today.
struct AccountAbsenceTests {
    private typealias World = AccountWorld

    private static let others = ["a", "b", "c"]

    /// The addon `db` among three others, with dumps of some days and a daily schedule.
    private static func world(
        days: ClosedRange<Int> = 1...15, onGone: Decisions.OnGone? = nil
    ) async -> AccountWorld {
        let world = await AccountWorld { $0.policies = [policy(onGone)].compactMap(\.self) }
        await world.list(["db"] + others)
        await world.observe("db", Backup.daily(days))
        await world.readSchedules("db", [.daily()])
        return world
    }

    private static func list(_ world: AccountWorld, _ uid: String?, times: Int = 1) async {
        for _ in 0..<times {
            var listings = others.map { AccountWorld.listing($0) }
            if let uid {
                var own = AccountWorld.listing("db")
                own.uid = uid
                listings.append(own)
            }
            await world.list(listings)
            world.advance(by: 60)
        }
    }

    @Test("R73, R76: an addon that two readings lack is gone, by its name, and stays so over a restart")
    func gone() async throws {
        let world = await Self.world()
        let since = world.now.wall
        await world.list(Self.others)
        #expect(world.addon("db")?.verdict.state == .ok)
        await world.tick()
        #expect(world.status.addonsMissing == 1)
        world.advance(by: 600)
        await world.list(Self.others)
        let gone = try #require(world.addon("db"))
        #expect(gone.verdict.findings == [.gone(since: since)])
        #expect(gone.addonName == "Name of db")
        #expect(gone.due == [])
        #expect(gone.standing?.state == .gone)
        #expect(gone.standing?.since == since)
        #expect(world.notes.contains { $0.message == "addon is gone" && $0.metadata["addon"] == "db" })
        await world.tick()
        #expect(world.status.addonsMissing == 0)
        #expect(world.status.addons == 3)
        await world.restart()
        #expect(world.addon("db")?.verdict.state == .gone)
        #expect(
            await world.kept()[world.key("db")]?.absence
                == Absence(since: since, isGone: true, confirmed: since + .seconds(600)))
    }

    private static func policy(_ onGone: Decisions.OnGone?) -> PolicyConfiguration? {
        guard let onGone else { return nil }
        var policy = PolicyConfiguration(source: DecisionSource(key: "accounts[0].policies[0]"))
        policy.decisions.onGone = onGone
        policy.sources[.onGone] = policy.source
        return policy
    }

    @Test("R94: an addon is missed unless its policy says otherwise", arguments: [nil] + Decisions.OnGone.allCases)
    func ignored(onGone: Decisions.OnGone?) async {
        let world = await Self.world(onGone: onGone)
        #expect(world.addon("db")?.decisions?.onGone == onGone)
        for _ in 1...2 { await world.list(Self.others) }
        #expect(world.addon("db")?.verdict.state == (onGone == .ignore ? nil : .gone))
        #expect(await world.kept()[world.key("db")]?.absence?.isGone == (onGone != .ignore))
    }

    @Test("R94: one that is gone already disappears when a new policy ignores it")
    func ignoredLater() async {
        let world = await Self.world()
        for _ in 1...2 { await world.list(Self.others) }
        #expect(world.addon("db")?.verdict.state == .gone)
        world.settings.policies = [Self.policy(.ignore)].compactMap(\.self)
        await world.restart(anew: true)
        #expect(world.addon("db") == nil)
        #expect(await world.kept()[world.key("db")]?.absence?.isGone == false)
    }

    @Test("R77: what is gone is dropped after a week, when it is forgotten, or by a filter; not before")
    func dropped() async {
        let world = await Self.world()
        for _ in 1...2 { await world.list(Self.others) }
        world.advance(by: 7 * 86_400 - 1)
        await world.tick()
        #expect(world.known.contains("db"))
        world.advance(by: 6)
        await world.tick()
        #expect(!world.known.contains("db"))
        #expect(await world.kept()[world.key("db")]?.absence?.isGone == false)

        let other = await Self.world()
        await other.handle(.forgotten(other.key("db")))
        #expect(other.addon("db")?.verdict.state == .ok)
        for _ in 1...2 { await other.list(Self.others) }
        await other.handle(.forgotten(other.key("db")))
        #expect(other.known == Self.others)
        await other.restart()
        #expect(other.known == Self.others)

        let filtered = await Self.world()
        for _ in 1...2 { await filtered.list(Self.others) }
        filtered.settings.discovery.addons.exclude = ["d*"]
        await filtered.restart()
        #expect(filtered.known == Self.others)
    }

    @Test("R18, R78: an addon that comes back is judged by its facts at once; only slots of its absence are forgiven")
    func back() async {
        let world = await Self.world(days: 1...12)
        #expect(world.addon("db")?.verdict.state == .late)
        await Self.list(world, nil, times: 2)
        #expect(world.addon("db")?.verdict.state == .gone)
        await Self.list(world, nil)
        await Self.list(world, "u-1")
        #expect(world.addon("db")?.verdict.state == .late)
        #expect(world.notes.contains { $0.message == "addon is back" })
        #expect(await world.kept()[world.key("db")]?.isWatched == true)

        // Away from before midnight until after it: that slot is forgiven, and the age is not too old yet.
        let well = await Self.world()
        well.advance(by: 15 * 3600)
        await Self.list(well, nil, times: 2)
        well.advance(by: 5 * 3600)
        await Self.list(well, "u-1")
        await well.observe("db", Backup.daily(1...15))
        #expect(well.addon("db")?.verdict.findings.contains { $0.kind == .slotsMissed } == false)
    }

    @Test("R78: a filter that was mistyped changes nothing for what it brings back")
    func filter() async {
        let world = await Self.world(days: 1...12)
        let include = world.settings.discovery.addons.include
        world.settings.discovery.addons.include = ["nothing"]
        await world.restart()
        #expect(world.known == [])
        world.settings.discovery.addons.include = include
        world.advance(by: 60)
        await world.restart()
        await world.list(["db"] + Self.others)
        #expect(world.addon("db")?.verdict.state == .late)
    }

    @Test("R78: another uid is another addon: nothing of the earlier one is left")
    func madeAnew() async {
        let world = await Self.world(days: 1...12)
        await Self.list(world, "u-1")
        #expect(world.addon("db")?.verdict.state == .late)
        await Self.list(world, "u-2")
        let new = world.addon("db")
        #expect(new?.verdict.findings.map(\.kind) == [.notObserved])
        #expect(new?.record?.schedules == nil)
        #expect(new?.record?.firstSeen == world.now.wall - .seconds(60))
        await world.observe("db", [])
        #expect(world.addon("db")?.record?.outcomes == OutcomeCounts())
        #expect(world.addon("db")?.verdict.state == .ok)
        // Without a uid it is the same addon.
        await Self.list(world, nil)
        await world.list(["db"] + Self.others)
        #expect(world.addon("db")?.record?.uid == "u-2")
    }

    @Test(
        "the schedules of another addon of the same name are read, though those of the first were read before a restart"
    )
    func madeAnewAfterRestart() async {
        let world = await Self.world(days: 1...12)
        await Self.list(world, "u-1")
        await world.restart()
        await Self.list(world, "u-2")
        await world.observe("db", [])
        #expect(await world.tick().contains(.schedules(world.key("db"))))
    }

    @Test(
        "R74: an explicit addon is gone when two polls and the list of its project lack it, until it is there again")
    func explicit() async {
        let world = await AccountWorld(addons: [Target(project: "shop", addon: "db")]) { $0.discovery.enabled = false }
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15))
        await world.readSchedules("db", [.daily()])
        for _ in 1...2 { await world.fail("db", APIError(.notFound, "no such addon", status: 404)) }
        #expect(world.addon("db")?.verdict.state == .ok)
        await world.list(Self.others)
        #expect(world.addon("db")?.verdict.state == .gone)
        // It stays as long as it is configured.
        world.advance(by: 30 * 86_400)
        await world.tick()
        await world.handle(.forgotten(world.key("db")))
        #expect(world.addon("db")?.verdict.state == .gone)
        await world.observe("db", Backup.daily(1...15))
        #expect(world.addon("db")?.verdict.state == .late)
    }

    @Test(
        "R73: an empty list of projects takes nothing away before the third reading in ten minutes, and says so at once"
    )
    func emptied() async {
        let world = await Self.world()
        let since = world.now.wall
        let shrunk = AccountFinding.shrunk(found: 0, of: 4, since: since, confirmAt: since + .seconds(600))
        await world.list([AddonListing]())
        #expect(world.notes.last { $0.level == .error }?.metadata["after"] == "0")
        #expect(world.status.findings == [shrunk])
        world.advance(by: 300)
        await world.list([AddonListing]())
        #expect(world.known.count == 4)
        #expect(world.status.findings == [shrunk])
        world.advance(by: 300)
        await world.list([AddonListing]())
        #expect(world.status.findings == [])
        #expect(world.known == ["db"])
        #expect(world.addon("db")?.verdict.state == .gone)
    }

    @Test("R74: an explicit addon that its list calls deleted is gone, and stays so at the next reading")
    func listedAsDeleted() async {
        let world = await AccountWorld(addons: [Target(project: "shop", addon: "db")]) { $0.discovery.enabled = false }
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15))
        for _ in 1...2 { await world.fail("db", APIError(.notFound, "no such addon", status: 404)) }
        for _ in 1...2 {
            await world.list(["db"], status: "deleted")
            #expect(world.addon("db")?.verdict.state == .gone)
        }
        #expect(world.notes.filter { $0.message == "addon is gone" }.count == 1)
    }
}
