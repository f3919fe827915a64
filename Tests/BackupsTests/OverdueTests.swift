import Testing

@testable import Backups

/// Verdicts that end when what was wrong was mended, and not before.
@Suite struct OverdueTests {
    /// A weekly dump that stopped four weeks ago, at noon of Tuesday, 2026-03-10.
    private static func stopped(_ schedule: BackupSchedule) -> World {
        var world = World()
        world.schedules = [schedule]
        world.listed = World.daily(["2026-02-09", "2026-02-02"])
        world.firstSeen = world.observedAt
        return world
    }

    @Test("R36: a schedule made anew changes no age")
    func madeAnew() {
        let old = Self.stopped(.weekly(from: "2026-01-01T00:00:00Z"))
        #expect(old.assessment.slots.map(\.missedInARow) == [4])
        let late = Finding.tooOld(type: .dump, since: time("2026-02-09T00:10:05Z"), objective: day * 7 + minute * 30)
        #expect(old.findings.contains(late))
        // An hour later in the day, made an hour ago.
        var new = Self.stopped(.weekly(hours: [1], from: "2026-03-10T11:00:00Z"))
        #expect(new.findings == [late])
        for now in ["2026-03-12T00:00:00Z", "2026-03-16T01:29:00Z"] {
            new.observedAt = time(now)
            #expect(new.findings == [late], "\(now)")
        }
        new.observedAt = time("2026-03-16T01:30:00Z")
        #expect(new.findings.map(\.kind) == [.slotsMissed, .tooOld])
    }

    @Test(
        "R36: a young backup may wait for the first slot of new times",
        arguments: [
            // Daily at midnight became daily at 23:00, at noon: the backup of this night, and of two nights before.
            ("2026-03-10", "2026-03-11T23:29:59Z", 0), ("2026-03-08", "2026-03-10T12:00:00Z", 1),
        ])
    func movedHour(newest: String, now: String, findings: Int) {
        var world = World()
        world.schedules = [.daily(hours: [23], from: "2026-03-10T11:00:00Z")]
        world.listed = World.daily([newest])
        world.observedAt = time(now)
        if newest == "2026-03-10" {
            // The first slot has its backup until then, but the one of the day after.
            world.listed += [World.dump(.completed, "2026-03-10T23:00:05Z", minutes: 10, size: 1000)]
        }
        #expect(world.findings.count == findings)
    }

    @Test("R36: before the first slot, the age may be twice the gap, or the gap of the former schedules")
    func former() {
        // Weekly became daily at 11:00 of the tenth; the newest dump ended on Monday at 00:10:05, or days before.
        func kinds(_ newest: String, former: Duration?) -> [FindingKind?] {
            var world = World()
            world.schedules = [.daily(from: "2026-03-10T11:00:00Z")]
            world.formerGaps[.dump] = former
            world.listed = World.daily([newest])
            return world.findings.map(\.kind)
        }
        #expect(kinds("2026-03-09", former: nil) == [])
        #expect(kinds("2026-03-08", former: nil) == [.tooOld])
        #expect(kinds("2026-03-08", former: day * 7) == [])
        #expect(kinds("2026-03-04", former: day * 7) == [])
        #expect(kinds("2026-03-03", former: day * 7) == [.tooOld])
    }

    @Test("R36: the longest gap of former schedules outlives their deletion")
    func formerGaps() {
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "x"), firstSeen: at(0))
        record.observe(schedules: [.weekly()], at: at(1))
        #expect(record.formerGaps == [:])
        record.observe(schedules: [.weekly(days: [0, 0])], at: at(2))
        #expect(record.formerGaps == [:])
        record.observe(schedules: [.daily()], at: at(3))
        #expect(record.formerGaps == [.dump: day * 7])
        record.observe(schedules: [], at: at(4))
        #expect(record.formerGaps == [.dump: day])
        record.observe(schedules: [.hourly(0)], at: at(5))
        #expect(record.formerGaps == [.dump: day])
    }

    @Test("R43: never goes on while a later attempt runs, and waits for the first one alone")
    func attempts() {
        let running = World.dump(.inProgress, "2026-03-10T11:30:00Z")
        var world = World()
        world.listed = [running]
        #expect(world.findings.map(\.kind).contains(.neverCompleted) == false)
        for status in [BackupStatus.failed, .aborted, .notSupported] {
            world.listed = [running, World.dump(status, "2026-03-10T10:30:00Z", minutes: 1)]
            #expect(world.findings.map(\.kind).contains(.neverCompleted), "\(status)")
            // A deleted attempt was one, too.
            (world.listed, world.gone) = ([running], [World.dump(status, "2026-03-10T10:30:00Z", minutes: 1)])
            #expect(world.findings.map(\.kind).contains(.neverCompleted), "\(status)")
            world.gone = []
        }
    }

    /// The record after lists and changes, and its findings after each.
    private struct Life {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "x"), firstSeen: time("2026-03-01T12:00:00Z"))
        var known: [KnownBackup] = []
        var objectives = Objectives()

        mutating func observe(_ backups: [Backup], at now: String) -> Set<FindingKind?> {
            record.observe(backups, isWhole: true, isNewestFirst: true, at: time(now), known: &known) { _ in nil }
            // The schedules were read again.
            record.schedulesObserved = time(now)
            return Set(record.judge(known, objectives)?.findings.map(\.kind) ?? [])
        }
    }

    @Test("R45: no new schedule, no pause and no other attempt ends it")
    func persists() {
        var life = Life()
        life.record.observe(schedules: [.daily(from: "2026-03-01T00:00:00Z")], at: time("2026-03-01T12:00:00Z"))
        #expect(life.observe([], at: "2026-03-01T12:00:00Z") == [.neverCompleted, .slotsMissed])
        #expect(life.record.overdueSince == time("2026-03-01T00:30:00Z"))
        life.record.observe(schedules: [.weekly(from: "2026-03-01T13:00:00Z")], at: time("2026-03-01T13:00:00Z"))
        #expect(life.observe([], at: "2026-03-01T13:00:00Z") == [.neverCompleted])
        life.record.note(isPaused: true, at: time("2026-03-01T14:00:00Z"))
        #expect(life.observe([], at: "2026-03-01T14:00:00Z") == [nil])
        life.record.note(isPaused: false, at: time("2026-03-01T15:00:00Z"))
        #expect(life.observe([], at: "2026-03-01T15:00:00Z") == [.neverCompleted])
        let running = World.dump(.inProgress, "2026-03-01T16:00:00Z")
        #expect(life.observe([running], at: "2026-03-01T16:10:00Z") == [])
        #expect(life.record.overdueSince == time("2026-03-01T00:30:00Z"))
        let failed = World.dump(.failed, "2026-03-01T16:00:00Z", minutes: 20)
        #expect(life.observe([failed], at: "2026-03-01T16:30:00Z") == [.neverCompleted, .attemptFailed])
        let good = World.dump(.completed, "2026-03-01T17:00:00Z", minutes: 1, size: 5)
        #expect(life.observe([good, failed], at: "2026-03-01T17:10:00Z") == [])
        #expect(life.record.overdueSince == nil)
    }

    @Test(
        "R18: slots of more than two days, or of a retention, without an observation are neither missed nor due",
        arguments: [(48, 7, true), (49, 7, false), (24, 1, true), (25, 1, false)])
    func unobserved(hours: Int, retention: Int, isJudged: Bool) {
        var life = Life()
        let nightly = World.daily(["2026-03-01"])
        life.record.observe(schedules: [.daily(from: "2026-01-01T00:00:00Z")], at: time("2026-03-01T00:20:00Z"))
        life.record.schedules?[0].retention = day * retention
        let shallow: Set<FindingKind?> = retention == 1 ? [.tooShallow] : []
        #expect(life.observe(nightly, at: "2026-03-01T12:00:00Z") == shallow)
        #expect(life.record.slots[.dump]?.due == 0)
        let next = time("2026-03-01T12:00:00Z") + hour * hours
        #expect(
            life.observe(nightly, at: next.text) == shallow.union(isJudged ? [.slotsMissed, .tooOld] : [.tooOld]))
        let slots = hours / 24
        #expect(life.record.slots[.dump]?.missed == (isJudged ? slots : 0))
        #expect(life.record.slots[.dump]?.due == (isJudged ? slots : 0))
        #expect(life.record.forgiven == (isJudged ? nil : time("2026-03-01T12:00:00Z")..<next))
    }

    @Test("R28: due slots are counted once, missed or not")
    func due() {
        var life = Life()
        life.record.observe(schedules: [.daily(from: "2026-01-01T00:00:00Z")], at: time("2026-03-01T00:20:00Z"))
        life.record.schedules?[0].retention = day * 7
        _ = life.observe(World.daily(["2026-03-01"]), at: "2026-03-01T12:00:00Z")
        _ = life.observe(World.daily(["2026-03-02", "2026-03-01"]), at: "2026-03-02T06:00:00Z")
        #expect(life.record.slots[.dump]?.due == 1)
        _ = life.observe(World.daily(["2026-03-02", "2026-03-01"]), at: "2026-03-03T00:29:00Z")
        #expect(life.record.slots[.dump]?.due == 1)
        _ = life.observe(World.daily(["2026-03-02", "2026-03-01"]), at: "2026-03-03T02:00:00Z")
        let slots = life.record.slots[.dump]
        #expect((slots?.due, slots?.missed, slots?.missedSince) == (2, 1, time("2026-03-03T00:00:00Z")))
    }

    @Test("R46: until the first backup is due, the time by which it is due is said")
    func firstDue() {
        var world = World()
        world.listed = []
        world.schedules = [.daily(from: "2026-03-10T11:00:00Z")]
        #expect(world.findings == [])
        #expect(world.assessment.firstDueBy == time("2026-03-11T00:30:00Z"))
        world.schedules = []
        (world.objectives.decisions.maxAge, world.firstSeen) = (day * 8, time("2026-03-10T11:00:00Z"))
        #expect(world.findings == [])
        #expect(world.assessment.firstDueBy == time("2026-03-18T11:00:00Z"))
        world.listed = World.daily(["2026-03-10"])
        #expect(world.assessment.firstDueBy == nil)
        world.listed = []
        world.firstSeen = time("2026-03-02T12:00:00Z")
        #expect(world.findings == [.neverCompleted(expectedBy: time("2026-03-10T12:00:00Z"))])
        #expect(world.assessment.firstDueBy == nil)
    }
}
