import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// Each thing that happens to an addon, and the verdict that comes of it. It is 08:00; a dump is due each midnight.
struct AccountVerdictTests {
    private let world: AccountWorld

    init() async { world = await AccountWorld(addons: [Target(project: "shop", addon: "db")]) }

    @Test("R71: while the API does not answer, time makes no finding but not-observed")
    func outage() async {
        await observe(Backup.daily(1...15))
        for hour in 1...40 {
            world.advance(by: 3600)
            await world.fail("db", APIError(.unavailable, "broken", status: 503))
            await world.tick()
            #expect(verdict?.findings.map(\.kind) == [.notObserved], "\(hour)")
        }
        await world.observe("db", Backup.daily(1...15))
        // The schedules may have changed meanwhile.
        #expect(verdict?.state == .ok)
        await world.readSchedules("db", [.daily()])
        #expect(verdict?.state == .late)
    }

    /// Schedules are known and the addon is observed with these backups.
    private func observe(_ backups: [Backup]) async {
        await world.observe("db", backups)
        await world.readSchedules("db", [.daily()])
    }

    private var verdict: Verdict? { world.addon("db")?.verdict }

    @Test("R70: an addon that was never observed is unknown")
    func unseen() {
        #expect(verdict?.state == .unknown)
        #expect(verdict?.findings == [.notObserved(since: nil, limit: .seconds(900))])
        #expect(world.addon("db")?.due == [])
    }

    @Test("an addon without findings is ok")
    func ok() async {
        await observe(Backup.daily(1...15))
        #expect(verdict?.state == .ok)
        #expect(verdict?.findings == [])
        #expect(world.addon("db")?.isUp == true)
        #expect(world.addon("db")?.assessment?.slots.map(\.missedInARow) == [0])
    }

    @Test("failing")
    func failing() async {
        let failed = Backup.dump(.failed, "2027-01-15T07:00:00Z", minutes: 5)
        await observe([failed] + Backup.daily(1...15))
        #expect(verdict?.state == .failing)
        #expect(
            verdict?.findings == [
                .attemptFailed(type: .dump, status: .failed, at: time("2027-01-15T07:05:00Z"), inARow: 1)
            ])
    }

    @Test("late: the slot of this midnight is missed, and the objective exceeded")
    func late() async {
        await observe(Backup.daily(1...14))
        #expect(verdict?.state == .late)
        #expect(
            verdict?.findings == [
                .slotsMissed(type: .dump, last: time("2027-01-15T00:00:00Z"), inARow: 1),
                .tooOld(type: .dump, since: time("2027-01-14T00:10:05Z"), objective: .seconds(88_200)),
            ])
    }

    @Test("stuck: longer than an hour, where three times the usual would be less")
    func stuck() async {
        await observe([.dump(.inProgress, "2027-01-15T06:59:59.999Z")] + Backup.daily(1...15))
        #expect(verdict?.state == .stuck)
        #expect(
            verdict?.findings == [
                .unfinished(type: .dump, since: time("2027-01-15T06:59:59.999Z"), limit: .seconds(3600))
            ])
        await observe([.dump(.inProgress, "2027-01-15T07:00:00Z")] + Backup.daily(1...15))
        #expect(verdict?.state == .ok)
    }

    @Test("R71: a poll that fails does not change the verdict")
    func failedPoll() async {
        await observe(Backup.daily(1...14))
        let before = verdict
        await world.fail("db", APIError(.timeout, "too slow"))
        #expect(world.addon("db")?.isUp == false)
        #expect(verdict == before)
    }

    @Test("R67: an addon whose schedules may not be read is unprotected, unless max_age is configured")
    func forbidden() async {
        await world.observe("db", Backup.daily(1...15))
        #expect(verdict?.state == .ok)
        await world.readSchedules("db", [], error: APIError(.forbidden, "no"))
        #expect(verdict?.state == .unprotected)
        #expect(verdict?.findings == [.schedulesForbidden])
        #expect(world.addon("db")?.record?.schedulesObserved == AccountWorld.start)

        world.settings.objective.maxAge = .seconds(26 * 3600)
        await world.observe("db", Backup.daily(1...15))
        #expect(verdict?.state == .ok)
        #expect(world.addon("db")?.assessment?.generalObjective == .seconds(93_600))

        // What is said of the addon itself comes first.
        world.settings.addons = [Target(project: "shop", addon: "db", maxAge: .seconds(7 * 3600))]
        await world.observe("db", Backup.daily(1...15))
        #expect(
            verdict?.findings == [
                .tooOld(type: nil, since: time("2027-01-15T00:10:05Z"), objective: .seconds(25_200))
            ])
    }

    @Test("schedules that cannot be read temporarily change nothing")
    func schedulesFailed() async {
        await world.observe("db", Backup.daily(1...15))
        await world.readSchedules("db", [], error: APIError(.unavailable, "broken"))
        world.advance(by: 3600)
        #expect(verdict?.state == .ok)
        #expect(world.addon("db")?.record?.schedules == nil)
    }

    @Test(
        "R69: a response about the schedules that is not understood leaves the known schedules in force",
        arguments: [APIError.Reason.decode, .notFound, .clientError, .pagination])
    func schedulesNotUnderstood(reason: APIError.Reason) async {
        // Without known schedules there is none that is read and understood.
        await world.readSchedules("db", [], error: APIError(reason, "odd"))
        await world.observe("db", Backup.daily(1...15))
        #expect(verdict?.findings == [.noObjective])
        await observe(Backup.daily(1...14))
        let before = verdict
        #expect(before?.state == .late)
        await world.readSchedules("db", [], error: APIError(reason, "odd"))
        await world.observe("db", Backup.daily(1...14))
        #expect(verdict == before)
        #expect(world.addon("db")?.record?.schedules == [.daily()])
        #expect(world.addon("db")?.due == [NextDue(type: .dump, slot: time("2027-01-16T00:00:00Z"))])
    }

    @Test("R8, R18: a listed pause ends all findings, and nothing is due")
    func paused() async {
        await observe(Backup.daily(1...14))
        await world.list(["db"], status: "paused")
        #expect(verdict?.state == .paused)
        #expect(verdict?.findings == [.paused])
        #expect(world.addon("db")?.due == [])
        #expect(world.addon("db")?.record?.isPaused == true)

        // Slots before the end of the pause are nobody's duty.
        world.advance(by: 600)
        await world.list(["db"], status: "running")
        #expect(verdict?.state == .ok)
        #expect(world.addon("db")?.record?.activeSince == time("2027-01-15T08:10:00Z"))
        #expect(world.addon("db")?.due == [NextDue(type: .dump, slot: time("2027-01-16T00:00:00Z"))])
    }
}
