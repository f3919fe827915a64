import TestSupport
import Testing

@testable import Backups

/// From when the age of the newest completed backup counts, and how old it can be, to the millisecond.
@Suite struct AgeRuleTests {
    /// Checks that a backup is too old from the millisecond after an instant on, and not at it.
    private static func check(
        _ world: World, isOldAfter last: String, since: String?, objective: Duration = day + minute * 30,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var world = world
        world.observedAt = time(last)
        #expect(world.findings.filter { $0.kind == .tooOld && $0.type == .dump } == [], sourceLocation: sourceLocation)
        world.observedAt = time(last).adding(milliseconds: 1)
        #expect(
            world.findings.filter { $0.kind == .tooOld && $0.type == .dump }
                == [.tooOld(type: .dump, since: since.map(time), objective: objective)], sourceLocation: sourceLocation)
    }

    @Test("R32: without a schedule max_age is the objective of all types together")
    func general() {
        var world = World()
        world.schedules = []
        world.objectives.maxAge = day
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
        Self.check(World(), isOldAfter: "2026-03-11T00:40:05Z", since: "2026-03-10T00:10:05Z")
        // The longest gap counts: from noon to midnight, and not from midnight to six.
        var world = World()
        world.schedules = [.daily(hours: [0, 6, 12], from: "2026-01-01T00:00:00Z")]
        world.listed.append(World.dump(.completed, "2026-03-10T06:00:05Z", minutes: 1))
        Self.check(
            world, isOldAfter: "2026-03-10T18:31:05Z", since: "2026-03-10T06:01:05Z", objective: hour * 12 + minute * 30
        )
    }

    @Test("R33: nor is a backup too old before the grace of the next slot after its creation is over")
    func nextSlot() {
        // Clocks go back on 2024-10-27, so that 25 hours lie between two slots at four.
        var world = World()
        world.objectives.zone = .berlin
        world.schedules = [.daily(hours: [4], from: "2024-01-01T00:00:00Z")]
        world.listed = [World.dump(.completed, "2024-10-26T02:00:05Z", minutes: 1)]
        Self.check(world, isOldAfter: "2024-10-27T03:29:59.999Z", since: "2024-10-26T02:01:05Z")
    }

    @Test("R35: after a pause the age counts from its end, if that is later")
    func pause() {
        var world = World()
        world.activeSince = time("2026-03-10T10:00:00Z")
        Self.check(world, isOldAfter: "2026-03-11T10:30:00Z", since: "2026-03-10T00:10:05Z")
        world.activeSince = time("2026-03-10T00:10:04Z")
        Self.check(world, isOldAfter: "2026-03-11T00:40:05Z", since: "2026-03-10T00:10:05Z")
    }

    @Test(
        "R36: after new schedules the age can be twice the gap, or the former gap, until the grace of their first slot")
    func newSchedules() {
        var world = World()
        world.schedules = [.daily(from: "2026-03-10T00:20:00Z")]
        world.listed = World.daily(["2026-03-08"])
        let end = "2026-03-08T00:10:05Z"
        Self.check(world, isOldAfter: "2026-03-10T00:40:05Z", since: end)
        world.formerGaps[.dump] = day * 2
        Self.check(world, isOldAfter: "2026-03-10T00:40:05Z", since: end)
        world.formerGaps[.dump] = day * 2 + .milliseconds(1)
        Self.check(world, isOldAfter: "2026-03-10T00:40:05.001Z", since: end)
        world.formerGaps[.snapshot] = day * 9
        Self.check(world, isOldAfter: "2026-03-10T00:40:05.001Z", since: end)
        // Whatever the former gap, the grace of their first slot ends it.
        world.formerGaps[.dump] = day * 7
        Self.check(world, isOldAfter: "2026-03-11T00:29:59.999Z", since: end)
        // Schedules that were made before the backup change no age.
        world.schedules = [.daily(from: "2026-03-07T00:20:00Z")]
        Self.check(world, isOldAfter: "2026-03-09T00:40:05Z", since: end)
    }

    @Test("R37: without a completed backup the age counts from the first slot that was due")
    func firstSlot() {
        var world = World()
        world.schedules = [.daily(from: "2026-03-08T00:00:00.001Z")]
        world.listed = ["2026-03-10T00:00:05Z", "2026-03-09T00:00:05Z"].map { World.dump(.failed, $0) }
        Self.check(world, isOldAfter: "2026-03-10T00:30:00Z", since: nil)
        // From the first one after a pause.
        world.activeSince = time("2026-03-09T12:00:00Z")
        Self.check(world, isOldAfter: "2026-03-11T00:30:00Z", since: nil)
    }

    @Test("R37: if a retention no longer than the objective can have deleted one, from when the addon was first seen")
    func firstSeen() {
        var world = World()
        world.listed = []
        world.firstSeen = time("2026-03-10T06:00:00Z")
        world.schedules?[0].retention = day + minute * 30
        Self.check(world, isOldAfter: "2026-03-11T06:30:00Z", since: nil)
        world.schedules?[0].retention = day + minute * 30 + .milliseconds(1)
        #expect(world.findings.contains(.tooOld(type: .dump, since: nil, objective: day + minute * 30)))
        // A first slot after that counts instead.
        world.schedules = [.daily(hours: [9], from: "2026-03-10T08:00:00Z")]
        world.schedules?[0].retention = day
        Self.check(world, isOldAfter: "2026-03-11T09:30:00Z", since: nil)
    }

    @Test("R38: if its retention has deleted the newest completed backup, the age counts from its end")
    func deleted() {
        var world = World()
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z")]
        world.schedules?[0].retention = day * 2
        world.listed = []
        world.gone = World.daily(["2026-03-09", "2026-03-02"])
        world.goneAt = time("2026-03-11T00:05:00Z")
        Self.check(
            world, isOldAfter: "2026-03-16T00:40:05Z", since: "2026-03-09T00:10:05Z", objective: day * 7 + minute * 30)
    }

    @Test(
        "R39: the age counts from the end of a completed backup of the other type that fills a slot, if that is later")
    func covered() {
        var world = World()
        var daily = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        daily.type = .snapshot
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z"), daily]
        let snapshots = (9...16).map { day in
            World.dump(
                .completed, "2026-03-\(day < 10 ? "0" : "")\(day)T00:00:05Z", minutes: 1, type: .snapshot)
        }
        world.listed = World.daily(["2026-03-02"]) + snapshots.dropLast()
        let objective = day * 7 + minute * 30
        Self.check(world, isOldAfter: "2026-03-16T00:31:05Z", since: "2026-03-02T00:10:05Z", objective: objective)
        // A dump by hand that ended later counts itself, and so does a snapshot that fills no slot of the dumps.
        world.listed.append(World.dump(.completed, "2026-03-09T06:00:00Z", minutes: 1))
        world.observedAt = time("2026-03-16T00:31:05.001Z")
        #expect(!world.findings.contains { $0.kind == .tooOld && $0.type == .dump })
        world.listed = World.daily(["2026-03-02"]) + snapshots[1..<7]
        #expect(
            world.findings.contains(
                .tooOld(type: .dump, since: time("2026-03-02T00:10:05Z"), objective: objective)))
    }

    @Test("R40: while a slot waits for the schedules, its type is not too old by the slots, but by max_age")
    func doubtful() {
        var world = World()
        world.listed.removeFirst()
        world.schedulesObserved = time("2026-03-09T08:00:00Z")
        // The newest is too old from 00:40:05.001 on, and the slot waits until 01:30.
        Self.check(world, isOldAfter: "2026-03-10T01:29:59.999Z", since: "2026-03-09T00:10:05Z")
        world.schedulesObserved = time("2026-03-10T00:31:00Z")
        Self.check(world, isOldAfter: "2026-03-10T00:40:05Z", since: "2026-03-09T00:10:05Z")
        world.schedulesObserved = time("2026-03-09T08:00:00Z")
        world.objectives.maxAge = day
        Self.check(
            world, isOldAfter: "2026-03-10T00:10:05Z", since: "2026-03-09T00:10:05Z", objective: day)
    }
}
