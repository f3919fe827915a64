import TestSupport
import Testing

@testable import Backups

/// When `never-completed` holds, and what suspends and ends it.
@Suite struct NeverRuleTests {
    private static let never = Finding.neverCompleted(expectedBy: time("2026-03-10T00:30:00Z"))

    /// A world without any backup, whose schedule was made before the slot of 2026-03-10.
    private static func world(_ change: (inout World) -> Void = { _ in }) -> World {
        var world = World()
        world.listed = []
        world.schedules = [.daily(from: "2026-03-09T15:00:00Z")]
        world.observedAt = time("2026-03-10T00:30:00Z")
        world.firstSeen = world.observedAt
        change(&world)
        return world
    }

    private static func isNever(_ world: World) -> Bool { world.findings.contains { $0.kind == .neverCompleted } }

    @Test("R41: it holds from the grace of a slot on, while no completed backup is listed, without a history")
    func slot() {
        #expect(Self.world().findings.contains(Self.never))
        #expect(!Self.isNever(Self.world { $0.observedAt = time("2026-03-10T00:29:59.999Z") }))
        // A slot of before the schedule is none.
        #expect(Self.isNever(Self.world { $0.schedules = [.daily(from: "2026-03-10T00:00:00Z")] }))
        #expect(!Self.isNever(Self.world { $0.schedules = [.daily(from: "2026-03-10T00:00:00.001Z")] }))
        // A completed backup of any type ends it, a deleted one does not.
        let dump = World.dump(.completed, "2026-03-09T00:00:05Z", minutes: 1, type: .snapshot)
        #expect(!Self.isNever(Self.world { $0.listed = [dump] }))
        #expect(Self.isNever(Self.world { $0.gone = [dump] }))
        // Two types: the slot of either is enough.
        var weekly = BackupSchedule.weekly(from: "2026-03-09T15:00:00Z")
        weekly.type = .snapshot
        #expect(Self.isNever(Self.world { $0.schedules?.append(weekly) }))
    }

    @Test("R42: without a schedule it holds when max_age has passed, else the grace", arguments: [true, false])
    func general(hasMaxAge: Bool) {
        let wait = hasMaxAge ? day * 8 : minute * 30
        func check(_ start: String, _ change: (inout World) -> Void) {
            for (milliseconds, isNever) in [(-1, false), (0, true)] {
                let world = Self.world {
                    $0.schedules = []
                    $0.objectives.decisions.maxAge = hasMaxAge ? day * 8 : nil
                    $0.observedAt = time(start) + wait + .milliseconds(milliseconds)
                    $0.firstSeen = time("2026-02-01T00:00:00Z")
                    change(&$0)
                }
                #expect(Self.isNever(world) == isNever)
                if isNever { #expect(world.findings.contains(.neverCompleted(expectedBy: time(start) + wait))) }
            }
        }
        check("2026-02-01T00:00:00Z") { _ in }
        // The oldest known attempt, if that is earlier, also a deleted one.
        check("2026-01-20T00:00:00Z") {
            $0.listed = [World.dump(.failed, "2026-01-25T00:00:00Z", minutes: 1)]
            $0.gone = [World.dump(.aborted, "2026-01-20T00:00:00Z")]
        }
        check("2026-02-01T00:00:00Z") { $0.listed = [World.dump(.failed, "2026-02-01T00:10:00Z", minutes: 1)] }
        // The end of the last pause, if that is later.
        check("2026-02-03T00:00:00Z") { $0.activeSince = time("2026-02-03T00:00:00Z") }
        check("2026-02-01T00:00:00Z") { $0.activeSince = time("2026-01-31T00:00:00Z") }
    }

    @Test("R42, R67: schedules that have not been read yet are waited for, for a day")
    func unread() {
        let seen = time("2026-03-09T00:00:00Z")
        func world(_ age: Duration, maxAge: Duration? = nil) -> World {
            Self.world {
                $0.schedules = nil
                ($0.firstSeen, $0.observedAt, $0.objectives.decisions.maxAge) = (seen, seen + age, maxAge)
            }
        }
        #expect(world(day).findings == [])
        #expect(world(day).assessment.validity == seen + day..<(seen + day).adding(milliseconds: 1))
        #expect(
            world(day + .milliseconds(1)).findings == [.neverCompleted(expectedBy: seen + minute * 30), .noObjective])
        #expect(world(day + .milliseconds(1), maxAge: hour).findings == [.neverCompleted(expectedBy: seen + hour)])
        // A token that cannot read them is not waited for.
        var forbidden = world(hour)
        forbidden.mayReadSchedules = false
        #expect(forbidden.findings == [.neverCompleted(expectedBy: seen + minute * 30), .noObjective])
    }

    @Test(
        "R43: it does not hold while the first attempt is running",
        arguments: [BackupStatus.scheduled, .inProgress, .aborting, .unknown])
    func firstAttempt(status: BackupStatus) {
        let running = World.dump(status, "2026-03-10T00:00:05Z")
        // A status that is not known is no attempt that runs.
        #expect(Self.isNever(Self.world { $0.listed = [running] }) == (status == .unknown))
        for ended in [BackupStatus.failed, .aborted, .notSupported] {
            let before = World.dump(ended, "2026-03-09T16:00:00Z", minutes: 1)
            #expect(Self.isNever(Self.world { $0.listed = [running, before] }))
            let gone = Self.world { ($0.listed, $0.gone) = ([running], [before]) }
            #expect(Self.isNever(gone))
        }
        // An earlier attempt that did not end is no other one.
        let stuck = World.dump(.inProgress, "2026-03-09T16:00:00Z")
        #expect(!Self.isNever(Self.world { $0.listed = [running, stuck] }))
    }

    @Test("R44: it does not hold if the retention has deleted the newest, until the type is too old")
    func deleted() {
        let newest = World.dump(.completed, "2026-03-09T00:00:05Z", minutes: 10)
        func world(_ gone: String, _ now: String) -> World {
            Self.world {
                $0.schedules = [.weekly(from: "2026-01-01T00:00:00Z")]
                $0.schedules?[0].retention = day * 2
                $0.firstSeen = time("2026-01-01T00:00:00Z")
                ($0.gone, $0.goneAt, $0.observedAt) = ([newest], time(gone), time(now))
            }
        }
        let expected = "2026-03-11T00:00:05Z"
        #expect(!Self.isNever(world(expected, "2026-03-16T00:40:05Z")))
        #expect(Self.isNever(world(expected, "2026-03-16T00:40:05.001Z")))
        // An hour before its retention was over is soon enough.
        #expect(!Self.isNever(world("2026-03-10T23:00:05Z", "2026-03-12T00:00:00Z")))
        #expect(Self.isNever(world("2026-03-10T23:00:04.999Z", "2026-03-12T00:00:00Z")))
    }

    @Test("R45: what was overdue once stays overdue, by the earlier time")
    func stays() {
        let earlier = time("2026-03-01T00:30:00Z")
        #expect(Self.world { $0.overdueSince = earlier }.findings.contains(.neverCompleted(expectedBy: earlier)))
        let new = Self.world {
            $0.overdueSince = earlier
            $0.schedules = [.daily(from: "2026-03-10T00:10:00Z")]
            $0.activeSince = time("2026-03-10T00:20:00Z")
        }
        #expect(new.findings == [.neverCompleted(expectedBy: earlier)])
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: earlier)
        record.overdueSince = earlier
        var known: [KnownBackup] = []
        func observe(_ backups: [Backup], at now: String) -> Timestamp? {
            record.observe(backups, isWhole: true, isNewestFirst: true, at: time(now), known: &known) { _ in nil }
            _ = record.judge(known, Objectives(maxAge: day * 60))
            return record.overdueSince
        }
        // An import is none.
        let imported = World.dump(.completed, "2026-03-10T02:00:00Z", type: .imported)
        #expect(observe([imported], at: "2026-03-10T03:00:00Z") == earlier)
        #expect(observe([World.dump(.completed, "2026-03-10T04:00:00Z"), imported], at: "2026-03-10T05:00:00Z") == nil)
    }
}
