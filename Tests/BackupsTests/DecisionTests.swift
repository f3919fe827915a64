import TestSupport
import Testing

@testable import Backups

/// What policies demand besides ages: both sides of each limit. The world has dumps of the last three days.
@Suite struct DecisionTests {
    private func found(_ world: World, _ kinds: FindingKind...) -> [Finding] {
        world.findings.filter { finding in kinds.contains { $0 == finding.kind } }
    }

    @Test("R87: too few completed backups", arguments: [(3, false), (4, true), (60, true)])
    func number(least: Int, isFinding: Bool) {
        var world = World()
        world.objectives.decisions.minBackups = least
        #expect(world.findings == (isFinding ? [.tooFew(type: nil, count: 3, limit: least)] : []))
    }

    @Test("R87: imports and failed backups are no restorable points, and deleted ones are none any more")
    func others() {
        var world = World()
        world.objectives.decisions.minBackups = 3
        world.listed.removeLast()
        world.listed += [
            World.dump(.failed, "2026-03-08T00:00:05Z", minutes: 1),
            World.dump(.completed, "2026-03-08T00:00:05Z", minutes: 1, type: .imported),
        ]
        world.gone = World.daily(["2026-03-07"])
        #expect(world.findings == [.tooFew(type: nil, count: 2, limit: 3)])
    }

    @Test(
        "R87: a new addon is not judged before as many slots and their grace are over",
        arguments: [
            // Four slots from the 7th on; the last grace ends half an hour after midnight.
            ("2026-03-06T12:00:00Z", "2026-03-10T00:29:59.999Z", false),
            ("2026-03-06T12:00:00Z", "2026-03-10T00:30:00Z", true),
            ("2026-03-07T12:00:00Z", "2026-03-10T12:00:00Z", false),
        ])
    func slots(firstSeen: String, observedAt: String, isFinding: Bool) {
        var world = World()
        world.listed.removeLast()
        world.firstSeen = time(firstSeen)
        world.observedAt = time(observedAt)
        world.objectives.decisions.minBackups = 4
        #expect(found(world, .tooFew) == (isFinding ? [.tooFew(type: nil, count: 2, limit: 4)] : []))
    }

    @Test("R87: without a schedule each takes max_age, else a day", arguments: [nil, hour * 12] as [Duration?])
    func unscheduled(maxAge: Duration?) {
        var world = World()
        world.schedules = []
        world.firstSeen = time("2026-03-08T12:00:00Z")
        world.listed = World.daily(["2026-03-09"])
        world.objectives.decisions.maxAge = maxAge
        world.objectives.decisions.minBackups = 2
        let due = world.firstSeen + (maxAge ?? day) * 2
        world.observedAt = due.adding(milliseconds: -1)
        #expect(found(world, .tooFew) == [])
        #expect(world.assessment.validity.upperBound == due)
        world.observedAt = due
        #expect(found(world, .tooFew) == [.tooFew(type: nil, count: 1, limit: 2)])
    }

    @Test("R87: until the schedules have been read, nothing is known")
    func unread() {
        var world = World()
        world.schedules = nil
        world.firstSeen = time("2026-03-10T00:00:00Z")
        world.objectives.decisions.minBackups = 40
        #expect(found(world, .tooFew) == [])
    }

    /// The oldest dump is from 00:10:05 of the 8th; a gap and a grace are 24 hours and a half.
    @Test(
        "R88: the oldest backup does not reach far enough back",
        arguments: [
            (day * 3, "2026-03-10T12:00:00Z", false),
            (day * 4, "2026-03-10T23:40:04.999Z", true),
            (day * 4, "2026-03-10T23:40:05Z", false),
        ])
    func span(least: Duration, observedAt: String, isFinding: Bool) {
        var world = World()
        world.observedAt = time(observedAt)
        world.objectives.decisions.minSpan = least
        let oldest = time("2026-03-08T00:10:05Z")
        #expect(world.findings == (isFinding ? [.tooShort(oldest: oldest, limit: least)] : []))
    }

    @Test("R88: a new addon has the span to get there; one without any backup reaches nowhere")
    func young() {
        var world = World()
        world.objectives.decisions.minSpan = day * 30
        world.firstSeen = time("2026-02-08T12:00:00.001Z")
        #expect(world.findings == [])
        #expect(world.assessment.validity.upperBound == time("2026-03-10T12:00:00.001Z"))
        world.firstSeen = time("2026-02-08T12:00:00Z")
        #expect(world.findings == [.tooShort(oldest: time("2026-03-08T00:10:05Z"), limit: day * 30)])
        world.listed = []
        #expect(found(world, .tooShallow) == [.tooShort(oldest: nil, limit: day * 30)])
    }

    @Test("R88: the schedule that keeps backups longest decides how much less will do")
    func slack() {
        var world = World()
        let hourly = BackupSchedule(
            id: "hourly", type: .snapshot, rule: .init(interval: .hourly), retention: day,
            effectiveFrom: time("2026-01-01T00:00:00Z"))
        var daily = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        daily.retention = day * 3
        world.schedules = [daily, hourly]
        world.objectives.decisions.minSpan = day * 3 + hour * 11
        #expect(found(world, .tooShallow) == [])
        world.objectives.decisions.minSpan = day * 3 + hour * 13
        #expect(found(world, .tooShallow).count == 1)
    }

    @Test("R89: a restore is overdue after the limit", arguments: [(0, false), (1, true)] as [(Int64, Bool)])
    func restore(later: Int64, isFinding: Bool) {
        var world = World()
        let last = time("2026-03-01T12:00:00Z")
        world.pastRestores = [
            PastRestore(end: time("2026-03-09T12:00:00Z"), hasCompleted: false),
            PastRestore(end: last, hasCompleted: true),
        ]
        world.objectives.decisions.restoreEvery = day * 9
        world.observedAt = world.observedAt.adding(milliseconds: later)
        let finding = Finding.restoreOverdue(last: last, since: world.firstSeen, limit: day * 9)
        #expect(world.findings == (isFinding ? [finding] : []))
        if !isFinding { #expect(world.assessment.validity.upperBound == world.observedAt.adding(milliseconds: 1)) }
        world.pastRestores = nil
        #expect(world.findings == [])
    }

    @Test("R89: a restore of an older backup than max_age allows proves nothing; one of unknown age does")
    func proof() {
        var world = World()
        world.objectives.decisions.maxAge = hour * 26
        world.objectives.decisions.restoreEvery = day * 9
        let (start, end) = (time("2026-03-05T12:00:00Z"), time("2026-03-05T13:00:00Z"))
        func restored(_ created: Timestamp?) -> Int {
            world.pastRestores = [
                PastRestore(end: end, hasCompleted: true, duration: hour, backupCreatedAt: created)
            ]
            return found(world, .restoreOverdue).count
        }
        #expect(restored(start - hour * 26) == 0)
        #expect(restored((start - hour * 26).adding(milliseconds: -1)) == 1)
        #expect(restored(nil) == 0)
    }

    @Test("R89: without any restore the time counts since the addon, or its oldest known backup")
    func never() {
        var world = World()
        world.pastRestores = []
        world.objectives.decisions.restoreEvery = day * 2
        world.firstSeen = time("2026-03-10T00:00:00Z")
        let since = time("2026-03-08T00:00:05Z")
        #expect(world.findings == [.restoreOverdue(last: nil, since: since, limit: day * 2)])
        #expect(world.findings.map(\.began) == [since + day * 2])
        world.objectives.decisions.restoreEvery = day * 3
        #expect(world.findings == [])
    }

    @Test("R89: restores that are demanded and cannot be read are a finding, until they can; later failures are none")
    func unreadable() {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-03-01T00:00:00Z"))
        record.lastObserved = time(World.noon)
        var objectives = Objectives()
        objectives.decisions.restoreEvery = day * 90
        func found() -> [Finding] {
            record.judge([], objectives)?.findings.filter { $0.kind == .restoreOverdue } ?? []
        }
        #expect(found() == [])
        record.apply(.restoresUnreadable, at: time(World.noon))
        #expect(found() == [.restoresUnreadable(limit: day * 90)])
        record.apply(.restores(StatusCounts(), lastCompleted: nil, lastFailed: nil), at: time(World.noon))
        #expect(found() == [])
        record.apply(.restoresUnreadable, at: time(World.noon))
        #expect(found() == [])
    }

    @Test("R89: a restore is remembered when the list no longer has it, each once")
    func remembered() {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        func read(_ ended: PastRestore...) {
            record.apply(
                .restores(StatusCounts(), lastCompleted: nil, lastFailed: nil, ended: ended), at: time(World.noon))
        }
        let old = PastRestore(end: time("2026-02-01T00:00:00Z"), hasCompleted: true, backup: "a")
        let new = PastRestore(end: time("2026-03-01T00:00:00Z"), hasCompleted: false, duration: hour, backup: "b")
        read(new, old)
        read(new)
        #expect(record.pastRestores == [new, old])
        let backup = Backup(identity: "a", status: .completed, type: .dump, createdAt: time("2026-01-31T00:00:00Z"))
        record.seekRestored(among: [KnownBackup(backup)])
        #expect(record.pastRestores.map(\.backupCreatedAt) == [nil, backup.createdAt])
        // The same restore, read again, loses nothing.
        read(old)
        #expect(record.pastRestores.map(\.backupCreatedAt) == [nil, backup.createdAt])
        let many = (0..<600).map { PastRestore(end: time("2026-03-02T00:00:00Z") + minute * $0, hasCompleted: true) }
        for restore in many { read(restore) }
        #expect(record.pastRestores.count == PastRestore.most)
        #expect(record.pastRestores.first == many.last)
    }

    @Test("R85: max_age is for the kinds that are required")
    func required() {
        var world = World()
        world.objectives.decisions.maxAge = hour * 2
        world.objectives.decisions.required = [.snapshot]
        let snapshot = World.dump(.completed, "2026-03-10T09:00:00Z", minutes: 1, type: .snapshot)
        world.listed.append(snapshot)
        #expect(
            world.findings == [.tooOld(type: .snapshot, since: snapshot.completedAt, objective: hour * 2)])
        #expect(world.assessment.slots.map(\.objective) == [hour * 24 + minute * 30])
        #expect(world.assessment.requiredObjectives == [.snapshot: hour * 2])
        #expect(world.assessment.generalObjective == nil)
        world.objectives.decisions.required = [.any]
        #expect(world.findings == [.tooOld(type: nil, since: snapshot.completedAt, objective: hour * 2)])
        #expect(world.assessment.requiredObjectives == [:])
        #expect(world.assessment.generalObjective == hour * 2)
        world.objectives.decisions.required = [.dump]
        #expect(world.findings.map(\.type) == [.dump])
        world.objectives.decisions.required = [.dump, .snapshot]
        #expect(world.findings.map(\.type) == [.dump, .snapshot])
    }

    @Test(
        "R86: a required kind without any completed backup, once it was due",
        arguments: [(0, true), (1, false)] as [(Int64, Bool)])
    func missing(later: Int64, isFinding: Bool) {
        var world = World()
        world.objectives.decisions.required = [.snapshot]
        world.objectives.decisions.maxAge = day * 2
        // Known since its oldest backup.
        world.firstSeen = time("2026-03-08T12:00:00Z")
        world.listed.removeLast(2)
        world.firstSeen = (world.observedAt - day * 2).adding(milliseconds: later)
        #expect(world.findings == (isFinding ? [.tooFew(type: .snapshot, count: 0, limit: 1)] : []))
        // Without any backup at all it is `never`.
        world.listed = []
        #expect(found(world, .tooFew) == [])
    }

    @Test("R90: an attempt of a new version has ended, and none has completed since")
    func upgrade() {
        var world = World()
        func version(_ texts: [String?]) {
            for (index, text) in texts.enumerated() { world.listed[index].version = text }
        }
        world.listed.insert(World.dump(.aborted, "2026-03-10T10:00:00Z", minutes: 1), at: 0)
        world.listed.insert(World.dump(.aborted, "2026-03-10T11:00:00Z", minutes: 1), at: 0)
        version(["17.0", "17.0", "16.4", "16.4", "16.3"])
        let finding = Finding.notSinceUpgrade(from: "16.4", to: "17.0", at: time("2026-03-10T10:00:00Z"))
        #expect(world.findings == [finding])
        #expect(finding.state == .suspect)
        // Not known, the same, or completed since.
        version([nil, nil, "16.4"])
        #expect(world.findings == [])
        version(["16.4", "16.4", "16.4"])
        #expect(world.findings == [])
        version(["17.0", "17.0", nil, nil, nil])
        #expect(world.findings == [])
        version(["17.0", "17.0", "16.4"])
        world.listed.insert(World.dump(.completed, "2026-03-10T11:30:00Z", minutes: 1), at: 0)
        world.listed[0].version = "17.0"
        #expect(world.findings == [])
        // One that runs shows nothing yet.
        world.listed.removeFirst()
        world.listed.removeFirst()
        world.listed[0] = World.dump(.inProgress, "2026-03-10T11:30:00Z")
        world.listed[0].version = "17.0"
        #expect(world.findings == [])
    }

    @Test("R85: a paused addon has none of these findings")
    func paused() {
        var world = World()
        world.isPaused = true
        world.pastRestores = []
        world.objectives.decisions.minBackups = 60
        world.objectives.decisions.minSpan = day * 60
        world.objectives.decisions.restoreEvery = day
        world.objectives.decisions.required = [.snapshot]
        #expect(world.findings == [.paused])
    }
}
