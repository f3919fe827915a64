import Backups
import Freshness
import History
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// What is kept of each thing that is read, by way of the account.
struct KeeperTests {
    private let world: AccountWorld

    init() async { world = await AccountWorld(addons: [Target(project: "shop", addon: "db")]) }

    private var addon: Addon? { world.addon("db") }

    @Test("a list is kept, judged and counted in one step")
    func observed() async {
        await world.observe("db", Backup.daily(13...14))
        #expect(addon?.record?.firstSeen == world.now.wall)
        #expect(addon?.record?.lastObserved == world.now.wall)
        #expect(addon?.record?.outcomes == OutcomeCounts())
        #expect(addon?.summary?.count(of: .completed) == 2)
        world.advance(by: 60)
        await world.observe("db", [.dump(.failed, "2027-01-15T08:00:30Z")] + Backup.daily(13...14))
        #expect(addon?.record?.outcomes == OutcomeCounts(failed: 1))
        #expect(addon?.record?.lastObserved == world.now.wall)
        #expect(addon?.record?.firstSeen == AccountWorld.start)
        #expect(
            addon?.assessment?.findings.first
                == .attemptFailed(type: .dump, status: .failed, at: time("2027-01-15T08:00:30Z"), inARow: 1))
        var kept = await world.kept()[world.key("db")]
        #expect(kept?.standing == addon?.standing)
        kept?.standing = addon?.record?.standing
        #expect(kept == addon?.record)
    }

    @Test("entries that cannot be read stay a finding while the list is the same, and after a restart")
    func unreadable() async {
        let unreadable = Unreadable(entries: 1, field: "createdAt", found: "nothing, not an ISO 8601 time")
        var listing = Listing(entries: Backup.daily(13...14), pages: 1)
        listing.remarks = ListRemarks(unreadable: unreadable, undatedScheduled: 1)
        await world.readSchedules("db", [])
        await world.handle(.answered(.backups(world.key("db"), .sweep, .success(listing))))
        #expect(addon?.assessment?.findings == [.noObjective, .unreadable(unreadable)])
        world.advance(by: 60)
        await world.observeAgain("db")
        #expect(addon?.assessment?.findings == [.noObjective, .unreadable(unreadable)])
        #expect(addon?.summary?.count(of: .scheduled) == 1)
        #expect(await world.kept()[world.key("db")]?.remarks == listing.remarks)
        await world.observe("db", Backup.daily(13...14))
        #expect(addon?.assessment?.findings == [.noObjective])
    }

    @Test("schedules are used for judgement at once; before the first list there is no judgement")
    func schedules() async {
        await world.readSchedules("db", [.daily()])
        #expect(addon?.record?.schedules == [.daily()])
        #expect(addon?.record?.schedulesObserved == world.now.wall)
        #expect(addon?.assessment == nil)
        await world.observe("db", Backup.daily(1...15))
        world.advance(by: 1)
        await world.readSchedules("db", [.daily(), .daily("s", type: .snapshot)])
        #expect(addon?.assessment?.slots.map(\.type) == [.snapshot, .dump])
    }

    @Test("a missed slot counts only if slots were judged before")
    func missedSlots() async {
        await world.observe("db", Backup.daily(1...13))
        await world.readSchedules("db", [.daily()])
        #expect(addon?.assessment?.slots.map(\.missedInARow) == [2])
        #expect(addon?.record?.slots[.dump]?.missed == 0)
        world.advance(by: 86_400)
        await world.observe("db", Backup.daily(1...13))
        await world.readSchedules("db", [.daily()])
        for _ in 0..<2 {
            // The same again counts nothing.
            await world.observe("db", Backup.daily(1...13))
            #expect(addon?.record?.slots[.dump]?.missed == 1)
        }
    }

    @Test("a missing permission is not a failure, and a returned permission is noticed")
    func forbidden() async {
        await world.observe("db")
        await world.readSchedules("db", [.daily()])
        await world.readSchedules("db", [], error: APIError(.forbidden, "no"))
        #expect(addon?.record?.mayReadSchedules == false)
        #expect(addon?.record?.schedules == nil)
        #expect(addon?.record?.schedulesObserved == world.now.wall)
        world.advance(by: 1)
        await world.readSchedules("db", [])
        #expect(addon?.record?.mayReadSchedules == true)
        #expect(addon?.record?.schedules == [])
    }

    @Test(
        "a temporary error keeps nothing",
        arguments: [APIError.Reason.unauthorized, .timeout, .cancelled, .unavailable, .connect])
    func failures(reason: APIError.Reason) async {
        await world.readSchedules("db", [], error: APIError(reason, "no"))
        await world.handle(.answered(.restores(world.key("db"), .failure(APIError(reason, "no")))))
        #expect(addon?.record == nil)
        #expect(await world.kept() == [:])
    }

    @Test(
        "unreadable schedules count as none, unless schedules were known",
        arguments: [APIError.Reason.notFound, .decode])
    func nonsense(reason: APIError.Reason) async {
        await world.observe("db", Backup.daily(1...15))
        await world.readSchedules("db", [], error: APIError(reason, "no"))
        #expect(addon?.assessment?.findings == [.noObjective])
        await world.readSchedules("db", [.daily()])
        #expect(addon?.assessment?.findings == [])
        await world.readSchedules("db", [], error: APIError(reason, "no"))
        #expect(addon?.record?.schedules == [.daily()])
        #expect(addon?.record?.mayReadSchedules == false)
        #expect(addon?.assessment?.findings == [])
    }

    @Test("a completed restore stays proof when the list no longer contains it")
    func restores() async {
        let (old, new) = (time("2027-01-10T00:00:00Z"), time("2027-01-12T00:00:00Z"))
        world.settings.restores = true
        await world.readRestores(
            "db",
            [
                RestoreListing(id: "c", status: .failed, completedAt: time("2027-01-14T00:00:00Z")),
                RestoreListing(id: "b", status: .completed, completedAt: new),
                RestoreListing(id: "a", status: .completed, completedAt: old),
                RestoreListing(id: "d", status: .inProgress),
            ])
        #expect(addon?.record?.lastCompletedRestore?.end == new)
        #expect(addon?.record?.restores == StatusCounts([.failed, .completed, .completed, .inProgress]))
        await world.readRestores("db", [RestoreListing(id: "a", status: .completed, completedAt: old)])
        #expect(addon?.record?.lastCompletedRestore?.end == new)
        #expect(addon?.record?.restores == StatusCounts([.completed]))
        await world.readRestores("db", [])
        #expect(addon?.record?.lastCompletedRestore?.end == new)
        #expect(addon?.record?.lastFailedRestore == time("2027-01-14T00:00:00Z"))
        // What is no longer collected is kept no longer.
        world.settings.restores = false
        await world.observe("db")
        #expect(addon?.record?.lastFailedRestore == nil)
        #expect(addon?.record?.lastCompletedRestore == nil)
        #expect(addon?.record?.restores == nil)
    }

    @Test("the backup that a restore names by its id is sought in the next list, whatever else is known of it")
    func soughtBackup() async {
        world.settings.restores = true
        let backups = Backup.daily(1...15)
        await world.observe("db", backups)
        func restore(of backup: String) -> RestoreListing {
            let (start, end) = (time("2027-01-12T00:00:00Z"), time("2027-01-12T00:05:00Z"))
            return RestoreListing(id: "r", status: .completed, startedAt: start, completedAt: end, backup: backup)
        }
        func restored() -> CompletedRestore? { addon?.record?.lastCompletedRestore }
        // By its identity.
        await world.readRestores("db", [restore(of: backups[3].identity.text)])
        #expect(restored()?.backupCreatedAt == backups[3].createdAt)
        #expect(restored()?.duration == .seconds(300))
        // By its id, which is kept nowhere.
        await world.readRestores("db", [restore(of: "slug")])
        #expect(restored()?.backupCreatedAt == nil)
        await world.restart()
        let request = await world.pollByNextSweep()
        #expect(request == .backups(world.key("db"), .sweep, backTo: nil, seeking: "slug"))
        await world.observe("db", backups, sought: SoughtBackup(name: "slug", createdAt: backups[5].createdAt))
        #expect(restored()?.backupCreatedAt == backups[5].createdAt)
        #expect(await world.kept()[world.key("db")]?.soughtBackup == nil)
        // It was deleted before the exporter saw the restore.
        await world.readRestores("db", [restore(of: "other")])
        #expect(addon?.record?.soughtBackup == "other")
        await world.observe("db", backups, sought: SoughtBackup(name: "other", createdAt: nil))
        #expect(addon?.record?.soughtBackup == nil)
        #expect(restored()?.backupCreatedAt == nil)
    }

    @Test("lists bring names and pauses; only changed addons are published")
    func lists() async {
        await world.list(["a", "b"])
        #expect(world.known == ["a", "b", "db"])
        #expect(["a", "b"].map { world.addon($0)?.addonName } == ["Name of a", "Name of b"])
        #expect(["a", "b"].map { world.addon($0)?.projectName } == ["The shop", "The shop"])
        #expect(["a", "b"].map { world.addon($0)?.type } == ["postgresql", "postgresql"])
        var before = world.published
        await world.list(["a", "b"])
        #expect(world.published == before)
        before = world.published
        await world.list([AccountWorld.listing("a"), AccountWorld.listing("b", status: "paused")])
        #expect(world.published == before + 1)
        #expect(world.addon("b")?.record?.isPaused == true)
        #expect(world.addon("b")?.verdict.findings.contains(.paused) == true)
    }

    @Test("a reading of states passes a pause on at once, and changes nothing else")
    func states() async {
        await world.list(["a", "b"])
        for addon in ["a", "b"] { await world.observe(addon, Backup.daily(1...15)) }
        let before = world.published
        let entries = ["a", "b", "stranger"].map { AccountWorld.listing($0, status: $0 == "b" ? "paused" : "backup") }
        await world.handle(.answered(.addonStates(project: "shop", .success(Listing(entries: entries, pages: 1)))))
        #expect(world.published == before + 1)
        #expect(world.addon("b")?.verdict.state == .paused)
        #expect(world.addon("a")?.record?.isPaused == false)
        #expect(await world.kept()[world.key("stranger")] == nil)
    }

    @Test("a longer time between two observations than the limit is kept", arguments: [false, true])
    func unobserved(isUnchanged: Bool) throws {
        let history = History.open(.memory, now: AccountWorld.start) { Issue.record("\($0)") }
        let (settings, key) = (world.settings, world.key("db"))
        let keeper = Keeper(account: settings, history: history)
        let later = AccountWorld.start + .seconds(61)
        func observe(_ keep: Account.Keep, at now: Timestamp) -> [Addon] {
            keeper.keep(keep, JudgingZone(before: settings), unobservedAfter: .seconds(60), now: now)
        }
        let list = Account.Keep.backups(key, Listing<Backup>(entries: [], pages: 1), .new)
        var record = try #require(observe(list, at: AccountWorld.start).first?.record)
        record.lastObserved = later
        let addon = Addon(record, nil, isCounting: true)
        let kept = observe(isUnchanged ? .unchanged(addon, isWhole: true, .new) : list, at: later)
        #expect(kept.count == 1)
        #expect(history.past(of: key, at: later)?.unobserved == [AccountWorld.start..<later])
    }

    @Test("counters are shown unless another process has the history")
    func counting() throws {
        let directory = try TemporaryDirectory()
        let settings = world.settings
        func keep() -> (History, [Addon]) {
            let history = History.open(.file(directory.file("h.sqlite")), now: AccountWorld.start) { _ in }
            let keeper = Keeper(account: settings, history: history)
            let listing = Listing<Backup>(entries: [], pages: 1)
            let zone = JudgingZone(before: settings)
            let kept = keeper.keep(
                .backups(world.key("db"), listing, .new), zone, unobservedAfter: .zero, now: AccountWorld.start)
            return (history, kept)
        }
        let (first, mine) = keep()
        let (second, other) = keep()
        #expect([mine, other].map { $0.map(\.isCounting) } == [[true], [false]])
        second.close()
        first.close()
    }
}
