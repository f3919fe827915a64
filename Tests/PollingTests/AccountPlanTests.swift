import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// What is asked of an account's addons, and why.
struct AccountPlanTests {
    private typealias World = AccountWorld

    private static let db = [Target(project: "shop", addon: "db")]

    /// The history of an hourly schedule up to 08:00, with backups that take five minutes.
    private static let hourly = (0...8).reversed().map {
        Backup.dump(.completed, "2027-01-15T0\($0):00:00Z", minutes: 5)
    }

    /// How far back a list of dumps of each midnight must be read.
    private static let newest = time("2027-01-15T00:00:05Z")

    private static let everyHour = BackupSchedule(
        id: "hourly", type: .dump, rule: .init(interval: .hourly), effectiveFrom: time("2027-01-15T00:00:00Z"))

    @Test("a new addon is polled at once, then its schedules are read, and then the account waits")
    func new() async {
        let world = await World(addons: Self.db) { $0.restores = true }
        let key = world.key("db")
        #expect(await world.tick() == [.projects, .backups(key, .new, backTo: nil)])
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15), reason: .new)
        #expect(await world.tick() == [.schedules(key), .restores(key)])
        await world.readSchedules("db", [.daily()])
        await world.readRestores("db", [])
        #expect(await world.tick() == [])
    }

    /// Observed and its schedule read at 08:02, and polled again at 09:32: there is no backup of 09:00. That of 08:00
    /// is too old from 09:35 on.
    private func missingBackup() async -> World {
        let world = await World(addons: Self.db)
        _ = await world.tick()
        await world.list(["db"])
        world.advance(by: 120)
        await world.observe("db", Self.hourly, reason: .new)
        _ = await world.tick()
        await world.readSchedules("db", [Self.everyHour])
        _ = await world.tick()
        // The grace of 09:00 is not over.
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(await !world.tick().contains(.schedules(world.key("db"))))
        world.advance(by: 1800)
        await world.observe("db", Self.hourly)
        return world
    }

    @Test("before a slot counts as missed the schedules are read again, but not each hour")
    func missedSlot() async {
        let world = await missingBackup()
        func missed() -> [Int?] {
            let addon = world.addon("db")
            return [addon?.assessment?.slots.first?.missedInARow, addon?.record?.slots[.dump]?.missed]
        }
        #expect(missed() == [0, 0])
        #expect(world.addon("db")?.verdict.state == .ok)
        #expect(await world.tick().contains(.schedules(world.key("db"))))
        await world.readSchedules("db", [Self.everyHour])
        #expect(missed() == [1, 1])
        #expect(world.addon("db")?.verdict.state == .late)
        // The next one is told an hour after its grace, however old the schedules are then.
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(missed() == [1, 1])
        #expect(await !world.tick().contains(.schedules(world.key("db"))))
        world.advance(by: 3600)
        await world.observe("db", Self.hourly)
        #expect(missed() == [2, 2])
    }

    @Test("a slot of a schedule that has changed is not missed")
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
        let world = await World(addons: Self.db)
        let key = world.key("db")
        _ = await world.tick()
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15), reason: .new)
        _ = await world.tick()
        await world.readSchedules("db", [.daily()])
        for (status, isNews) in [
            ("backup", true), ("backup", false), ("running", true), ("running", false), ("restore", true),
            ("scaling", true),
        ] {
            world.advance(by: 20)
            await world.list(["db"], status: status)
            let polls = await world.tick().filter { $0 == .backups(key, .sentinel, backTo: Self.newest) }
            #expect(polls.count == (isNews ? 1 : 0), "\(status)")
            if isNews { await world.observe("db", Backup.daily(1...15), isWhole: false, reason: .sentinel) }
        }
    }

    @Test("a webhook's hint is used once, and only for watched addons")
    func hints() async {
        let world = await World(addons: Self.db) { $0.webhookToken = .environment("SECRET") }
        let key = world.key("db")
        func hint(_ addon: String) async -> WebhookResult? {
            await world.handle(.hinted(world.key(addon), .end))
            return world.hints.last
        }
        // It is to be polled anyway.
        #expect(await hint("db") == .coalesced)
        _ = await world.tick()
        await world.list(["db"])
        await world.observe("db", Backup.daily(1...15), reason: .new)
        await world.readSchedules("db", [.daily()])
        _ = await world.tick()
        world.advance(by: 60)
        #expect(await hint("db") == .accepted)
        #expect(await hint("db") == .coalesced)
        #expect(await hint("nobody") == .unknown)
        #expect(await world.tick().contains(.backups(key, .webhook, backTo: Self.newest)))
        // The poll that is under way may have been answered before the end.
        #expect(await hint("db") == .accepted)
        #expect(await hint("db") == .coalesced)
    }

    @Test("without a secret no webhook's hint is used")
    func hintsOff() async {
        let world = await World(addons: Self.db)
        _ = await world.tick()
        await world.observe("db", Backup.daily(1...15), reason: .new)
        await world.handle(.hinted(world.key("db"), .end))
        #expect(world.hints == [.unknown])
    }

    @Test("a list that is newest first is read back to the known ended backups")
    func reach() async {
        let world = await World(addons: Self.db)
        func reach() -> Timestamp? { world.addon("db")?.reach }
        #expect(reach() == nil)
        await world.observe("db", Backup.daily(1...15))
        #expect(reach() == Self.newest)
        // What has run for more than a day is left to the daily reading of all pages.
        let running = ["2027-01-14T08:00:00.001Z", "2027-01-14T08:00:00Z"].map { Backup.dump(.inProgress, $0) }
        await world.observe("db", Backup.daily(15...15) + running + Backup.daily(1...14))
        #expect(reach() == time("2027-01-14T08:00:00.001Z"))
        await world.observe("db", Backup.daily(1...15).reversed())
        #expect(reach() == nil)
        // Once in another order, only a whole list that is in order makes it trusted again.
        await world.observe("db", Backup.daily(10...15), isWhole: false)
        #expect(reach() == nil)
        await world.observe("db", Backup.daily(1...15))
        #expect(reach() == Self.newest)
    }

    @Test("requests are counted by purpose: each page, and each failure once")
    func purposes() async {
        let world = await World(addons: Self.db)
        await world.list(["db"])
        await world.observe("db", pages: 3, reason: .slot)
        await world.fail("db", APIError(.timeout, "too slow"), reason: .webhook)
        await world.observe("db", reason: .sweep)
        await world.observe("stranger", pages: 2, reason: .sentinel)
        await world.readSchedules("db", [])
        await world.readRestores("db", [])
        await world.handle(.answered(.addonStates(project: "shop", .success(Listing(entries: [], pages: 4)))))
        await world.handle(.answered(.addonStates(project: "shop", .failure(APIError(.timeout, "too slow")))))
        #expect(
            world.requests == [
                .poll(.slot): 3, .poll(.webhook): 1, .poll(.sweep): 1, .poll(.sentinel): 2, .lists: 2, .schedules: 1,
                .restores: 1, .addonStates: 5,
            ])
    }

    @Test("answers that were cancelled count and change nothing")
    func cancelled() async {
        let world = await World(addons: Self.db)
        await world.observe("db")
        let (before, error) = (world.addon("db"), APIError(.cancelled, "cancelled"))
        await world.fail("db", error)
        await world.handle(.answered(.addonStates(project: "shop", .failure(error))))
        #expect(world.addon("db") == before)
        await world.list([World.listing("new")], projects: error)
        #expect(world.requests == [.poll(.sweep): 1])
        #expect(world.known == ["db"])
        #expect(world.status.isDiscoveryUp == nil)
        #expect(!world.notes.contains { $0.message.contains("discovery") })
    }

    @Test("dropped addons are marked in the history, so that a restart does not show them")
    func unwatched() async {
        let world = await World(addons: Self.db)
        func isWatched(_ addons: String...) async -> [Bool?] {
            let kept = await world.kept()
            return addons.map { kept[world.key($0)]?.isWatched }
        }
        await world.list(["a", "b", "db"])
        #expect(await isWatched("a", "b", "db") == [true, true, true])
        await world.list(["a"], other: APIError(.timeout, "too slow"))
        #expect(await isWatched("a", "b", "db") == [true, true, true])
        for _ in 1...2 { await world.list(["b"]) }
        #expect(await isWatched("a", "b", "db") == [false, true, true])
        // An explicit one if the API does not know it, in neither of two polls nor in the lists.
        await world.observe("db", Backup.daily(1...15))
        await world.fail("db", APIError(.notFound, "gone"))
        #expect(await isWatched("a", "b", "db") == [false, true, true])
        await world.fail("db", APIError(.notFound, "gone"))
        #expect(await isWatched("a", "b", "db") == [false, true, false])
        // A poll that works brings it back.
        await world.observe("db", Backup.daily(1...15))
        #expect(await isWatched("db") == [true])
    }

    /// Why lists cannot be read.
    enum Trouble: CaseIterable { case none, oneProject, all }

    @Test(
        "lists that could not be read, or not all of them, are requested again before their interval is over",
        arguments: zip(
            Trouble.allCases, [[600.0], [108, 216, 336, 576], [36, 96, 216, 336, 456, 576]]))
    func listsAgain(trouble: Trouble, expected: [Double]) async {
        let world = await AccountWorld()
        var reads: [Double] = []
        for second in 0...600 {
            if await world.tick().contains(.projects) {
                switch trouble {
                case .none: await world.list(["db"])
                case .oneProject: await world.list(["db"], other: APIError(.unavailable, "no"))
                case .all: await world.list([AddonListing](), projects: APIError(.unauthorized, "no"))
                }
                reads.append(Double(second))
            }
            world.advance(by: 1)
        }
        #expect(reads == [0] + expected)
    }
}
