import TestSupport
import Testing

@testable import Backups

/// Failed attempts, and attempts that do not end.
@Suite struct AttemptRuleTests {
    @Test(
        "R47: the newest finished attempt of a type decides; aborted and running ones are not finished",
        arguments: BackupStatus.allCases)
    func finished(status: BackupStatus) {
        var world = World()
        world.listed += [
            World.dump(.failed, "2026-03-10T06:00:00Z", minutes: 1), World.dump(status, "2026-03-10T11:30:00Z"),
        ]
        let failure = world.findings.first { $0.kind == .attemptFailed }
        switch status {
        case .completed: #expect(failure == nil)
        case .failed, .notSupported:
            #expect(
                failure == .attemptFailed(type: .dump, status: status, at: time("2026-03-10T11:30:00Z"), inARow: 2))
        case .scheduled, .inProgress, .aborting, .aborted, .unknown:
            #expect(
                failure == .attemptFailed(type: .dump, status: .failed, at: time("2026-03-10T06:01:00Z"), inARow: 1))
        }
        // A deleted attempt is none.
        (world.gone, world.listed) = ([world.listed[3]], World.daily(["2026-03-10"]))
        #expect(world.findings == [])
    }

    @Test("R48: of a type without a schedule, the attempt counts while it is the newest finished one of all types")
    func unscheduled() {
        var world = World()
        world.listed.append(World.dump(.failed, "2026-03-10T06:00:00Z", minutes: 1, type: .unknown))
        // Without a type it counts for the dumps; a second type makes it one of its own.
        #expect(world.findings.map(\.type) == [.dump])
        world.listed[3].type = .snapshot
        #expect(world.findings.map(\.type) == [.snapshot])
        // A deleted attempt is none.
        world.gone = [world.listed.removeLast()]
        #expect(world.findings == [])
        world.listed.append(world.gone.removeLast())
        for status in [BackupStatus.aborted, .inProgress] {
            world.listed.append(World.dump(status, "2026-03-10T11:30:00Z"))
            #expect(world.findings.map(\.kind) == [.attemptFailed])
            world.listed.removeLast()
        }
        // A failed dump is the newest finished one, and the snapshot's failure no longer counts.
        world.listed.append(World.dump(.failed, "2026-03-10T06:00:01Z", minutes: 1))
        #expect(world.findings.map(\.type) == [.dump])
    }

    @Test("R49: failures in a row are of the type if it has a schedule, and else of all types")
    func inARow() {
        var world = World()
        world.listed += [
            World.dump(.failed, "2026-03-10T06:00:00Z"), World.dump(.aborted, "2026-03-10T07:00:00Z"),
            World.dump(.failed, "2026-03-10T08:00:00Z", type: .snapshot),
            World.dump(.notSupported, "2026-03-10T09:00:00Z"),
        ]
        #expect(world.assessment.failedInARow == [.dump: 2, .snapshot: 0])
        world.listed.append(World.dump(.failed, "2026-03-10T10:00:00Z", type: .snapshot))
        #expect(world.assessment.failedInARow == [.dump: 2, .snapshot: 4])
        world.schedules = []
        world.objectives.decisions.maxAge = day
        #expect(world.assessment.failedInARow == [.dump: 0, .snapshot: 4])
        world.listed.append(World.dump(.completed, "2026-03-10T11:00:00Z"))
        #expect(world.assessment.failedInARow == [.dump: 0, .snapshot: 0])
    }

    @Test("R50: an attempt is stuck after more than an hour, and more than three times what 95 % took")
    func stuck() {
        func check(_ change: (inout World) -> Void, status: BackupStatus, limit: Duration) {
            var world = World()
            change(&world)
            for (milliseconds, isStuck) in [(Int64(0), false), (1, true)] {
                let since = (world.observedAt - limit).adding(milliseconds: -milliseconds)
                var stuck = world
                stuck.listed.append(Backup(identity: "r", status: status, type: .dump, createdAt: since))
                #expect(stuck.findings == (isStuck ? [.unfinished(type: .dump, since: since, limit: limit)] : []))
            }
        }
        for status in [BackupStatus.scheduled, .inProgress, .aborting] {
            check({ _ in }, status: status, limit: hour)
        }
        // Three times 21 minutes; what the other type took is nothing to a dump.
        check(
            {
                $0.listed = ["2026-03-10", "2026-03-09"].map {
                    World.dump(.completed, "\($0)T00:00:05Z", minutes: 21)
                }
                $0.listed.append(World.dump(.completed, "2026-03-10T00:10:00Z", minutes: 100, type: .snapshot))
            }, status: .inProgress, limit: minute * 63)
        // Without a schedule, what all types took counts.
        check(
            {
                ($0.schedules, $0.objectives.decisions.maxAge) = ([], day * 3)
                $0.listed = [World.dump(.completed, "2026-03-08T00:10:00Z", minutes: 100, type: .snapshot)]
            }, status: .scheduled, limit: minute * 300)
    }

    @Test("R50: it is not if a later one of its type completed, without a schedule one of any type")
    func overtaken() {
        var world = World()
        world.listed = World.daily(["2026-03-10"])
        world.listed.append(World.dump(.inProgress, "2026-03-10T00:00:04Z"))
        #expect(world.findings == [])
        world.listed[1] = World.dump(.inProgress, "2026-03-10T00:00:06Z")
        #expect(world.findings.map(\.kind) == [.unfinished])
        let snapshot = World.dump(.completed, "2026-03-10T06:00:00Z", minutes: 1, type: .snapshot)
        for status in [BackupStatus.failed, .aborted] {
            world.listed.append(World.dump(status, "2026-03-10T07:00:00Z", minutes: 1))
            #expect(world.findings.contains { $0.kind == .unfinished })
            world.listed.removeLast()
        }
        world.listed.append(snapshot)
        #expect(world.findings.map(\.kind) == [.unfinished])
        (world.schedules, world.objectives.decisions.maxAge) = ([], day)
        #expect(world.findings == [])
    }
}
