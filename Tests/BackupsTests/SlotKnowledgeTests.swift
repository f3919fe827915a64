import TestSupport
import Testing

@testable import Backups

/// Which slots are judged, and of which it is known that they were missed.
@Suite struct SlotKnowledgeTests {
    /// No dump is known; the slots are at midnight, kept for some days, and the addon is new.
    private static func world(retention days: Int?, _ change: (inout World) -> Void = { _ in }) -> World {
        var world = World()
        world.listed = []
        world.schedules?[0].retention = days.map { day * $0 }
        world.firstSeen = world.observedAt
        change(&world)
        return world
    }

    private static func row(_ world: World) -> [Int] { world.assessment.slots.map(\.missedInARow) }

    @Test("R17: slots are judged that are less than 62 days old")
    func oldest() {
        let now = time("2026-03-10T00:00:00Z")
        var world = Self.world(retention: nil) { $0.schedules = [.daily()] }
        // The slot of 2026-01-07 is 62 days old, or a millisecond less; the newest one is pending at first.
        world.observedAt = now
        #expect(Self.row(world) == [61])
        world.observedAt = now.adding(milliseconds: -1)
        #expect(Self.row(world) == [62])
    }

    @Test(
        "R17: of each type no more than the newest 500 slots are judged",
        arguments: [(498, 498), (500, 500), (501, 500)])
    func most(due: Int, judged: Int) {
        var world = Self.world(retention: nil)
        world.observedAt = time("2026-03-10T11:30:00Z")
        world.schedules = [.hourly(0, from: (time("2026-03-10T11:00:00Z") - hour * (due - 1)).text)]
        #expect(Self.row(world) == [judged])
    }

    @Test("R18: slots up to the end of a pause are not judged, and make nothing overdue")
    func pause() {
        let slot = time("2026-03-10T00:00:00Z")
        var world = Self.world(retention: nil) { $0.activeSince = slot }
        #expect(world.findings == [])
        world.activeSince = slot.adding(milliseconds: -1)
        #expect(world.findings.map(\.kind) == [.slotsMissed, .neverCompleted])
        #expect(Self.row(world) == [1])
    }

    @Test("R18, R41: slots of an absence are not judged, and make nothing overdue", arguments: [true, false])
    func absence(isWhole: Bool) {
        let slot = time("2026-03-10T00:00:00Z")
        // The absence begins with the slot, or a millisecond later; the slot of the day before is before both.
        var world = Self.world(retention: nil) {
            $0.schedules = [.daily(from: "2026-03-10T00:00:00Z")]
            $0.forgiven = (isWhole ? slot : slot.adding(milliseconds: 1))..<$0.observedAt
        }
        #expect(world.findings.map(\.kind) == (isWhole ? [] : [.slotsMissed, .neverCompleted]))
        // It ends before the slot, or a millisecond later.
        world.forgiven = slot - hour..<(isWhole ? slot.adding(milliseconds: 1) : slot)
        #expect(world.findings.map(\.kind) == (isWhole ? [] : [.slotsMissed, .neverCompleted]))
        // An earlier slot makes a backup overdue.
        world.schedules = [.daily(from: "2026-03-09T00:00:00Z")]
        world.forgiven = slot..<world.observedAt
        #expect(world.findings.contains(.neverCompleted(expectedBy: time("2026-03-09T00:30:00Z"))))
        #expect(Self.row(world) == [1])
    }

    @Test("R24: a slot that is younger than the shortest retention is known to be missed")
    func retention() {
        let now = time("2026-03-10T00:00:00Z")
        var world = Self.world(retention: 3)
        var longer = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        longer.retention = day * 5
        world.schedules?.append(longer)
        // The slot of the seventh is three days old, or a millisecond less.
        (world.observedAt, world.firstSeen) = (now, now)
        #expect(Self.row(world) == [2])
        (world.observedAt, world.firstSeen) = (now.adding(milliseconds: -1), now.adding(milliseconds: -1))
        #expect(Self.row(world) == [3])
    }

    @Test("R24: so is a slot that was due since the addon was first seen, or the retention before that")
    func watched() {
        var world = Self.world(retention: 2) { $0.firstSeen = time("2026-03-05T00:00:00Z") }
        #expect(Self.row(world) == [7])
        world.firstSeen = world.firstSeen.adding(milliseconds: -1)
        #expect(Self.row(world) == [8])
    }

    @Test("R24: only the retention of the schedules that are due at a slot counts")
    func retentionOfSlot() {
        var world = Self.world(retention: 1)
        var weekly = BackupSchedule.weekly(hours: [6], from: "2026-01-01T00:00:00Z")
        weekly.retention = day * 30
        world.schedules?.append(weekly)
        // The tenth, and at six on Mondays the ninth and the four before; the fifth is thirty days ago and six hours.
        #expect(Self.row(world) == [1 + 5])
    }

    @Test("R24: so is a slot that is younger than the oldest known backup of the type, with any status")
    func oldestListed() {
        let old = World.dump(.failed, "2026-03-05T00:00:05Z", minutes: 1)
        var world = Self.world(retention: 2) { $0.listed = [old] }
        #expect(Self.row(world) == [5])
        world.listed[0].type = .snapshot
        #expect(Self.row(world) == [2])
        (world.listed, world.gone) = ([], [old])
        #expect(Self.row(world) == [5])
    }

    @Test("R24: so is every slot of a type without a retention, and a row goes on from an earlier judgement")
    func before() {
        var world = Self.world(retention: 2) { $0.firstSeen = time("2026-03-05T00:00:00Z") }
        world.judgedThrough = [.dump: time("2026-03-07T00:00:00Z")]
        world.missedSince = [.dump: time("2026-03-04T00:00:00Z")]
        #expect(Self.row(world) == [7])
        #expect(Self.row(Self.world(retention: nil)) == [62])
    }

    @Test("R25: an unknown slot is not missed and does not count")
    func unknown() {
        let world = Self.world(retention: 2) { $0.judgedThrough = [.dump: time("2026-03-01T00:00:00Z")] }
        let slots = world.assessment.slots[0]
        #expect((slots.missedInARow, slots.newlyMissed, slots.newlyDue) == (2, 2, 2))
        #expect(slots.judgedThrough == time("2026-03-10T00:00:00Z"))
    }

    @Test("R25: an unknown slot does not end a row, as one that a deleted backup of the other type can have filled")
    func unknownInARow() {
        var world = World()
        var weekly = BackupSchedule.weekly(from: "2026-01-01T00:00:00Z")
        (weekly.type, weekly.retention) = (.snapshot, day * 2)
        world.schedules?.append(weekly)
        world.listed = World.daily(["2026-03-05"])
        world.observedAt = time("2026-03-12T12:00:00Z")
        world.judgedThrough = [.dump: time("2026-03-05T00:00:00Z")]
        func slots() -> Assessment.Slots? { world.assessment.slots.first { $0.type == .dump } }
        // The ninth is a Monday: a snapshot of it would have been deleted on the eleventh.
        world.firstSeen = time("2026-03-11T00:00:00Z")
        #expect((slots()?.missedInARow, slots()?.newlyDue) == (6, 6))
        world.firstSeen = time("2026-03-10T23:59:59.999Z")
        #expect((slots()?.missedInARow, slots()?.newlyDue) == (7, 7))
        // A snapshot that is known fills the slot and ends the row.
        world.gone = [World.dump(.failed, "2026-03-09T00:00:05Z", minutes: 1, type: .snapshot)]
        #expect((slots()?.missedInARow, slots()?.newlyDue, slots()?.newlyMissed) == (3, 7, 6))
    }
}
