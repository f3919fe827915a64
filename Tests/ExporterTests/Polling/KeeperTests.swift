import Backups
import History
import Northflank
import Testing

@testable import Exporter

/// What is kept of each thing that is read.
struct KeeperTests {
    private let history = History.open(.memory, now: AccountWorld.start) { _ in }
    private let key = AddonKey(account: "acme", project: "shop", addon: "db")
    private let now = AccountWorld.start
    private let keeper: Keeper

    init() {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.name = "acme"
        keeper = Keeper(account: account, history: history)
    }

    private func observe(_ backups: [Backup], at now: Timestamp) async -> Kept {
        await keeper.observed(key, Listing(entries: backups, pages: 1), now: now)
    }

    @Test("a list is kept, judged and counted in one step")
    func observed() async {
        let first = await observe(Backup.daily(13...14), at: now)
        #expect(first.record.firstSeen == now)
        #expect(first.record.lastObserved == now)
        #expect(first.record.outcomes == OutcomeCounts())
        #expect(first.assessment?.summary.count(of: .completed) == 2)
        let later = now.adding(milliseconds: 60_000)
        let second = await observe([.dump(.failed, "2027-01-15T08:00:30Z")] + Backup.daily(13...14), at: later)
        #expect(second.record.outcomes == OutcomeCounts(failed: 1))
        #expect(second.record.lastObserved == later)
        #expect(second.record.firstSeen == now)
        #expect(
            second.assessment?.findings.first
                == .attemptFailed(
                    type: .dump, status: .failed, at: time("2027-01-15T08:00:30Z"), inARow: 1))
    }

    @Test("schedules are judged by at once; before the first list there is nothing to judge")
    func schedules() async {
        let listing = Listing(entries: [BackupSchedule.daily()], pages: 1)
        let before = await keeper.schedules(key, .success(listing), now: now)
        #expect(before?.record.schedules == [.daily()])
        #expect(before?.record.schedulesObserved == now)
        #expect(before?.assessment == nil)
        _ = await observe(Backup.daily(1...15), at: now)
        let after = await keeper.schedules(key, .success(listing), now: now)
        #expect(after?.assessment?.slots.map(\.type) == [.dump])
    }

    @Test("a missed slot is news only if slots were judged before")
    func missedSlots() async {
        _ = await observe(Backup.daily(1...13), at: now)
        let first = await keeper.schedules(
            key, .success(Listing(entries: [BackupSchedule.daily()], pages: 1)), now: now)
        #expect(first?.assessment?.slots.map(\.missedInARow) == [2])
        #expect(first?.record.slots[.dump]?.missed == 0)
        let tomorrow = now.adding(milliseconds: 86_400_000)
        #expect(await observe(Backup.daily(1...13), at: tomorrow).record.slots[.dump]?.missed == 1)
        // The same again counts nothing.
        #expect(await observe(Backup.daily(1...13), at: tomorrow).record.slots[.dump]?.missed == 1)
    }

    @Test("what a token may not read is no failure, and what it may read again is known again")
    func forbidden() async {
        _ = await observe([], at: now)
        let forbidden = await keeper.schedules(key, .failure(APIError(.forbidden, "no")), now: now)
        #expect(forbidden?.record.mayReadSchedules == false)
        #expect(forbidden?.record.schedulesObserved == now)
        let empty = Listing<BackupSchedule>(entries: [], pages: 1)
        #expect(await keeper.schedules(key, .success(empty), now: now)?.record.mayReadSchedules == true)
    }

    @Test(
        "what may get better by itself keeps nothing",
        arguments: [APIError.Reason.unauthorized, .timeout, .cancelled, .serverError, .connect])
    func failures(reason: APIError.Reason) async {
        let error = APIError(reason, "no")
        let schedules = await keeper.schedules(key, .failure(error), now: now)
        let restores = await keeper.restores(key, .failure(error), now: now)
        #expect(schedules?.record == nil && restores?.record == nil)
    }

    @Test(
        "schedules that make no sense are none, unless some were known",
        arguments: [APIError.Reason.notFound, .decode])
    func nonsense(reason: APIError.Reason) async {
        _ = await observe(Backup.daily(1...15), at: now)
        let first = await keeper.schedules(key, .failure(APIError(reason, "no")), now: now)
        #expect(first?.assessment?.findings == [.noObjective])
        let listing = Listing(entries: [BackupSchedule.daily()], pages: 1)
        #expect(await keeper.schedules(key, .success(listing), now: now)?.assessment?.findings == [])
        let kept = await keeper.schedules(key, .failure(APIError(reason, "no")), now: now)
        #expect(kept?.record.schedules == [.daily()])
        #expect(kept?.assessment?.findings == [])
        #expect(await keeper.restores(key, .failure(APIError(reason, "no")), now: now)?.record == nil)
    }

    @Test("a restore that worked stays proof when the list has forgotten it")
    func restores() async {
        func read(_ restores: [RestoreListing]) async -> AddonRecord? {
            await keeper.restores(key, .success(Listing(entries: restores, pages: 1)), now: now)?.record
        }
        let old = time("2027-01-10T00:00:00Z")
        let new = time("2027-01-12T00:00:00Z")
        let all = await read([
            RestoreListing(id: "c", status: .failed, completedAt: time("2027-01-14T00:00:00Z")),
            RestoreListing(id: "b", status: .completed, completedAt: new),
            RestoreListing(id: "a", status: .completed, completedAt: old),
            RestoreListing(id: "d", status: .inProgress),
        ])
        #expect(all?.lastCompletedRestore == new)
        #expect(all?.restores == StatusCounts([.failed, .completed, .completed, .inProgress]))
        let rest = await read([RestoreListing(id: "a", status: .completed, completedAt: old)])
        #expect(rest?.lastCompletedRestore == new)
        #expect(rest?.restores == StatusCounts([.completed]))
        #expect(await read([])?.lastCompletedRestore == new)
    }

    @Test("lists bring names and pauses; only what they change is handed back")
    func lists() async {
        let keys = ["a", "b"].map { AddonKey(account: "acme", project: "shop", addon: $0) }
        let lists = AccountWorld.lists(["a", "b"])
        let first = await keeper.listed(lists, keys, now: now)
        #expect(first.map(\.record.key) == keys)
        #expect(first.map(\.record.addonName) == ["Name of a", "Name of b"])
        #expect(first.map(\.record.projectName) == ["The Shop", "The Shop"])
        #expect(first.map(\.record.addonType) == ["postgresql", "postgresql"])
        #expect(await keeper.listed(lists, keys, now: now).map(\.record.key) == [])

        var changed = lists
        changed.addons["shop"]?["b"]?.status = "paused"
        let second = await keeper.listed(changed, keys, now: now)
        #expect(second.map(\.record.key) == [keys[1]])
        #expect(second.map(\.record.isPaused) == [true])
        // A project whose list could not be read changes nothing.
        var partial = AccountLists()
        partial.projectNames = ["shop": "The Shop"]
        #expect(await keeper.listed(partial, keys, now: now).map(\.record.key) == [])
    }

    @Test("one that has gone is marked so, until a list or a poll has it again")
    func dropped() async {
        #expect(await observe([], at: now).record.isWatched)
        await keeper.dropped([key], now: now)
        let unchanged = await history.update(key, at: now) { record, _ in record.isWatched }
        #expect(unchanged.1 == false)
        #expect(await observe([], at: now).record.isWatched)
        await keeper.dropped([key], now: now)
        #expect(await keeper.listed(AccountWorld.lists(["db"]), [key], now: now).map(\.record.isWatched) == [true])
    }
}
