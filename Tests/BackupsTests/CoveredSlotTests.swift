import TestSupport
import Testing

@testable import Backups

/// A snapshot and a dump that are due at the same instant, and one backup for both. 2026-03-09 is a Monday.
@Suite struct CoveredSlotTests {
    /// A dump on Mondays at midnight, a snapshot every day at midnight; seen on Monday at noon.
    private static var world: World {
        var world = World()
        world.observedAt = time("2026-03-09T12:00:00Z")
        var daily = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        daily.type = .snapshot
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z"), daily]
        world.listed = dumps(["2026-03-09", "2026-03-02"]) + snapshots(["2026-03-09", "2026-03-08", "2026-03-07"])
        return world
    }

    private static func dumps(_ days: [String]) -> [Backup] { World.daily(days) }

    private static func snapshots(_ days: [String], _ status: BackupStatus = .completed) -> [Backup] {
        days.map { World.dump(status, "\($0)T00:00:05Z", minutes: 1, size: 1000, type: .snapshot) }
    }

    @Test("R23: either type is enough for the slot")
    func either() {
        var world = Self.world
        #expect(world.findings == [])
        world.listed = Self.dumps(["2026-03-09", "2026-03-02"]) + Self.snapshots(["2026-03-08", "2026-03-07"])
        #expect(world.findings == [])
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-09", "2026-03-08", "2026-03-07"])
        #expect(world.findings == [])
        #expect(world.assessment.slots.map(\.missedInARow) == [0, 0])
        #expect(world.assessment.slots.map(\.newlyMissed) == [0, 0])
    }

    @Test("R23: no backup at all is missed by both")
    func neither() {
        var world = Self.world
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-08", "2026-03-07"])
        let midnight = time("2026-03-09T00:00:00Z")
        #expect(
            world.findings == [
                .slotsMissed(type: .snapshot, last: midnight, inARow: 1),
                .tooOld(type: .snapshot, since: time("2026-03-08T00:01:05Z"), objective: day + minute * 30),
                .slotsMissed(type: .dump, last: midnight, inARow: 1),
                .tooOld(type: .dump, since: time("2026-03-02T00:10:05Z"), objective: day * 7 + minute * 30),
            ])
    }

    @Test("R23: a slot that is not shared is covered by nothing")
    func notShared() {
        var world = Self.world
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-07"])
        world.observedAt = time("2026-03-08T12:00:00Z")
        #expect(
            world.findings.first == .slotsMissed(type: .snapshot, last: time("2026-03-08T00:00:00Z"), inARow: 1))
        world.observedAt = time("2026-03-09T12:00:00Z")
        world.schedules?[0] = .weekly(minutes: [1], from: "2026-01-01T00:00:00Z")
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-09", "2026-03-08", "2026-03-07"])
        #expect(world.findings.map(\.kind) == [.slotsMissed, .tooOld])
    }

    @Test("R23, R39: a failed attempt fills the slot, and the age goes on")
    func failed() {
        var world = Self.world
        world.listed =
            Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-08"]) + Self.snapshots(["2026-03-09"], .failed)
        #expect(
            world.findings == [
                .attemptFailed(type: .snapshot, status: .failed, at: time("2026-03-09T00:01:05Z"), inARow: 1),
                .tooOld(type: .snapshot, since: time("2026-03-08T00:01:05Z"), objective: day + minute * 30),
                .tooOld(type: .dump, since: time("2026-03-02T00:10:05Z"), objective: day * 7 + minute * 30),
            ])
    }

    @Test("R39: the type that got no backup is too old when its next slot is over")
    func next() {
        var world = Self.world
        let days = (9...16).map { "2026-03-\($0 < 10 ? "0" : "")\($0)" }
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(days.dropLast())
        world.observedAt = time("2026-03-16T00:29:59Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-16T00:31:06Z")
        #expect(
            world.findings.filter { $0.kind == .tooOld }.last
                == .tooOld(type: .dump, since: time("2026-03-02T00:10:05Z"), objective: day * 7 + minute * 30))
        world.listed += Self.snapshots([days[7]])
        #expect(world.findings == [])
    }

    @Test("R23, R25: a slot before the exporter's time whose other backup retention can have deleted is not missed")
    func deleted() {
        var world = Self.world
        world.schedules?[1].retention = day * 3
        world.observedAt = time("2026-03-16T00:10:00Z")
        world.listed = Self.dumps(["2026-03-02"]) + Self.snapshots(["2026-03-16", "2026-03-15", "2026-03-14"])
        world.firstSeen = time("2026-03-12T00:00:00Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [0, 0])
        // The exporter would know it.
        world.firstSeen = time("2026-03-11T23:59:59.999Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [0, 1])
        world.gone = Self.snapshots(["2026-03-09"])
        #expect(world.assessment.slots.map(\.missedInARow) == [0, 0])
    }
}
