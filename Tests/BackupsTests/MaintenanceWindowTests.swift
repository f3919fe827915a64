import TestSupport
import Testing

@testable import Backups

/// 2026-03-10 is a Tuesday.
@Suite struct MaintenanceWindowTests {
    private func times(_ days: Set<Int>, _ from: Int, _ to: Int, _ zone: Zone = .utc) -> ForgivenTimes {
        let window = MaintenanceWindow(days: days, from: from, to: to, timeZone: zone.identifier)
        return ForgivenTimes([window]) { _ in zone }
    }

    @Test(
        "R91: a window has its start and not its end, on its days",
        arguments: [
            ("2026-03-10T01:59:59.999Z", false), ("2026-03-10T02:00:00Z", true), ("2026-03-10T03:59:59.999Z", true),
            ("2026-03-10T04:00:00Z", false), ("2026-03-11T03:00:00Z", false), ("2026-03-17T03:00:00Z", true),
        ])
    func edges(instant: String, isForgiven: Bool) {
        #expect(times([1], 120, 240).contains(time(instant)) == isForgiven)
    }

    @Test(
        "R91: a window over midnight belongs to the day on which it begins",
        arguments: [
            ("2026-03-10T22:59:59Z", false), ("2026-03-10T23:00:00Z", true), ("2026-03-11T01:59:59Z", true),
            ("2026-03-11T02:00:00Z", false), ("2026-03-10T01:00:00Z", false),
        ])
    func midnight(instant: String, isForgiven: Bool) {
        #expect(times([1], 1380, 120).contains(time(instant)) == isForgiven)
        // A week ends on a Sunday.
        let sunday = times([6], 1380, 120)
        #expect(sunday.contains(time("2026-03-16T01:00:00Z")))
        #expect(!sunday.contains(time("2026-03-15T01:00:00Z")))
    }

    @Test("R91: a whole day, and a day that begins and ends at one time")
    func whole() {
        let day = times([1], 0, 1440)
        #expect(day.contains(time("2026-03-10T00:00:00Z")))
        #expect(day.contains(time("2026-03-10T23:59:59.999Z")))
        #expect(!day.contains(time("2026-03-11T00:00:00Z")))
        let round = times([1], 360, 360)
        #expect(round.contains(time("2026-03-11T05:59:59Z")))
        #expect(!round.contains(time("2026-03-11T06:00:00Z")))
    }

    @Test("R91: the clock of its time zone counts")
    func zone() {
        let tokyo = times([1], 120, 240, Zone(identifier: "Asia/Tokyo") { _ in 9 * 3600 })
        #expect(tokyo.contains(time("2026-03-09T17:00:00Z")))
        #expect(!tokyo.contains(time("2026-03-10T02:00:00Z")))
    }

    /// Daily dumps at midnight; the window takes the slots of Tuesdays.
    private func world(listed: [String], at instant: String) -> World {
        var world = World()
        world.listed = World.daily(listed)
        world.observedAt = time(instant)
        world.objectives.forgiven = times([1], 0, 120)
        return world
    }

    @Test("R91: a slot in a window is not missed, and the backup of the next slot is not late by it")
    func forgiven() {
        let tuesday = world(listed: ["2026-03-09", "2026-03-08"], at: "2026-03-10T12:00:00Z")
        #expect(tuesday.findings == [])
        #expect(tuesday.assessment.slots.map(\.newlyMissed) == [0])
        // Up to the grace of the next slot.
        let before = world(listed: ["2026-03-09", "2026-03-08"], at: "2026-03-11T00:29:59.999Z")
        #expect(before.findings == [])
        let after = world(listed: ["2026-03-09", "2026-03-08"], at: "2026-03-11T00:30:00Z")
        #expect(after.findings.map(\.kind) == [.slotsMissed, .tooOld])
        #expect(tuesday.assessment.validity.upperBound == time("2026-03-11T00:00:00Z"))
    }

    @Test("R91: a backup that was made in a window fills its own slot and no other")
    func filled() {
        let world = world(listed: ["2026-03-10", "2026-03-08"], at: "2026-03-10T12:00:00Z")
        #expect(world.findings == [.slotsMissed(type: .dump, last: time("2026-03-09T00:00:00Z"), inARow: 1)])
    }

    @Test("R67, R91: an addon of which every slot is forgiven is never late, and has no objective without max_age")
    func always() {
        var world = world(listed: [], at: "2026-03-10T12:00:00Z")
        world.objectives.forgiven = times([0, 1, 2, 3, 4, 5, 6], 0, 1440)
        #expect(world.findings == [.noObjective])
        world.listed = World.daily(["2026-02-01"])
        #expect(world.findings == [.noObjective])
        world.objectives.decisions.maxAge = day * 60
        #expect(world.findings == [])
        world.objectives.decisions.maxAge = nil
        // The slots of one day are enough.
        world.listed = World.daily(["2026-03-09"])
        world.objectives.forgiven = times([1, 2, 3, 4, 5, 6], 0, 1440)
        #expect(world.findings == [])
    }

    @Test("R92: an attempt that failed in a window does not count; one of another time does")
    func failed() {
        var world = world(listed: ["2026-03-09", "2026-03-08"], at: "2026-03-10T12:00:00Z")
        world.listed.insert(World.dump(.failed, "2026-03-10T00:00:05Z", minutes: 1), at: 0)
        #expect(world.findings == [])
        #expect(world.assessment.failedInARow == [.dump: 0])
        world.listed.insert(World.dump(.failed, "2026-03-10T02:00:00Z", minutes: 1), at: 0)
        #expect(world.findings.map(\.kind) == [.attemptFailed])
        #expect(world.assessment.failedInARow == [.dump: 1])
    }
}
