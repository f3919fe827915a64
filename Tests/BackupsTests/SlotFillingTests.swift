import TestSupport
import Testing

@testable import Backups

/// Which attempt fills which slot, how long a slot waits for one, and what is counted.
@Suite struct SlotFillingTests {
    /// A dump at noon of each of some days, the newest first; it took so many minutes.
    private static func dumps(_ minutes: [Int64], _ status: BackupStatus = .completed) -> [Backup] {
        minutes.enumerated().map { index, minutes in
            World.dump(status, (time("2026-03-09T00:00:00Z") - day * index).text, minutes: minutes)
        }
    }

    @Test(
        "R19: the grace is what 95 % of the last 20 known completed backups took, and at least 30 minutes",
        arguments: [
            // Of twenty, the nineteenth counts.
            ([100] + [Int64](repeating: 10, count: 19), 30), ([100, 50] + [Int64](repeating: 10, count: 18), 50),
            // Of nineteen, the last.
            ([100] + [Int64](repeating: 10, count: 18), 100),
            // The one before the last twenty does not count.
            ([10] + [Int64](repeating: 10, count: 19) + [100, 100], 30),
            ([29], 30), ([30], 30), ([31], 31), ([], 30),
        ] as [([Int64], Int)])
    func grace(took: [Int64], expected: Int) {
        var world = World()
        let slot = time("2026-03-10T00:00:00Z")
        // Half of them are deleted; what failed, and what the other type took, does not count.
        let all = Self.dumps(took)
        world.listed = Array(all.prefix(11)) + Self.dumps([500], .failed)
        world.gone = Array(all.dropFirst(11))
        world.listed.append(World.dump(.completed, "2026-03-09T01:00:00Z", minutes: 600, type: .snapshot))
        for (seconds, isMissed) in [(-1, false), (0, true)] {
            world.observedAt = slot + minute * expected + .milliseconds(seconds)
            #expect(world.findings.contains { $0.kind == .slotsMissed } == isMissed)
        }
        // A configured grace counts instead, however short.
        world.objectives.decisions.grace = minute * 5
        world.observedAt = slot + minute * 5
        #expect(world.findings.contains { $0.kind == .slotsMissed })
        world.observedAt = world.observedAt.adding(milliseconds: -1)
        #expect(!world.findings.contains { $0.kind == .slotsMissed })
    }

    @Test(
        "R20: an attempt can fill a slot from a minute before it to its grace, or to a minute before the next slot",
        arguments: [
            // Two slots a day apart, in milliseconds of the first; the grace is shorter and longer than a day.
            (-60_001, 30, []), (-60_000, 30, [0]), (1_800_001, 30, [0]), (86_339_999, 30, [0]), (86_340_000, 30, [1]),
            (86_340_000, 1500, [1]), (900_000_000, 30, [1]),
        ] as [(Int64, Int, [Int])])
    func window(created: Int64, grace: Int, filled: [Int]) {
        let outcomes = SlotMatching.match(
            slots: [at(0), at(86_400_000)], creations: [at(created)], grace: minute * grace,
            observedAt: at(1_000_000_000))
        #expect(outcomes.indices.filter { outcomes[$0] != .missed } == filled)
    }

    @Test("R20, R21: two attempts after the second slot fill both if the first came in the grace of the first slot")
    func queue() {
        for (created, first) in [(90_000_000, SlotMatching.Outcome.matched(0)), (90_000_001, .missed)] {
            let outcomes = SlotMatching.match(
                slots: [at(0), at(86_400_000)], creations: [at(Int64(created)), at(95_000_000)], grace: minute * 1500,
                observedAt: at(1_000_000_000))
            #expect(outcomes[0] == first)
            #expect(outcomes[1] == (first == .missed ? .matched(0) : .matched(1)))
        }
    }

    @Test("R26: schedules that were read at the slot or later are not read again for it")
    func readAgain() {
        var world = World()
        world.listed.removeFirst()
        world.observedAt = time("2026-03-10T00:31:00Z")
        world.schedulesObserved = time("2026-03-09T23:59:59.999Z")
        #expect(world.findings == [])
        world.schedulesObserved = time("2026-03-10T00:00:00Z")
        #expect(world.findings.map(\.kind) == [.slotsMissed])
        // An hour after its grace, or after the first look since then, the slot is missed all the same.
        world.judgedThrough = [.dump: time("2026-03-09T00:00:00Z")]
        world.doubtfulSince = [.dump: time("2026-03-10T00:15:00Z")]
        world.schedulesObserved = time("2026-03-09T23:59:59.999Z")
        world.observedAt = time("2026-03-10T01:29:59.999Z")
        #expect(world.findings == [])
        world.observedAt = time("2026-03-10T01:30:00Z")
        #expect(world.findings.map(\.kind) == [.slotsMissed, .tooOld])
        world.doubtfulSince = [.dump: time("2026-03-10T00:30:00.001Z")]
        #expect(world.findings == [])
        world.doubtfulSince = [:]
        world.observedAt = time("2026-03-10T23:00:00Z")
        #expect(world.findings == [])
    }

    @Test("R28: a filled slot counts at once, a missed one after its grace, and none of the first observation")
    func counts() {
        var world = World()
        func counts(_ now: String) -> [Int] {
            world.observedAt = time(now)
            let slots = world.assessment.slots[0]
            return [slots.newlyDue, slots.newlyMissed]
        }
        #expect(counts(World.noon) == [0, 0])
        world.judgedThrough = [.dump: time("2026-03-09T00:00:00Z")]
        #expect(counts("2026-03-10T00:10:05Z") == [1, 0])
        world.listed.removeFirst()
        #expect(counts("2026-03-10T00:29:59.999Z") == [0, 0])
        #expect(counts("2026-03-10T00:30:00Z") == [1, 1])
        // A slot counts after all slots before it: here the first is pending, and the second is filled.
        world.schedules = [.hourly(0, from: "2026-03-09T23:00:00Z")]
        world.objectives.decisions.grace = hour * 3
        world.listed.append(World.dump(.failed, "2026-03-10T00:00:05Z", minutes: 1))
        world.judgedThrough = [.dump: time("2026-03-09T22:00:00Z")]
        #expect(counts("2026-03-10T00:10:00Z") == [0, 0])
        #expect(counts("2026-03-10T02:00:00Z") == [2, 1])
    }

    @Test("R29: without a retention only slots since the oldest listed backup, of any type, are counted as missed")
    func sinceOldest() {
        var world = World()
        world.listed = []
        world.judgedThrough = [.dump: time("2026-03-01T00:00:00Z")]
        func counts(_ oldest: String, retention: Duration? = nil) -> [Int] {
            world.schedules?[0].retention = retention
            world.listed = [World.dump(.completed, oldest, minutes: 1, type: .snapshot)]
            let slots = world.assessment.slots[0]
            return [slots.newlyDue, slots.newlyMissed]
        }
        #expect(counts("2026-03-08T00:00:00Z") == [3, 3])
        #expect(counts("2026-03-08T00:00:00.001Z") == [2, 2])
        #expect(counts("2026-03-08T00:00:00.001Z", retention: day * 60) == [9, 9])
    }

    @Test("R30: an attempt that fills the newest slot ends slots-missed, also after the grace")
    func ends() {
        var world = World()
        world.listed = World.daily(["2026-03-08", "2026-03-07"])
        #expect(world.findings.contains(.slotsMissed(type: .dump, last: time("2026-03-10T00:00:00Z"), inARow: 2)))
        // A late attempt for the slot before ends nothing.
        world.listed.append(World.dump(.aborted, "2026-03-09T20:00:00Z", minutes: 1))
        #expect(world.findings.contains(.slotsMissed(type: .dump, last: time("2026-03-10T00:00:00Z"), inARow: 1)))
        world.listed.append(World.dump(.aborted, "2026-03-10T11:00:00Z", minutes: 1))
        #expect(!world.findings.contains { $0.kind == .slotsMissed })
    }
}
