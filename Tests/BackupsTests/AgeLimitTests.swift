import TestSupport
import Testing

@testable import Backups

/// How old the newest completed backup can be, to the millisecond.
@Suite struct AgeLimitTests {
    @Test("R32: without a schedule max_age is the objective of all types together")
    func general() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = day
        #expect(world.assessment.generalObjective == day)
        // The newest backup of any type counts.
        world.listed = World.daily(["2026-03-07"])
        #expect(world.findings.map(\.kind) == [.tooOld])
        #expect(world.findings.map(\.type) == [nil])
        world.listed.append(World.dump(.completed, "2026-03-09T12:00:00Z", type: .snapshot))
        #expect(world.findings == [])
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z")]
        #expect(world.assessment.generalObjective == nil)
        #expect(Set(world.findings.map(\.type)) == [.dump])
    }

    @Test("R33: too old by the slots is a backup whose end is longer ago than gap and grace")
    func slots() {
        World().check(isOldAfter: "2026-03-11T00:40:05Z", since: "2026-03-10T00:10:05Z")
        // The longest gap counts: from noon to midnight, and not from midnight to six.
        var world = World()
        world.schedules = [.daily(hours: [0, 6, 12], from: "2026-01-01T00:00:00Z")]
        world.listed.append(World.dump(.completed, "2026-03-10T06:00:05Z", minutes: 1))
        world.check(
            isOldAfter: "2026-03-10T18:31:05Z", since: "2026-03-10T06:01:05Z", objective: hour * 12 + minute * 30
        )
    }

    @Test("R33: nor is a backup too old before the grace of the next slot after its creation is over")
    func nextSlot() {
        // Clocks go back on 2024-10-27, so that 25 hours lie between two slots at four.
        var world = World()
        world.objectives.zone = .berlin
        world.schedules = [.daily(hours: [4], from: "2024-01-01T00:00:00Z")]
        world.listed = [World.dump(.completed, "2024-10-26T02:00:05Z", minutes: 1)]
        world.check(isOldAfter: "2024-10-27T03:29:59.999Z", since: "2024-10-26T02:01:05Z")
    }

    @Test(
        "R36: after new schedules the age can be twice the gap, or the former gap, until the grace of their first slot")
    func newSchedules() {
        var world = World()
        world.schedules = [.daily(from: "2026-03-10T00:20:00Z")]
        world.listed = World.daily(["2026-03-08"])
        let end = "2026-03-08T00:10:05Z"
        world.check(isOldAfter: "2026-03-10T00:40:05Z", since: end)
        world.formerGaps[.dump] = day * 2
        world.check(isOldAfter: "2026-03-10T00:40:05Z", since: end)
        world.formerGaps[.dump] = day * 2 + .milliseconds(1)
        world.check(isOldAfter: "2026-03-10T00:40:05.001Z", since: end)
        world.formerGaps[.snapshot] = day * 9
        world.check(isOldAfter: "2026-03-10T00:40:05.001Z", since: end)
        // Whatever the former gap, the grace of their first slot ends it.
        world.formerGaps[.dump] = day * 7
        world.check(isOldAfter: "2026-03-11T00:29:59.999Z", since: end)
        // Schedules that were made before the backup change no age.
        world.schedules = [.daily(from: "2026-03-07T00:20:00Z")]
        world.check(isOldAfter: "2026-03-09T00:40:05Z", since: end)
    }

    @Test("R40: while a slot waits for the schedules, its type is not too old by the slots, but by max_age")
    func doubtful() {
        var world = World()
        world.listed.removeFirst()
        world.schedulesObserved = time("2026-03-09T08:00:00Z")
        world.judgedThrough = [.dump: time("2026-03-09T00:00:00Z")]
        world.doubtfulSince = [.dump: time("2026-03-10T00:30:00Z")]
        // The newest is too old from 00:40:05.001 on, and the slot waits until 01:30.
        world.check(isOldAfter: "2026-03-10T01:29:59.999Z", since: "2026-03-09T00:10:05Z")
        world.schedulesObserved = time("2026-03-10T00:31:00Z")
        world.check(isOldAfter: "2026-03-10T00:40:05Z", since: "2026-03-09T00:10:05Z")
        world.schedulesObserved = time("2026-03-09T08:00:00Z")
        // One that was too old before stays so.
        world.observedAt = time("2026-03-10T01:00:00Z")
        #expect(world.findings == [])
        world.standing = Standing(
            state: .late, since: world.observedAt,
            findings: [.init(kind: .tooOld, type: .dump, since: world.observedAt)])
        #expect(world.findings.map(\.kind) == [.tooOld])
        world.standing = nil
        world.objectives.decisions.maxAge = day
        world.check(isOldAfter: "2026-03-10T00:10:05Z", since: "2026-03-09T00:10:05Z", objective: day)
    }
}

extension World {
    /// Checks that a backup is too old from the millisecond after an instant on, and not at it.
    func check(
        isOldAfter last: String, since: String?, objective: Duration = day + minute * 30,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var world = self
        world.observedAt = time(last)
        #expect(world.findings.filter { $0.kind == .tooOld && $0.type == .dump } == [], sourceLocation: sourceLocation)
        world.observedAt = time(last).adding(milliseconds: 1)
        #expect(
            world.findings.filter { $0.kind == .tooOld && $0.type == .dump }
                == [.tooOld(type: .dump, since: since.map(time), objective: objective)], sourceLocation: sourceLocation)
    }
}
