import Backups
import Freshness
import Northflank
import Testing

@testable import Exporter

/// What is asked of an account's addons, and why.
struct AccountPlanTests {
    private typealias World = AccountWorld

    private static let db = [Target(project: "shop", addon: "db")]

    /// The history of an hourly schedule up to 08:00, with backups that take five minutes.
    private static let hourly = (0...8).reversed().map {
        Backup.dump(.completed, "2027-01-15T0\($0):00:00Z", minutes: 5)
    }

    private static let everyHour = BackupSchedule(
        id: "hourly", type: .dump, rule: .init(interval: .hourly), effectiveFrom: time("2027-01-15T00:00:00Z"))

    @Test("an addon that is new is polled at once, then its schedules are read, and then nothing is to be done")
    func new() async {
        let world = World(addons: Self.db) { $0.restores = true }
        let key = world.key("db")
        #expect(world.actions() == [.readLists, .poll(key, .new, .whole)])
        await world.list(World.lists(["db"]))
        await world.observe("db", Backup.daily(1...15), reason: .new)
        #expect(world.actions() == [.readSchedules(key), .readRestores(key)])
        await world.readSchedules("db", [.daily()])
        await world.readRestores("db", [])
        #expect(world.actions() == [])
    }

    /// Observed and its schedule read at 08:02, and polled again at 09:32: there is no backup of 09:00. That of 08:00
    /// is too old from 09:35 on.
    private func missingBackup() async -> World {
        let world = World(addons: Self.db)
        _ = world.actions()
        await world.list(World.lists(["db"]))
        world.advance(by: 120)
        await world.observe("db", Self.hourly, reason: .new)
        _ = world.actions()
        await world.readSchedules("db", [Self.everyHour])
        _ = world.actions()
        // The grace of 09:00 is not over.
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(!world.actions().contains(.readSchedules(world.key("db"))))
        world.advance(by: 1800)
        await world.observe("db", Self.hourly)
        return world
    }

    @Test("before a slot is told to be missed the schedules are read again, but not each hour")
    func missedSlot() async {
        let world = await missingBackup()
        func missed() -> [Int?] {
            let addon = world.addon("db")
            return [addon?.assessment?.slots.first?.missedInARow, addon?.record?.slots[.dump]?.missed]
        }
        #expect(missed() == [0, 0])
        #expect(world.addon("db")?.verdict.state == .ok)
        #expect(world.actions().contains(.readSchedules(world.key("db"))))
        await world.readSchedules("db", [Self.everyHour])
        #expect(missed() == [1, 1])
        #expect(world.addon("db")?.verdict.state == .late)
        // The next one is told an hour after its grace, however old the schedules are then.
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(missed() == [1, 1])
        #expect(!world.actions().contains(.readSchedules(world.key("db"))))
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(missed() == [2, 2])
    }

    @Test("a slot of a schedule that is no longer what it was is not missed")
    func changedSchedule() async {
        let world = await missingBackup()
        let changed = BackupSchedule(
            id: "hourly", type: .dump, rule: .init(interval: .daily, hours: [20]),
            effectiveFrom: time("2027-01-15T08:30:00Z"))
        await world.readSchedules("db", [changed])
        #expect(world.addon("db")?.assessment?.slots.map(\.missedInARow) == [0])
        #expect(world.addon("db")?.record?.slots[.dump]?.missed == 0)
        #expect(world.addon("db")?.verdict.state == .ok)
        #expect(world.addon("db")?.due == [NextDue(type: .dump, slot: time("2027-01-15T20:00:00Z"))])
    }

    @Test("an addon that enters or leaves the states `backup` and `restore` is polled")
    func sentinel() async {
        let world = World(addons: Self.db)
        let key = world.key("db")
        _ = world.actions()
        await world.list(World.lists(["db"]))
        await world.observe("db", Backup.daily(1...15), reason: .new)
        _ = world.actions()
        await world.readSchedules("db", [.daily()])
        for (status, isNews) in [
            ("backup", true), ("backup", false), ("running", true), ("running", false), ("restore", true),
            ("scaling", true),
        ] {
            world.advance(by: 20)
            await world.list(World.lists(["db"], status: status))
            let polls = world.actions().filter { $0 == .poll(key, .sentinel, .newest) }
            #expect(polls.count == (isNews ? 1 : 0), "\(status)")
            if isNews { await world.observe("db", Backup.daily(1...15), isWhole: false, reason: .sentinel) }
        }
    }

    @Test("a webhook's word is taken once, and only of addons that are watched")
    func hints() async {
        let world = World(addons: Self.db) { $0.webhookToken = .environment("SECRET") }
        let key = world.key("db")
        func hint(_ addon: String, _ kind: HintKind = .end) -> Webhooks.Result {
            world.state.hinted(world.key(addon), kind, now: world.now)
        }
        // It is to be polled anyway.
        #expect(hint("db") == .coalesced)
        _ = world.actions()
        await world.list(World.lists(["db"]))
        await world.observe("db", Backup.daily(1...15), reason: .new)
        await world.readSchedules("db", [.daily()])
        _ = world.actions()
        world.advance(by: 60)
        #expect(hint("db") == .accepted)
        #expect(hint("db") == .coalesced)
        #expect(hint("nobody") == .unknown)
        #expect(world.actions().contains(.poll(key, .webhook, .newest)))
        // The poll that is under way may have been answered before the end.
        #expect(hint("db") == .accepted)
        #expect(hint("db") == .coalesced)
    }

    @Test("without a secret no webhook's word is taken")
    func hintsOff() async {
        let world = World(addons: Self.db)
        _ = world.actions()
        await world.observe("db", Backup.daily(1...15), reason: .new)
        #expect(world.state.hinted(world.key("db"), .end, now: world.now) == .unknown)
    }

    @Test("a list that is newest first is read back to what is known and has ended")
    func reach() async {
        let world = World(addons: Self.db)
        let key = world.key("db")
        #expect(world.state.reach(key, .newest) == nil)
        await world.observe("db", Backup.daily(1...15))
        #expect(world.state.reach(key, .newest) == time("2027-01-15T00:00:05Z"))
        #expect(world.state.reach(key, .whole) == nil)
        // What has run for more than a day is left to the daily reading of all pages.
        let running = ["2027-01-14T08:00:00.001Z", "2027-01-14T08:00:00Z"].map { Backup.dump(.inProgress, $0) }
        await world.observe("db", Backup.daily(15...15) + running + Backup.daily(1...14))
        #expect(world.state.reach(key, .newest) == time("2027-01-14T08:00:00.001Z"))
        await world.observe("db", Backup.daily(1...15).reversed())
        #expect(world.state.reach(key, .newest) == nil)
        // Once in another order, only a whole list that is in order makes it trusted again.
        await world.observe("db", Backup.daily(10...15), isWhole: false)
        #expect(world.state.reach(key, .newest) == nil)
        await world.observe("db", Backup.daily(1...15))
        #expect(world.state.reach(key, .newest) == time("2027-01-15T00:00:05Z"))
    }

    @Test("requests are counted by what they were for, pages each, failures as one")
    func reasons() async {
        let world = World(addons: Self.db)
        await world.list(World.lists(["db"]))
        await world.observe("db", pages: 3, reason: .slot)
        world.fail("db", APIError(.timeout, "too slow"), reason: .webhook)
        await world.observe("db", reason: .sweep)
        await world.readSchedules("db", [])
        await world.readRestores("db", [])
        world.state.projectRead(
            "shop", Listing(entries: [], pages: 4), now: world.now)
        world.state.projectFailed("shop", now: world.now)
        #expect(
            world.status?.requestsByReason == [
                "new": 0, "webhook": 1, "sentinel": 5, "slot": 3, "sweep": 1, "lists": 2, "schedules": 1,
                "restores": 1,
            ])
    }

    @Test("addons that go are handed out once, so that a restart does not show them")
    func dropped() async {
        let world = World(addons: Self.db)
        await world.list(World.lists(["a", "b", "db"]))
        #expect(world.state.takeDropped() == [])
        await world.list(World.lists(["a"], errors: [APIError(.timeout, "too slow")]))
        #expect(world.state.takeDropped() == [])
        await world.list(World.lists(["b"]))
        #expect(world.state.takeDropped() == [world.key("a")])
        #expect(world.state.takeDropped() == [])
        // Explicit ones only if the API does not know them.
        world.fail("db", APIError(.notFound, "gone"))
        #expect(world.state.takeDropped() == [])
        world.fail("db", APIError(.notFound, "gone"))
        #expect(world.state.takeDropped() == [world.key("db")])
    }

    @Test(
        "lists that could not be read, or not all of them, are asked for again before their interval is over",
        arguments: [
            (AccountWorld.lists(["db"]), [600.0]),
            (AccountWorld.lists(["db"], errors: [APIError(.serverError, "no")]), [72, 144, 264, 504]),
            (AccountLists(errors: [APIError(.unauthorized, "no")], requests: 1), [36, 96, 216, 336, 456, 576]),
        ])
    func listsAgain(lists: AccountLists, expected: [Double]) async {
        let world = AccountWorld()
        var reads: [Double] = []
        for second in 0...600 {
            if world.actions().contains(.readLists) {
                await world.list(lists)
                reads.append(Double(second))
            }
            world.advance(by: 1)
        }
        #expect(reads == [0] + expected)
    }
}
