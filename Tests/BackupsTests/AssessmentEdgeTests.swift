import Testing

@testable import Backups

/// Situations that look like trouble and are none, or the other way round.
struct AssessmentEdgeTests {
    @Test("R18, R78: an addon that came back owes no slots of its absence, and nothing else is forgiven")
    func anAddonThatCameBackOwesNoSlotsOfItsAbsenceAndNothingElseIsForgiven() {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "x"), firstSeen: time("2026-01-01T00:00:00Z"))
        record.noteAway(Absence(since: time("2026-03-08T11:00:00Z"), isGone: true))
        record.noteAway(Absence(since: time("2026-03-09T11:00:00Z"), isGone: false))
        #expect(record.absence == Absence(since: time("2026-03-08T11:00:00Z"), isGone: false))
        record.noteWatched(at: time("2026-03-10T11:00:00Z"))
        record.noteWatched(at: time("2026-03-10T12:00:00Z"))
        #expect(record.isWatched)
        #expect(record.activeSince == nil)
        #expect(record.forgiven == time("2026-03-08T11:00:00Z")..<time("2026-03-10T11:00:00Z"))
        var world = World()
        world.forgiven = record.forgiven
        world.judgedThrough = [.dump: time("2026-03-01T00:00:00Z")]
        // The slots of the ninth and the tenth were in the absence; the age of the newest backup is a fact.
        world.listed = World.daily(["2026-03-08"])
        #expect(world.findings.map(\.kind) == [.tooOld])
        #expect(world.assessment.slots.map(\.missedInARow) == [0])
        world.listed = World.daily(["2026-03-07"])
        #expect(world.findings.map(\.kind) == [.slotsMissed, .tooOld])
        world.listed = []
        #expect(world.findings.map(\.kind).contains(.neverCompleted))
        world.schedules = []
        world.objectives.decisions.maxAge = hour * 26
        #expect(world.findings.map(\.kind) == [.neverCompleted])
    }

    /// Three days' retention, and on Friday nothing is left of Monday's slot but that it was watched.
    @Test("R24, R27: a retention that is shorter than the gap hides nothing")
    func aRetentionShorterThanTheGapHidesNothing() {
        var world = World()
        world.listed = []
        world.schedules = [.weekly(from: "2026-02-25T00:00:00Z")]
        world.schedules?[0].retention = day * 3
        for day in ["2026-03-10", "2026-03-13", "2026-03-15"] {
            world.observedAt = time("\(day)T12:00:00Z")
            #expect(world.findings.map(\.state).sorted().first == .never, "\(day)")
            #expect(world.assessment.slots.map(\.missedInARow) == [2], "\(day)")
        }
    }

    /// Clocks go back on 2024-10-27, so that 25 hours lie between two slots at four.
    @Test(
        "R33: the long night of autumn makes no addon late",
        arguments: [("2024-10-27T02:59:00Z", 0), ("2024-10-27T03:29:59Z", 0), ("2024-10-27T03:30:00Z", 2)])
    func theLongNightOfAutumnMakesNobodyLate(observed: String, findings: Int) {
        var world = World()
        world.objectives.zone = .berlin
        world.schedules = [.daily(hours: [4], from: "2024-01-01T00:00:00Z")]
        world.listed = [World.dump(.completed, "2024-10-26T02:00:05Z", minutes: 1)]
        world.observedAt = time(observed)
        #expect(world.findings.count == findings)
    }

    @Test("R15, R36: a schedule that became stricter has no slots in the past")
    func aScheduleThatBecameStricterAsksForNothingInThePast() {
        var world = World()
        world.schedules = [.hourly(0, from: "2026-03-10T12:01:00Z")]
        world.formerGaps[.dump] = day
        world.observedAt = time("2026-03-10T12:05:00Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T13:30:00Z")
        #expect(world.findings.map(\.state) == [.late, .late])
    }

    @Test("R58: sizes that were always 0 make no other size odd")
    func sizesThatWereAlwaysNothingSayNothing() {
        var world = World()
        let days = (1...9).reversed().map { "2026-03-0\($0)" }
        world.listed = World.daily(["2026-03-10"], size: 4096) + World.daily(days, size: 0)
        #expect(world.findings == [])
    }

    @Test("R50: a backup by hand of another type can be stuck, too")
    func aBackupByHandOfAnotherTypeMayHangToo() {
        var world = World()
        world.listed.append(World.dump(.inProgress, "2026-03-10T10:59:59Z", type: .snapshot))
        #expect(world.findings == [.unfinished(type: .snapshot, since: time("2026-03-10T10:59:59Z"), limit: hour)])
    }

    /// Without a retention nobody knows whether ten days without us left no backups, or whether they are gone.
    @Test("R29: what the list does not reach back to is not counted as missed")
    func whatTheListDoesNotReachBackToIsNotCountedAsMissed() {
        var world = World()
        world.schedules = [.hourly(0, from: "2026-01-01T00:00:00Z")]
        world.listed = (0..<5).map { World.dump(.completed, "2026-03-10T0\($0 + 5):00:05Z", minutes: 1) }
        world.judgedThrough = [.dump: time("2026-02-28T00:00:00Z")]
        // Ten and eleven o'clock were missed; what was before five o'clock is not known.
        #expect(world.assessment.slots.map(\.newlyMissed) == [2])
    }

    @Test("R41: the finding has the end of the grace of the first slot of the row that was missed")
    func theDateOfAFirstBackupIsThatOfTheFirstChance() {
        var world = World()
        world.listed = []
        #expect(world.findings.contains(.neverCompleted(expectedBy: time("2026-01-08T00:30:00Z"))))
    }
}
