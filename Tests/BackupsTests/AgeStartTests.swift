import TestSupport
import Testing

@testable import Backups

/// From when the age of the newest completed backup counts, to the millisecond.
@Suite struct AgeStartTests {
    @Test("R35: after a pause the age counts from its end, if that is later")
    func pause() {
        var world = World()
        world.activeSince = time("2026-03-10T10:00:00Z")
        world.check(isOldAfter: "2026-03-11T10:30:00Z", since: "2026-03-10T00:10:05Z")
        world.activeSince = time("2026-03-10T00:10:04Z")
        world.check(isOldAfter: "2026-03-11T00:40:05Z", since: "2026-03-10T00:10:05Z")
    }

    @Test("R37: without a completed backup the age counts from the first slot that was due")
    func firstSlot() {
        var world = World()
        world.schedules = [.daily(from: "2026-03-08T00:00:00.001Z")]
        world.listed = ["2026-03-10T00:00:05Z", "2026-03-09T00:00:05Z"].map { World.dump(.failed, $0) }
        world.check(isOldAfter: "2026-03-10T00:30:00Z", since: nil)
        // From the first one after a pause.
        world.activeSince = time("2026-03-09T12:00:00Z")
        world.check(isOldAfter: "2026-03-11T00:30:00Z", since: nil)
    }

    @Test("R37: if a retention no longer than the objective can have deleted one, from when the addon was first seen")
    func firstSeen() {
        var world = World()
        world.listed = []
        world.firstSeen = time("2026-03-10T06:00:00Z")
        world.schedules?[0].retention = day + minute * 30
        world.check(isOldAfter: "2026-03-11T06:30:00Z", since: nil)
        world.schedules?[0].retention = day + minute * 30 + .milliseconds(1)
        #expect(world.findings.contains(.tooOld(type: .dump, since: nil, objective: day + minute * 30)))
        // A first slot after that counts instead.
        world.schedules = [.daily(hours: [9], from: "2026-03-10T08:00:00Z")]
        world.schedules?[0].retention = day
        world.check(isOldAfter: "2026-03-11T09:30:00Z", since: nil)
    }

    @Test("R38: if its retention has deleted the newest completed backup, the age counts from its end")
    func deleted() {
        var world = World()
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z")]
        world.schedules?[0].retention = day * 2
        world.listed = []
        world.gone = World.daily(["2026-03-09", "2026-03-02"])
        world.goneAt = time("2026-03-11T00:05:00Z")
        world.check(isOldAfter: "2026-03-16T00:40:05Z", since: "2026-03-09T00:10:05Z", objective: day * 7 + minute * 30)
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
        world.check(isOldAfter: "2026-03-16T00:31:05Z", since: "2026-03-02T00:10:05Z", objective: objective)
        // A dump by hand that ended later counts itself, and so does a snapshot that fills no slot of the dumps.
        world.listed.append(World.dump(.completed, "2026-03-09T06:00:00Z", minutes: 1))
        world.observedAt = time("2026-03-16T00:31:05.001Z")
        #expect(!world.findings.contains { $0.kind == .tooOld && $0.type == .dump })
        world.listed = World.daily(["2026-03-02"]) + snapshots[1..<7]
        #expect(
            world.findings.contains(
                .tooOld(type: .dump, since: time("2026-03-02T00:10:05Z"), objective: objective)))
    }

    @Test("R33, R39: nor is a type too old before the grace of the next slot after the one that the other type filled")
    func coveredNextSlot() {
        // Clocks go back on 2024-10-27, so that 25 hours lie between two slots at four.
        var world = World()
        world.objectives.zone = .berlin
        var snapshots = BackupSchedule.daily(hours: [4], from: "2024-01-01T00:00:00Z")
        world.schedules = [snapshots]
        snapshots.type = .snapshot
        world.schedules?.append(snapshots)
        world.listed = [
            World.dump(.completed, "2024-10-25T02:00:05Z", minutes: 1),
            World.dump(.completed, "2024-10-26T02:00:05Z", minutes: 1, type: .snapshot),
        ]
        world.check(isOldAfter: "2024-10-27T03:29:59.999Z", since: "2024-10-25T02:01:05Z")
    }
}
