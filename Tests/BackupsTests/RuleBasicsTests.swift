import TestSupport
import Testing

@testable import Backups

/// What is judged, and when: the first rules of docs/health.md.
@Suite struct RuleBasicsTests {
    @Test("R1: between two observations time begins no finding but not-observed")
    func betweenObservations() {
        var world = World()
        world.listed.removeFirst()
        world.observedAt = time("2026-03-10T00:29:59.999Z")
        #expect(world.verdict(after: hour * 12, limit: hour * 12).findings == [])
        let limit = hour * 12 - .milliseconds(1)
        #expect(
            world.verdict(after: hour * 12, limit: limit).findings
                == [.notObserved(since: world.observedAt, limit: limit)])
        // An observation of a millisecond later is judged by its own time.
        world.observedAt = time("2026-03-10T00:30:00Z")
        #expect(world.verdict().findings.map(\.kind) == [.slotsMissed])
    }

    @Test("R2: an import counts by its status and in no rule", arguments: [true, false])
    func imports(isScheduled: Bool) {
        var world = World()
        world.objectives.decisions.maxAge = day * 3
        if !isScheduled { world.schedules = [] }
        let before = world.assessment
        #expect(before.findings == [])
        world.listed += [
            World.dump(.failed, "2026-03-10T11:00:00Z", minutes: 1, type: .imported),
            World.dump(.notSupported, "2026-03-10T11:10:00Z", type: .imported),
            World.dump(.inProgress, "2026-03-01T11:00:00Z", type: .imported),
            World.dump(.completed, "2026-03-10T11:20:00Z", minutes: 1, size: 0, type: .imported),
            World.dump(.completed, "2026-03-20T11:20:00Z", size: 1 << 40, type: .imported),
        ]
        let after = world.assessment
        #expect(after.findings == [])
        #expect(after.failedInARow == before.failedInARow)
        #expect(after.slots == before.slots)
        #expect(after.unfinished == [])
        let statuses: [BackupStatus] = [.failed, .notSupported, .inProgress, .completed]
        #expect(statuses.map(after.summary.count) == [1, 1, 1, 5])
        // An import does not protect the addon either.
        world.listed = [World.dump(.completed, "2026-03-10T00:00:05Z", minutes: 1, size: 5, type: .imported)]
        #expect(
            world.findings.map(\.kind) == (isScheduled ? [.slotsMissed, .tooOld, .neverCompleted] : [.neverCompleted]))
    }

    @Test("R3: a backup ends at its completedAt, or at its createdAt if it has none")
    func end() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = hour * 2
        let ended = time("2026-03-10T10:00:00Z")
        for backup in [
            World.dump(.completed, "2026-03-10T10:00:00Z"), World.dump(.completed, "2026-03-10T09:30:00Z", minutes: 30),
        ] {
            world.listed = [backup]
            world.observedAt = ended + hour * 2
            #expect(world.findings == [])
            world.observedAt = world.observedAt.adding(milliseconds: 1)
            #expect(world.findings == [.tooOld(type: nil, since: ended, objective: hour * 2)])
        }
    }

    @Test("R4: the newest backup is the one created last, then the one that ended last")
    func newest() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = minute * 110
        func dump(_ status: BackupStatus, _ created: String, _ minutes: Int64) -> Backup {
            World.dump(status, "2026-03-10T\(created):00Z", minutes: minutes)
        }
        // Created last, though it ended first.
        world.listed = [dump(.completed, "09:00", 120), dump(.completed, "10:00", 5)]
        #expect(
            world.findings == [.tooOld(type: nil, since: time("2026-03-10T10:05:00Z"), objective: minute * 110)])
        // Created at the same time.
        world.listed = [dump(.completed, "10:00", 5), dump(.failed, "10:00", 6)]
        #expect(world.findings.map(\.kind).contains(.attemptFailed))
        world.listed = [dump(.completed, "10:00", 11), dump(.failed, "10:00", 6)]
        #expect(world.findings == [])
    }

    @Test(
        "R5: a backup without a type counts for the only type that has a schedule, and else for the type unknown",
        arguments: [
            ([.dump], .dump), ([.snapshot], .snapshot), ([.snapshot, .dump], .unknown), ([], .unknown),
            ([.unknown, .dump], .dump),
        ] as [([BackupType], BackupType)])
    func untyped(scheduled: [BackupType], type: BackupType) {
        var world = World()
        world.schedules = scheduled.map { type in
            var schedule = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
            schedule.type = type
            return schedule
        }
        world.listed = [World.dump(.failed, "2026-03-10T00:00:05Z", minutes: 1, type: .unknown)]
        #expect(
            world.findings.filter { $0.kind == .attemptFailed }
                == [.attemptFailed(type: type, status: .failed, at: time("2026-03-10T00:01:05Z"), inARow: 1)])
        let missed = world.assessment.slots.map { $0.missedInARow == 0 }
        // It fills the slots of its type alone.
        #expect(missed == (type == .unknown ? scheduled.map { _ in false } : [true]))
    }

    @Test("R8: a paused addon has no finding but not-observed and gone, and no next slot")
    func paused() {
        var world = World()
        world.listed = [World.dump(.failed, "2026-03-10T00:00:05Z"), World.dump(.completed, "2026-03-20T00:00:05Z")]
        world.isPaused = true
        #expect(world.verdict().findings == [.paused])
        #expect(world.verdict(after: .seconds(900)).state == .paused)
        #expect(world.verdict(after: .seconds(901)).findings.map(\.state) == [.unknown, .paused])
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: world.firstSeen)
        record.schedules = world.schedules
        #expect(
            record.nextSlots(after: world.observedAt, zone: .utc) == [.dump: time("2026-03-11T00:00:00Z")])
        record.isPaused = true
        #expect(record.nextSlots(after: world.observedAt, zone: .utc) == [:])
    }
}
