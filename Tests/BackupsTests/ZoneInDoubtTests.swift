import Testing

@testable import Backups

/// Slots while the zone is not decided.
@Suite struct ZoneInDoubtTests {
    /// A daily dump at midnight, whose backups begin at 23:00.
    private static var shifted: World {
        var world = World()
        world.listed =
            World.daily([])
            + ["2026-03-09", "2026-03-08", "2026-03-07"].map {
                World.dump(.completed, "\($0)T23:00:05Z", minutes: 10, size: 1000)
            }
        return world
    }

    @Test("R83: no slot is missed that another zone explains, and none is judged for good")
    func inDoubt() {
        var world = Self.shifted
        #expect(world.assessment.findings.contains { $0.kind == .slotsMissed })
        #expect(!world.assessment.isZoneInDoubt)
        world.objectives.isZoneOpen = true
        #expect(world.assessment.isZoneInDoubt)
        #expect(world.assessment.findings == [])
    }

    @Test("a slot that no zone explains is missed at once, also while the zone is open")
    func missed() {
        var world = World()
        world.listed = World.daily(["2026-03-08", "2026-03-07", "2026-03-06"])
        world.objectives.isZoneOpen = true
        #expect(!world.assessment.isZoneInDoubt)
        #expect(world.assessment.findings.contains { $0.kind == .slotsMissed })
    }

    @Test(
        "an addon that is too new to say anything is in doubt, unless it has no attempt or its schedule no hours",
        arguments: [
            (["2026-03-09T23:00:05Z"], BackupSchedule.daily(from: "2026-03-09T00:00:00Z"), true),
            ([], .daily(from: "2026-03-09T00:00:00Z"), false),
            (["2026-03-09T23:00:05Z"], .hourly(30, from: "2026-03-09T00:00:00Z"), false),
        ])
    func tooNew(starts: [String], schedule: BackupSchedule, isInDoubt: Bool) {
        var world = World()
        world.schedules = [schedule]
        world.listed = starts.map { World.dump(.completed, $0, minutes: 10) }
        world.objectives.isZoneOpen = true
        #expect(world.assessment.isZoneInDoubt == isInDoubt)
    }

    @Test("a failure shows in any zone")
    func failed() {
        var world = Self.shifted
        world.listed = [World.dump(.failed, "2026-03-10T11:00:00Z", minutes: 1)] + world.listed
        world.objectives.isZoneOpen = true
        #expect(world.assessment.findings.map(\.kind) == [.attemptFailed])
    }
}
