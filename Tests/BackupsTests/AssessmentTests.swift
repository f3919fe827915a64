import TestSupport
import Testing

@testable import Backups

/// What each kind of trouble makes of an addon that is fine otherwise.
struct AssessmentTests {
    @Test func aDatabaseWithAllItsBackupsHasNoFindings() {
        #expect(World().findings == [])
        #expect(World().assessment.slots.map(\.missedInARow) == [0])
    }

    @Test("R47, R49: the newest attempt failed, until one completes")
    func aFailedNewestAttempt() {
        var world = World()
        world.listed += [
            World.dump(.failed, "2026-03-10T06:00:00Z", minutes: 3), World.dump(.failed, "2026-03-10T07:00:00Z"),
        ]
        #expect(
            world.findings == [
                .attemptFailed(type: .dump, status: .failed, at: time("2026-03-10T07:00:00Z"), inARow: 2)
            ])
        // It is over as soon as one completes.
        world.listed.append(World.dump(.completed, "2026-03-10T08:00:00Z", minutes: 5, size: 1000))
        #expect(world.findings == [])
    }

    @Test("R47: an attempt that is not supported failed, and an aborted one is not finished")
    func anAttemptThatIsNotSupportedFailedAndAnAbortedOneDidNotFinish() {
        var world = World()
        world.listed.append(World.dump(.aborted, "2026-03-10T06:00:00Z", minutes: 1))
        #expect(world.findings == [])
        world.listed.append(World.dump(.notSupported, "2026-03-10T05:00:00Z"))
        #expect(
            world.findings == [
                .attemptFailed(type: .dump, status: .notSupported, at: time("2026-03-10T05:00:00Z"), inARow: 1)
            ])
    }

    @Test("R48: a failed attempt of a type without a schedule counts until the next attempt of any type")
    func aFailedManualBackupOfAnotherTypeCountsUntilTheNextAttempt() {
        var world = World()
        world.listed.append(World.dump(.failed, "2026-03-10T06:00:00Z", type: .snapshot))
        #expect(
            world.findings == [
                .attemptFailed(type: .snapshot, status: .failed, at: time("2026-03-10T06:00:00Z"), inARow: 1)
            ])
        world.listed.append(World.dump(.completed, "2026-03-10T07:00:00Z", minutes: 1, size: 1000))
        #expect(world.findings == [])
    }

    @Test("R47: a completed backup of one type does not hide the failure of another with a schedule")
    func oneTypeDoesNotHideAnother() {
        var world = World()
        var hourly = BackupSchedule.hourly(30, from: "2026-03-10T11:00:00Z")
        hourly.type = .snapshot
        world.schedules?.append(hourly)
        world.listed += [
            World.dump(.failed, "2026-03-10T08:00:00Z"),
            World.dump(.completed, "2026-03-10T11:30:05Z", minutes: 1, type: .snapshot),
        ]
        #expect(world.findings.map(\.state) == [.failing])
    }

    @Test("R49: failed attempts in a row are counted as the findings have them")
    func failedAttemptsInARowAreCountedAsTheFindingsHaveThem() {
        var world = World()
        #expect(world.assessment.failedInARow == [.dump: 0])
        world.listed += [
            World.dump(.failed, "2026-03-10T06:00:00Z", type: .snapshot),
            World.dump(.notSupported, "2026-03-10T07:00:00Z", type: .snapshot),
            World.dump(.aborted, "2026-03-10T08:00:00Z", type: .snapshot),
            World.dump(.inProgress, "2026-03-10T09:00:00Z", type: .snapshot),
            World.dump(.failed, "2026-03-10T09:00:00Z", type: .imported),
        ]
        #expect(world.assessment.failedInARow == [.dump: 0, .snapshot: 2])
        // A dump by schedule makes up for snapshots by hand, and its own failure is the first.
        world.listed.append(World.dump(.completed, "2026-03-10T09:30:00Z", minutes: 1))
        #expect(world.assessment.failedInARow == [.dump: 0, .snapshot: 0])
        world.listed.append(World.dump(.failed, "2026-03-10T10:00:00Z"))
        #expect(world.assessment.failedInARow == [.dump: 1, .snapshot: 0])
    }

    @Test("R49: without a schedule the attempts of all types make one row")
    func withoutAScheduleAttemptsOfAllTypesMakeOneRow() {
        var world = World()
        world.schedules = []
        world.listed = [
            World.dump(.completed, "2026-03-10T06:00:00Z"),
            World.dump(.failed, "2026-03-10T07:00:00Z", type: .snapshot),
            World.dump(.failed, "2026-03-10T08:00:00Z"),
            World.dump(.failed, "2026-03-10T09:00:00Z", type: .snapshot),
        ]
        #expect(world.assessment.failedInARow == [.dump: 0, .snapshot: 3])
    }

    @Test("R2: imports neither protect an addon nor fail")
    func importsAreNoProtectionAndNoTrouble() {
        var world = World()
        world.listed.append(World.dump(.failed, "2026-03-10T11:00:00Z", type: .imported))
        world.listed.append(World.dump(.inProgress, "2026-03-01T11:00:00Z", type: .imported))
        #expect(world.findings == [])
        world.listed = [World.dump(.completed, "2026-03-10T11:00:00Z", minutes: 1, type: .imported)]
        #expect(world.findings.map(\.state).contains(.never))
    }

    /// Ten minutes is what the others took, so the hour counts; then thirty minutes, three times as long.
    @Test(
        "R50: unfinished is stuck after three times the usual and an hour",
        arguments: [(10, 59, false), (10, 60, false), (10, 61, true), (30, 90, false), (30, 91, true)])
    func unfinishedIsStuckAfterThreeTimesTheUsualAndAnHour(usual: Int64, age: Int64, isStuck: Bool) {
        var world = World()
        world.listed = [10, 9, 8].map {
            World.dump(.completed, "2026-03-\($0 < 10 ? "0" : "")\($0)T00:00:05Z", minutes: usual, size: 1000)
        }
        let since = world.observedAt - minute * Int(age)
        world.listed.append(
            Backup(identity: "running", status: .inProgress, type: .dump, createdAt: since))
        let limit = max(hour, minute * Int(3 * usual))
        #expect(world.findings == (isStuck ? [.unfinished(type: .dump, since: since, limit: limit)] : []))
    }

    @Test("R50: an attempt is not stuck if a later one completed")
    func whatWasOvertakenIsNotStuck() {
        var world = World()
        world.listed.append(World.dump(.inProgress, "2026-03-09T12:00:00Z"))
        #expect(world.findings == [])
    }

    @Test("R50: a newer unfinished backup does not hide a stuck one")
    func aNewerUnfinishedBackupDoesNotHideAStuckOne() {
        var world = World()
        world.listed += [
            World.dump(.inProgress, "2026-03-10T10:59:59Z"), World.dump(.inProgress, "2026-03-10T11:30:00Z"),
        ]
        #expect(world.findings == [.unfinished(type: .dump, since: time("2026-03-10T10:59:59Z"), limit: hour)])
        // Nor does a failed one, which overtakes nothing.
        world.listed.append(World.dump(.aborted, "2026-03-10T11:45:00Z"))
        #expect(world.findings.map(\.state) == [.stuck])
    }

    @Test("R24: a slot is missed only after its grace")
    func aMissedSlotIsLateOnlyAfterItsGrace() {
        var world = World()
        world.listed.removeFirst()
        world.observedAt = time("2026-03-10T00:29:59Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T00:30:00Z")
        #expect(world.findings == [.slotsMissed(type: .dump, last: time("2026-03-10T00:00:00Z"), inARow: 1)])
        world.objectives.decisions.grace = minute * 45
        #expect(world.findings == [])
    }

    @Test("R19: the grace is learned from durations")
    func theGraceIsLearnedFromDurations() {
        var world = World()
        world.listed = [World.dump(.completed, "2026-03-09T00:00:05Z", minutes: 50)]
        world.observedAt = time("2026-03-10T00:49:59Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T00:50:00Z")
        #expect(world.findings.map(\.state) == [.late])
    }

    @Test("R22, R33: an old backup is late though no slot was missed")
    func anOldBackupIsLateThoughNoSlotWasMissed() {
        var world = World()
        // Attempts there were, and they were aborted: no slot was missed, and nothing failed.
        world.listed = [
            World.dump(.completed, "2026-03-08T00:00:05Z", minutes: 10),
            World.dump(.aborted, "2026-03-09T00:00:05Z", minutes: 1),
            World.dump(.aborted, "2026-03-10T00:00:05Z", minutes: 1),
        ]
        #expect(
            world.findings == [
                .tooOld(type: .dump, since: time("2026-03-08T00:10:05Z"), objective: day + minute * 30)
            ])
    }

    @Test("R54, R56, R58: sizes that are usual, empty or odd")
    func sizesThatAreUsualEmptyOrOdd() {
        var world = World()
        let days = (1...9).reversed().map { "2026-03-0\($0)" }
        func findings(_ newest: Int64, before: Int64 = 1000) -> [Finding] {
            world.listed = World.daily(["2026-03-10"], size: newest) + World.daily(days, size: before)
            return world.findings
        }
        let end = time("2026-03-10T00:10:05Z")
        #expect(findings(500) == [])
        #expect(findings(1500) == [])
        #expect(findings(499).map(\.state) == [.suspect])
        #expect(findings(1501).map(\.state) == [.suspect])
        let zeros = Finding.Zeros(usual: SizeBand(around: 1000), lastWithData: time("2026-03-09T00:00:05Z"))
        #expect(findings(0) == [.empty(type: .dump, at: end, zeros)])
        // Where sizes have always been 0 they say nothing.
        #expect(findings(0, before: 0) == [])
        guard case .oddSize(.dump, end, 20, let band)? = findings(20).first else {
            Issue.record("no finding")
            return
        }
        #expect((band.low, band.high) == (500, 1500))
    }

    @Test("R53, R56: few sizes say nothing, unless the newest is empty")
    func fewSizesSayNothingUnlessTheNewestIsEmpty() {
        var world = World()
        world.listed = World.daily(["2026-03-10"], size: 1) + World.daily(["2026-03-09"], size: 1_000_000)
        #expect(world.findings == [])
        world.listed[0].size = 0
        #expect(world.findings.map(\.state) == [.suspect])
        world.listed[0].size = nil
        #expect(world.findings == [])
    }

    @Test("R57: a snapshot can be an empty difference")
    func aSnapshotMayBeAnEmptyDifference() {
        var world = World()
        world.schedules?[0].type = .snapshot
        for index in world.listed.indices { world.listed[index].type = .snapshot }
        world.listed[0].size = 0
        #expect(world.findings == [])
    }

    @Test("R5: a backup without a type counts for the only type that has a schedule")
    func withoutTypeABackupCountsForTheOnlyScheduledOne() {
        var world = World()
        for index in world.listed.indices { world.listed[index].type = .unknown }
        #expect(world.findings == [])
        var weekly = BackupSchedule.weekly(from: "2026-03-10T00:00:00Z")
        weekly.type = .snapshot
        world.schedules?.append(weekly)
        #expect(world.findings.map(\.state).contains(.late))
    }
}
