import Testing

@testable import Backups

/// Addons without a first backup, without a schedule, or paused.
struct AssessmentProtectionTests {
    @Test("R41: without any completed backup it is never once one was due")
    func withoutAnyCompletedBackupItIsNeverOnceOneWasDue() {
        var world = World()
        world.listed = []
        world.firstSeen = world.observedAt
        world.schedules = [.daily(from: "2026-03-09T15:00:00Z")]
        world.observedAt = time("2026-03-10T00:29:59Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T00:30:00Z")
        #expect(
            world.findings == [
                .slotsMissed(type: .dump, last: time("2026-03-10T00:00:00Z"), inARow: 1),
                .neverCompleted(expectedBy: time("2026-03-10T00:30:00Z")),
            ])
    }

    @Test("R43, R50: a first attempt can run until it is stuck")
    func aFirstBackupMayTakeItsTime() {
        var world = World()
        world.listed = [World.dump(.inProgress, "2026-03-10T00:00:05Z")]
        world.schedules = [.daily(from: "2026-03-09T15:00:00Z")]
        world.observedAt = time("2026-03-10T01:00:00Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T01:00:06Z")
        #expect(world.findings.map(\.state) == [.stuck])
    }

    @Test("R32, R34: without a schedule max_age counts, for all types together")
    func withoutScheduleAnObjectiveCounts() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = hour * 11
        world.observedAt = time("2026-03-10T11:10:05Z")
        #expect(world.findings == [])
        #expect(world.assessment.generalObjective == hour * 11)
        world.observedAt = time("2026-03-10T11:10:06Z")
        #expect(world.findings == [.tooOld(type: nil, since: time("2026-03-10T00:10:05Z"), objective: hour * 11)])
        // Beside a schedule the stricter counts, for its type.
        world.schedules = [.daily(from: "2026-01-01T00:00:00Z")]
        #expect(world.findings == [.tooOld(type: .dump, since: time("2026-03-10T00:10:05Z"), objective: hour * 11)])
        #expect(world.assessment.generalObjective == nil)
        world.objectives.decisions.maxAge = day * 2
        #expect(world.findings == [])
    }

    @Test("R67: without schedule and max_age it is unprotected")
    func withoutScheduleAndObjectiveItIsUnprotected() {
        var world = World()
        world.schedules = []
        #expect(world.findings == [.noObjective])
        // Nobody may tell, or what was told makes no sense, which comes to the same.
        world.schedules = nil
        world.mayReadSchedules = false
        #expect(world.findings == [.noObjective])
    }

    @Test("R16, R68: a schedule that is not understood is no finding beside an understood one of its type")
    func notUnderstood() {
        func odd(_ type: BackupType) -> BackupSchedule {
            BackupSchedule(
                id: "o", type: type, times: .notUnderstood("x"), retention: day, effectiveFrom: time(World.noon))
        }
        var world = World()
        world.schedules?.append(odd(.dump))
        #expect(world.findings == [])
        #expect(world.assessment.slots.map(\.type) == [.dump])
        // Its backups have the shortest retention.
        #expect(world.assessment.expiry == [.dump: time("2026-03-11T00:00:05Z")])
        world.schedules = [.daily(from: "2026-01-01T00:00:00Z"), odd(.unknown)]
        #expect(world.findings == [])
        world.schedules = [.daily(from: "2026-01-01T00:00:00Z"), odd(.snapshot)]
        #expect(world.findings == [.scheduleNotUnderstood(type: .snapshot, oddity: "x", name: "o")])
        world.schedules = [odd(.unknown), odd(.dump)]
        #expect(world.findings == [.scheduleNotUnderstood(type: nil, oddity: "x", name: "o")])
        #expect(world.findings.map(\.kind) == [.noObjective])
        world.objectives.decisions.maxAge = day
        #expect(world.findings == [])
    }

    @Test("R67: schedules that were not read yet are waited for a day")
    func schedulesThatWereNotReadYetAreWaitedForADay() {
        var world = World()
        world.schedules = nil
        world.firstSeen = time("2026-03-09T12:00:00Z")
        world.objectives.decisions.maxAge = .milliseconds(1)
        #expect(world.findings == [])
        world.firstSeen = time("2026-03-09T11:59:59Z")
        #expect(world.findings.map(\.state) == [.late])
        world.objectives.decisions.maxAge = nil
        #expect(world.findings == [.noObjective])
    }

    @Test("R42: without schedule and backup it is never after the grace")
    func withoutScheduleAndBackupItIsNeverAfterTheGrace() {
        var world = World()
        world.listed = []
        world.schedules = []
        world.firstSeen = time("2026-03-10T11:30:01Z")
        #expect(world.findings == [.noObjective])
        world.firstSeen = time("2026-03-10T11:30:00Z")
        #expect(world.findings == [.neverCompleted(expectedBy: time(World.noon)), .noObjective])
        world.objectives.decisions.maxAge = hour * 26
        #expect(world.findings == [])
        world.firstSeen = time("2026-03-09T10:00:00Z")
        #expect(world.findings == [.neverCompleted(expectedBy: time(World.noon))])
    }

    @Test("R42: the oldest attempt says since when a completed backup is expected")
    func theOldestAttemptSaysSinceWhenACompletedBackupIsExpected() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = hour * 26
        world.firstSeen = time("2026-03-10T11:30:00Z")
        let attempts = ["2026-03-10T09:00:00Z", "2026-03-09T09:00:00Z"].map { World.dump(.failed, $0) }
        world.listed = attempts
        let failure = Finding.attemptFailed(type: .dump, status: .failed, at: attempts[0].createdAt, inARow: 2)
        #expect(world.findings == [failure, .neverCompleted(expectedBy: time("2026-03-10T11:00:00Z"))])
        // An addon that was seen before its first attempt counts from then on.
        world.firstSeen = time("2026-03-09T08:30:00Z")
        #expect(world.findings == [failure, .neverCompleted(expectedBy: time("2026-03-10T10:30:00Z"))])
    }

    @Test("R37: without a completed backup the age counts from the first slot")
    func withoutACompletedBackupTheFirstSlotSaysSinceWhenItIsTooOld() {
        var world = World()
        world.schedules = [.daily(from: "2026-03-08T15:00:00Z")]
        world.listed = ["2026-03-10T00:00:05Z", "2026-03-09T00:00:05Z"].map { World.dump(.failed, $0) }
        let never = Finding.neverCompleted(expectedBy: time("2026-03-10T00:30:00Z"))
        let failure = Finding.attemptFailed(
            type: .dump, status: .failed, at: time("2026-03-10T00:00:05Z"), inARow: 2)
        world.observedAt = time("2026-03-10T00:30:00Z")
        #expect(world.findings == [failure, never])
        world.observedAt = time("2026-03-10T00:30:01Z")
        #expect(world.findings == [failure, .tooOld(type: .dump, since: nil, objective: day + minute * 30), never])
    }

    @Test("R17, R27: misses in a row are counted up to a limit")
    func missesInARowAreCountedUpToALimit() {
        var world = World()
        world.listed = []
        world.schedules = [.hourly(0, from: "2026-02-17T12:00:00Z")]
        world.observedAt = time("2026-03-10T07:30:00Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [500])
        world.observedAt = time("2026-03-10T06:30:00Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [499])
    }

    @Test func lagsAreThoseOfCompletedBackupsAndNeverNegative() {
        var world = World()
        world.listed = [
            World.dump(.completed, "2026-03-09T23:59:30Z", minutes: 0),
            World.dump(.failed, "2026-03-09T00:00:05Z", minutes: 3),
            World.dump(.completed, "2026-03-08T00:00:05Z", minutes: 10),
        ]
        #expect(world.assessment.slots.map(\.lags.sorted) == [[.zero, minute * 10 + .seconds(5)]])
    }

    @Test("R16, R67: a schedule that is not understood is none")
    func aScheduleThatNobodyUnderstandsIsNone() {
        var world = World()
        world.schedules?[0].type = .unknown
        #expect(world.findings == [.noObjective])
        #expect(world.assessment.slots == [])
        world.objectives.decisions.maxAge = .milliseconds(1)
        #expect(world.findings.map(\.state) == [.late])
        world.schedules = [.daily(hours: [24], from: "2026-01-01T00:00:00Z")]
        #expect(world.findings.map(\.state) == [.late])
    }

    @Test("R8, R18: a paused addon misses no slot")
    func aPausedAddonMissesNothing() {
        var world = World()
        world.listed = [World.dump(.failed, "2026-03-01T00:00:05Z")]
        world.isPaused = true
        world.judgedThrough = [.dump: time("2026-03-01T00:00:00Z")]
        #expect(world.findings == [.paused])
        let slots = world.assessment.slots
        #expect(slots.map(\.newlyMissed) == [0])
        #expect(slots.map(\.judgedThrough) == [time(World.noon)])
    }

    @Test("R18, R35: slots of a pause are forgiven after it")
    func whatFellIntoAPauseIsForgivenAfterIt() {
        var world = World()
        world.listed = World.daily(["2026-03-05"])
        world.activeSince = time("2026-03-10T10:00:00Z")
        world.judgedThrough = [.dump: time("2026-03-05T00:00:00Z")]
        #expect(world.findings == [])
        world.observedAt = time("2026-03-11T10:30:01Z")
        #expect(
            world.findings == [
                .slotsMissed(type: .dump, last: time("2026-03-11T00:00:00Z"), inARow: 1),
                .tooOld(type: .dump, since: time("2026-03-05T00:10:05Z"), objective: day + minute * 30),
            ])
        #expect(world.assessment.slots.map(\.newlyMissed) == [1])
    }

    @Test("R28: new misses are counted once, and old ones are the baseline")
    func newMissesAreCountedOnceAndOldOnesAreTheBaseline() {
        var world = World()
        world.listed = World.daily(["2026-03-06"])
        let first = world.assessment.slots[0]
        #expect((first.missedInARow, first.newlyMissed) == (4, 0))
        #expect(first.judgedThrough == time("2026-03-10T00:00:00Z"))
        world.judgedThrough = [.dump: time("2026-03-08T00:00:00Z")]
        let second = world.assessment.slots[0]
        #expect((second.missedInARow, second.newlyMissed) == (4, 2))
        world.judgedThrough = [.dump: second.judgedThrough]
        #expect(world.assessment.slots[0].newlyMissed == 0)
    }

    @Test("R24, R28: a slot that can still be filled is not judged")
    func aSlotThatCanStillBeFilledIsNotJudged() {
        var world = World()
        world.listed.removeFirst()
        world.judgedThrough = [.dump: time("2026-03-09T00:00:00Z")]
        world.observedAt = time("2026-03-10T00:10:00Z")
        #expect(world.assessment.slots[0].judgedThrough == time("2026-03-09T00:00:00Z"))
        world.observedAt = time("2026-03-10T00:40:00Z")
        let later = world.assessment.slots[0]
        #expect(later.judgedThrough == time("2026-03-10T00:00:00Z"))
        #expect(later.newlyMissed == 1)
    }

    @Test("R17, R24: slots whose backups the retention can have deleted were not missed")
    func whatRetentionDeletedWasNotMissed() {
        var world = World()
        world.schedules?[0].retention = day * 2
        world.listed = []
        // Those of the time in which the addon was watched are known, as far back as slots are judged.
        #expect(world.assessment.slots.map(\.missedInARow) == [62])
        world.firstSeen = world.observedAt
        #expect(world.assessment.slots.map(\.missedInARow) == [2])
    }

    @Test("R6, R38: deleted backups fill their slots, and are no newest backup")
    func deletedBackupsAreRememberedByTheirSlots() {
        var world = World()
        world.gone = Array(world.listed.prefix(1))
        world.listed.removeFirst()
        #expect(world.assessment.slots.map(\.missedInARow) == [0])
        // But nobody can restore them.
        #expect(
            world.findings == [
                .tooOld(type: .dump, since: time("2026-03-09T00:10:05Z"), objective: day + minute * 30)
            ])
    }

    @Test func theReachGoesBackToWhatMayStillChange() {
        var world = World()
        #expect(world.assessment.reach == time("2026-03-10T00:00:05Z"))
        world.listed.append(World.dump(.inProgress, "2026-03-09T12:00:01Z"))
        #expect(world.assessment.reach == time("2026-03-09T12:00:01Z"))
        let durations = Durations(milliseconds: [600_000, 600_000, 600_000])
        #expect(
            world.assessment.unfinished
                == [.init(type: .dump, since: time("2026-03-09T12:00:01Z"), durations: durations)])
        // One that never ends must not cost all pages at each poll.
        world.listed.append(World.dump(.inProgress, "2026-03-09T12:00:00Z"))
        #expect(world.assessment.reach == time("2026-03-09T12:00:01Z"))
        world.listed = []
        #expect(world.assessment.reach == nil)
    }
}

/// Schedules may change; nobody is told of a missed slot by one that is no more.
struct AssessmentDoubtTests {
    private func world(read: String, observed: String) -> World {
        var world = World()
        world.listed.removeFirst()
        world.judgedThrough = [.dump: time("2026-03-09T00:00:00Z")]
        world.schedulesObserved = time(read)
        world.observedAt = time(observed)
        return world
    }

    @Test("R26: a missed slot waits for the schedules to be read again")
    func aMissedSlotWaitsForTheSchedulesToBeReadAgain() {
        let doubtful = world(read: "2026-03-09T08:00:00Z", observed: "2026-03-10T00:31:00Z").assessment
        #expect(doubtful.findings == [])
        #expect(doubtful.slots.map(\.isScheduleDoubtful) == [true])
        #expect(doubtful.slots.map(\.newlyMissed) == [0])
        #expect(doubtful.slots.map(\.judgedThrough) == [time("2026-03-09T00:00:00Z")])
        let read = world(read: "2026-03-10T00:31:30Z", observed: "2026-03-10T00:31:00Z").assessment
        #expect(read.findings.map(\.state) == [.late])
        #expect(read.slots.map(\.isScheduleDoubtful) == [false])
        #expect(read.slots.map(\.newlyMissed) == [1])
    }

    @Test(
        "R26: a missed slot waits for no longer than an hour",
        arguments: [("2026-03-10T01:29:59Z", 0), ("2026-03-10T01:30:00Z", 1)])
    func notForLongerThanAnHour(observed: String, missed: Int) {
        var world = world(read: "2026-03-09T08:00:00Z", observed: observed)
        world.doubtfulSince = [.dump: time("2026-03-10T00:30:00Z")]
        let slots = world.assessment.slots
        #expect(slots.map(\.newlyMissed) == [missed])
        #expect(slots.map(\.missedInARow) == [missed])
        #expect(slots.map(\.isScheduleDoubtful) == [missed == 0])
    }
}
