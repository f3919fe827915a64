import Testing

@testable import Backups

/// The squares of the last 14 days.
struct RecentDaysTests {
    private static func outcomes(_ world: World, through now: String = World.noon) -> [String] {
        world.assessment.days.outcomes(through: time(now)).map(\.rawValue)
    }

    @Test("each day has its outcome, the last day last; what came of it is shown, and what did not")
    func days() {
        var world = World()
        world.listed += [
            World.dump(.failed, "2026-03-07T00:00:05Z"), World.dump(.aborted, "2026-03-06T00:00:05Z"),
            World.dump(.notSupported, "2026-03-05T00:00:05Z"), World.dump(.completed, "2026-02-24T00:00:05Z"),
        ]
        world.schedules = []
        #expect(
            Self.outcomes(world) == [
                "none", "none", "none", "none", "none", "none", "none", "none", "failed", "aborted", "failed",
                "completed", "completed", "completed",
            ])
    }

    @Test("a slot without an attempt is missed; a later day begins with nothing")
    func missed() {
        var world = World()
        world.listed = World.daily(["2026-03-08", "2026-03-07"])
        let days = Self.outcomes(world)
        #expect(days.suffix(4) == ["completed", "completed", "missed", "missed"])
        #expect(Self.outcomes(world, through: "2026-03-12T00:00:00Z") == Array(days.dropFirst(2)) + ["none", "none"])
        #expect(Self.outcomes(world, through: "2026-04-12T00:00:00Z") == Array(repeating: "none", count: 14))
    }

    @Test("the worst of a day counts, and a running backup more than one that has completed")
    func worst() {
        var world = World()
        world.listed = [
            World.dump(.inProgress, "2026-03-10T11:00:00Z"), World.dump(.completed, "2026-03-10T00:00:05Z"),
            World.dump(.completed, "2026-03-09T05:00:00Z"), World.dump(.failed, "2026-03-09T00:00:05Z"),
        ]
        #expect(Self.outcomes(world).suffix(2) == ["failed", "running"])
    }
}
