import TestSupport
import Testing

@testable import Backups

/// `max_age` beside a schedule: the stricter counts, for each type.
@Suite struct MaxAgeTests {
    /// The newest backup ended at 00:10:05; the slots allow it to be a day and a half hour old.
    @Test(
        "R31, R34: the stricter is the objective",
        arguments: [
            (hour * 2, "2026-03-10T02:10:05Z", hour * 2), (day, "2026-03-11T00:10:05Z", day),
            (hour * 25, "2026-03-11T00:40:05Z", hour * 24 + minute * 30),
            (nil, "2026-03-11T00:40:05Z", hour * 24 + minute * 30),
        ] as [(Duration?, String, Duration)])
    func stricter(maxAge: Duration?, last: String, objective: Duration) {
        var world = World()
        world.objectives.decisions.maxAge = maxAge
        world.observedAt = time(last)
        #expect(world.assessment.slots.map(\.objective) == [objective])
        #expect(world.findings.filter { $0.kind == .tooOld } == [])
        world.observedAt = world.observedAt.adding(milliseconds: 1)
        #expect(
            world.findings.filter { $0.kind == .tooOld }
                == [.tooOld(type: .dump, since: time("2026-03-10T00:10:05Z"), objective: objective)])
        #expect(world.assessment.generalObjective == nil)
    }

    @Test("R34, R40: it counts while the schedules may have changed, and without a slot in sight")
    func doubtful() {
        var world = World()
        world.objectives.decisions.maxAge = hour * 2
        world.listed.removeFirst()
        world.schedulesObserved = time("2026-03-09T23:00:00Z")
        world.observedAt = time("2026-03-10T00:45:00Z")
        #expect(world.assessment.slots.map(\.isScheduleDoubtful) == [true])
        #expect(
            world.findings == [.tooOld(type: .dump, since: time("2026-03-09T00:10:05Z"), objective: hour * 2)])
        world.schedules = [.daily(from: "2026-06-01T00:00:00Z")]
        #expect(
            world.findings == [.tooOld(type: .dump, since: time("2026-03-09T00:10:05Z"), objective: hour * 2)])
    }

    @Test("R35: after a pause it counts from the end of the pause")
    func pause() {
        var world = World()
        world.objectives.decisions.maxAge = hour * 2
        world.activeSince = time("2026-03-10T10:00:00Z")
        #expect(world.findings == [])
        #expect(world.assessment.validity.upperBound == time("2026-03-10T12:00:00.001Z"))
        world.observedAt = time("2026-03-10T12:00:00.001Z")
        #expect(world.findings.map(\.kind) == [.tooOld])
    }
}
