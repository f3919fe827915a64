import Backups
import Fleet
import Logging
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// Accounts whose backups begin by another zone's clock than that in force: daily dumps at midnight that begin at 23:00.
@Suite struct AccountZoneTests {
    private static let names = ["a", "b", "c"]
    private static let nextInBerlin = [NextDue(type: .dump, slot: time("2027-01-15T23:00:00Z"))]

    private static func shifted(_ days: ClosedRange<Int>) -> [Backup] {
        days.reversed().map {
            .dump(.completed, "2027-01-\($0 < 10 ? "0" : "")\($0)T23:00:05Z", minutes: 10, size: 1000)
        }
    }

    /// Three addons with so many dumps each, of which the lists and the schedules were read.
    private static func world(
        days: ClosedRange<Int> = 10...14, zone: String = "auto", addons: [String] = names
    ) async -> AccountWorld {
        let world = await AccountWorld { $0.objective.timeZone = zone }
        await read(world, addons, shifted(days))
        world.advance(by: 61)
        await world.tick()
        return world
    }

    /// Answers everything that is requested at the start.
    private static func read(_ world: AccountWorld, _ addons: [String], _ backups: [Backup]) async {
        await world.tick()
        await world.list(addons)
        while true {
            let requests = await world.tick()
            if requests.isEmpty { return }
            for request in requests {
                switch request {
                case .backups(let key, _, _, _, _): await world.observe(key.addon, backups)
                case .schedules(let key): await world.readSchedules(key.addon, [.daily()])
                default: Issue.record("\(request)")
                }
            }
        }
    }

    private static func logged(_ world: AccountWorld) -> [String] {
        world.notes.filter { $0.message.contains("time zone") }
            .map {
                "\($0.level) \($0.metadata["fits"] ?? "") \($0.metadata["in_force"] ?? "") \($0.metadata["addons"] ?? "")"
            }
    }

    @Test("R79, R82: auto takes the zone that the backups fit, and no slot was ever missed because of the wrong one")
    func auto() async {
        let world = await Self.world()
        #expect(world.account.zone.identifier == "Europe/Berlin")
        #expect(world.status.zone == world.account.zone)
        #expect(world.status.takenZone?.addons == 3)
        #expect(world.status.findings == [])
        #expect(Self.logged(world) == ["info Europe/Berlin UTC 3"])
        for addon in Self.names {
            #expect(world.addon(addon)?.due == Self.nextInBerlin)
            #expect(world.addon(addon)?.verdict.state == .ok)
            #expect(world.addon(addon)?.record?.slots[.dump]?.missed == 0)
        }
        #expect(world.findings.isDisjoint(with: [.slotsMissed, .tooOld]))
    }

    @Test("R82: one addon with five slots is enough, two with two slots are not; then UTC counts, and says so")
    func limits() async {
        let one = await Self.world(days: 9...14, addons: ["a"])
        #expect(one.account.zone.identifier == "Europe/Berlin")
        let two = await Self.world(days: 13...14, addons: ["a", "b"])
        #expect(two.account.zone == .utc)
        #expect(!two.account.isZoneOpen)
        #expect(two.status.takenZone == nil)
        #expect(two.addon("a")?.verdict.findings.contains { $0.kind == .slotsMissed } == true)
        #expect(Self.logged(two) == [])
    }

    @Test("R83: while not everything is read, the zone stays open for an hour at most")
    func open() async {
        let world = await AccountWorld { $0.objective.timeZone = "auto" }
        await world.list(["a", "b"])
        await world.observe("a", Self.shifted(13...14))
        await world.readSchedules("a", [.daily()])
        #expect(world.account.isZoneOpen)
        #expect(world.addon("a")?.verdict.state == .ok)
        world.advance(by: 3599)
        await world.tick()
        #expect(world.account.isZoneOpen)
        world.advance(by: 1)
        await world.tick()
        #expect(!world.account.isZoneOpen)
        #expect(world.addon("a")?.verdict.findings.contains { $0.kind == .slotsMissed } == true)
    }

    @Test("punctual backups keep UTC, and nothing is said")
    func punctual() async {
        let world = await AccountWorld { $0.objective.timeZone = "auto" }
        await Self.read(world, Self.names, Backup.daily(9...15))
        #expect(world.account.zone == .utc)
        #expect(!world.account.isZoneOpen)
        #expect(Self.logged(world) == [])
    }

    @Test("a reload and a restart keep the zone, before anything is judged by another one")
    func restart() async {
        let world = await Self.world()
        await world.restart()
        #expect(world.account.zone.identifier == "Europe/Berlin")
        #expect(Self.logged(world).count == 1)
        // After a restart of the process there is no status, and the addons are judged by UTC.
        await world.restart(anew: true)
        #expect(world.account.zone.identifier == "Europe/Berlin")
        #expect(world.status.takenZone?.zone.identifier == "Europe/Berlin")
        #expect(world.addon("a")?.due == Self.nextInBerlin)
        #expect(world.addon("a")?.assessment?.zoneEvidence == .punctual)
        #expect(world.findings.isDisjoint(with: [.slotsMissed, .tooOld]))
        #expect(world.addon("a")?.record?.slots[.dump]?.missed == 0)
    }

    /// Eight of the last ten slots, since a slot that was filled by the zone in force speaks for it.
    @Test("R84: a taken zone stays until as much evidence speaks for another one")
    func hysteresis() async {
        let world = await Self.world()
        // Midnight of UTC again, one slot after the other.
        for (day, zone) in [(17, "Europe/Berlin"), (23, "Europe/Berlin"), (24, "UTC")] {
            while world.now.wall < time("2027-01-\(day)T15:00:00Z") { world.advance(by: 3600) }
            for addon in Self.names { await world.observe(addon, Backup.daily(17...day) + Self.shifted(10...14)) }
            await world.tick()
            #expect(world.account.zone.identifier == zone, "\(day)")
        }
        #expect(Self.logged(world) == ["info Europe/Berlin UTC 3", "info UTC Europe/Berlin 3"])
    }

    @Test(
        "R82: an explicit zone never changes; the finding says what would fit, once in the log, until it is put right")
    func explicit() async throws {
        let world = await Self.world(zone: "UTC")
        #expect(world.account.zone == .utc)
        #expect(!world.account.isZoneOpen)
        #expect(world.addon("a")?.verdict.findings.contains { $0.kind == .slotsMissed } == true)
        guard case .timeZone(let fit, .utc) = try #require(world.status.findings.first) else { return }
        #expect(fit.zone.identifier == "Europe/Berlin")
        #expect(fit.addons == 3)
        #expect(fit.earlier == .seconds(3600))
        #expect(fit.since == time("2027-01-10T23:00:00Z"))
        #expect(world.status.takenZone == nil)
        #expect(Self.logged(world) == ["warning Europe/Berlin UTC 3"])
        // A day later it holds since then.
        world.advance(by: 86_400)
        for addon in Self.names { await world.observe(addon, Self.shifted(12...15)) }
        await world.tick()
        #expect(world.status.findings.map(\.since) == [time("2027-01-10T23:00:00Z")])
        #expect(Self.logged(world).count == 1)

        world.settings.objective.timeZone = "Europe/Berlin"
        await world.restart(anew: true)
        world.advance(by: 61)
        await world.tick()
        #expect(world.status.findings == [])
        #expect(world.addon("a")?.verdict.findings.contains { $0.kind == .slotsMissed } == false)
    }
}
