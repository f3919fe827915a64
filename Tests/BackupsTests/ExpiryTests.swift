import TestSupport
import Testing

@testable import Backups

/// When the newest completed backup falls out of retention: only a backup by schedule does.
@Suite struct ExpiryTests {
    private static var world: World {
        var world = World()
        world.schedules?[0].retention = day * 7
        return world
    }

    @Test("the newest completed backup by schedule, and not one without a retention")
    func scheduled() {
        var world = Self.world
        #expect(world.assessment.expiry == [.dump: time("2026-03-17T00:00:05Z")])
        world.listed.append(World.dump(.failed, "2026-03-10T01:00:00Z"))
        #expect(world.assessment.expiry == [.dump: time("2026-03-17T00:00:05Z")])
        world.schedules?[0].retention = nil
        #expect(world.assessment.expiry == [:])
        world.schedules?[0].retention = .milliseconds(Int64.max)
        #expect(world.assessment.expiry == [:])
        world.schedules = []
        #expect(world.assessment.expiry == [:])
    }

    @Test("one by hand has none, until it is no longer the newest")
    func manual() {
        var world = Self.world
        world.listed.append(World.dump(.completed, "2026-03-10T06:00:00Z", minutes: 10, size: 1000))
        #expect(world.assessment.expiry == [:])
        world.listed += World.daily(["2026-03-11"])
        world.observedAt = time("2026-03-11T12:00:00Z")
        #expect(world.assessment.expiry == [.dump: time("2026-03-18T00:00:05Z")])
        // One by hand in place of the one that was due fills its slot.
        world.listed =
            World.daily(["2026-03-09"]) + [World.dump(.completed, "2026-03-10T06:00:00Z", minutes: 10, size: 1000)]
        world.observedAt = time(World.noon)
        #expect(world.assessment.expiry == [.dump: time("2026-03-17T06:00:00Z")])
    }

    @Test("one that is still listed after its expiry is retained, and is judged anew at its expiry")
    func retained() {
        var world = Self.world
        world.objectives.decisions.grace = day * 100
        world.listed = World.daily(["2026-03-10"])
        world.observedAt = time("2026-03-17T00:00:04.999Z")
        #expect(world.assessment.expiry == [.dump: time("2026-03-17T00:00:05Z")])
        world.observedAt = time("2026-03-17T00:00:05Z")
        #expect(world.assessment.expiry == [:])
    }

    @Test("a backup of before a pause, and of before the slots that are judged, has one")
    func old() {
        var world = Self.world
        world.activeSince = time("2026-03-10T11:00:00Z")
        #expect(world.assessment.expiry == [.dump: time("2026-03-17T00:00:05Z")])
        world = Self.world
        world.schedules?[0].retention = day * 120
        world.observedAt = time("2026-06-10T12:00:00Z")
        #expect(world.assessment.expiry == [.dump: time("2026-07-08T00:00:05Z")])
    }

    @Test("each type has its own")
    func types() {
        var world = Self.world
        var snapshots = BackupSchedule.daily(hours: [6], from: "2026-01-01T00:00:00Z")
        (snapshots.type, snapshots.retention) = (.snapshot, day)
        world.schedules?.append(snapshots)
        world.listed.append(World.dump(.completed, "2026-03-10T06:00:05Z", minutes: 1, type: .snapshot))
        #expect(
            world.assessment.expiry
                == [.dump: time("2026-03-17T00:00:05Z"), .snapshot: time("2026-03-11T06:00:05Z")])
    }
}
