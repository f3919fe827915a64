import Testing

@testable import Backups

/// A retention that ends before the next slot: what is said of an empty list, and by whom it was watched.
@Suite struct ShortRetentionTests {
    /// A dump every Monday at midnight, kept for two days; the newest slot is that of 2026-03-09.
    private static func weekly(_ change: (inout World) -> Void = { _ in }) -> World {
        var world = World()
        world.schedules = [.weekly(from: "2026-01-01T00:00:00Z")]
        world.schedules?[0].retention = day * 2
        world.listed = []
        world.firstSeen = world.observedAt
        change(&world)
        return world
    }

    private static let shallow = Finding.tooShallow(type: .dump, retention: day * 2, gap: day * 7, hole: day * 5)

    @Test(
        "R41, R62: on a fresh state an empty list is never, at every hour of the cycle",
        arguments: [
            "2026-03-09T00:10:00Z", "2026-03-09T00:30:00Z", "2026-03-10T23:00:00Z", "2026-03-13T12:00:00Z",
            "2026-03-15T23:59:00Z",
        ])
    func fresh(now: String) {
        let world = Self.weekly {
            $0.observedAt = time(now)
            $0.firstSeen = time(now)
        }
        #expect(world.verdict().state == .never)
        #expect(world.findings.contains(Self.shallow))
        // The backup of a slot that is longer ago than the retention can have been made and deleted.
        let isKnown = time(now) < time("2026-03-11T00:00:00Z") && time(now) >= time("2026-03-09T00:30:00Z")
        #expect(world.findings.map(\.kind).contains(.slotsMissed) == isKnown)
    }

    @Test("R24, R27: the slot that was missed before the first look stays missed when its backup would be gone")
    func staysMissed() {
        var world = Self.weekly()
        let first = world.assessment.slots[0]
        #expect((first.missedInARow, first.missedSince) == (1, time("2026-03-09T00:00:00Z")))
        world.judgedThrough = [.dump: first.judgedThrough]
        world.missedSince[.dump] = first.missedSince
        for now in ["2026-03-11T12:00:00Z", "2026-03-14T12:00:00Z", "2026-03-16T00:29:00Z"] {
            world.observedAt = time(now)
            #expect(world.assessment.slots.map(\.missedInARow) == [1], "\(now)")
            #expect(world.verdict().state == .never)
        }
        world.observedAt = time("2026-03-16T00:30:00Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [2])
    }

    @Test("R38, R44: a backup that its retention deleted is no never, until the next slot is missed")
    func expired() {
        let dump = World.dump(.completed, "2026-03-09T00:00:05Z", minutes: 10, size: 1000)
        var world = Self.weekly { $0.firstSeen = time("2026-01-01T00:00:00Z") }
        world.listed = [dump]
        #expect(world.findings == [Self.shallow])
        (world.listed, world.gone, world.goneAt) = ([], [dump], time("2026-03-11T00:05:00Z"))
        for now in ["2026-03-11T00:05:00Z", "2026-03-15T12:00:00Z", "2026-03-16T00:29:59Z"] {
            world.observedAt = time(now)
            #expect(world.findings == [Self.shallow], "\(now)")
        }
        world.observedAt = time("2026-03-16T00:40:06Z")
        #expect(world.verdict().state == .never)
        #expect(Set(world.findings.map(\.kind)) == [.slotsMissed, .tooOld, .neverCompleted, .tooShallow])
        // One that is kept by hand since long ago changes nothing.
        world.observedAt = time("2026-03-15T12:00:00Z")
        world.listed = [World.dump(.completed, "2026-01-05T00:00:05Z", minutes: 10, size: 1000)]
        #expect(world.findings == [Self.shallow])
        world.listed = []
        // One that was deleted by hand leaves nothing.
        world.observedAt = time("2026-03-11T12:00:00Z")
        world.goneAt = time("2026-03-10T22:59:59Z")
        #expect(world.verdict().state == .never)
        world.goneAt = time("2026-03-10T23:00:05Z")
        #expect(world.verdict().state == .suspect)
    }

    @Test("R24, R27: nine days missed are nine, with a day of retention")
    func nine() {
        var world = World()
        world.schedules?[0].retention = day
        world.listed = World.daily(["2026-03-01"])
        world.firstSeen = world.observedAt
        // The first of March is still listed, so that no younger one was deleted by its retention.
        #expect(world.assessment.slots.map(\.missedInARow) == [9])
        // An exporter that watched all the time knows it without.
        world.listed = []
        world.gone = World.daily(["2026-03-01"])
        world.firstSeen = time("2026-02-01T00:00:00Z")
        #expect(world.assessment.slots.map(\.missedInARow) == [9])
    }

    @Test("R41: never goes on from a slot to its grace, with a day of retention")
    func halfHour() {
        var world = World()
        world.schedules?[0].retention = day
        world.listed = []
        for now in ["2026-03-09T23:59:00Z", "2026-03-10T00:00:00Z", "2026-03-10T00:29:59Z", "2026-03-10T00:30:00Z"] {
            (world.observedAt, world.firstSeen) = (time(now), time(now))
            #expect(world.verdict().state == .never, "\(now)")
        }
    }

    @Test("R25, R38: a type whose backups are deleted before its next slot is not late beside another")
    func besideAnother() {
        var world = World()
        var weekly = BackupSchedule.weekly(from: "2026-01-01T00:00:00Z")
        (weekly.type, weekly.retention) = (.snapshot, day * 2)
        world.schedules?[0].retention = day * 7
        world.schedules?.append(weekly)
        world.observedAt = time("2026-03-13T12:00:00Z")
        world.listed = World.daily(["2026-03-13", "2026-03-12", "2026-03-11", "2026-03-10"])
        // On a fresh state the snapshot of the ninth can have been made and deleted.
        world.firstSeen = world.observedAt
        #expect(world.findings == [])
        // It was made, and was deleted.
        world.firstSeen = time("2026-01-01T00:00:00Z")
        world.gone = [World.dump(.completed, "2026-03-09T00:00:05Z", minutes: 1, type: .snapshot)]
        world.goneAt = time("2026-03-11T00:01:00Z")
        #expect(world.findings == [])
        // It was not made.
        world.gone = [World.dump(.completed, "2026-03-02T00:00:05Z", minutes: 1, type: .snapshot)]
        world.goneAt = time("2026-03-04T00:01:00Z")
        #expect(world.findings.map(\.kind) == [.slotsMissed, .tooOld])
    }

    @Test(
        "R62: schedules that keep no backup up to the next slot",
        arguments: [
            // The retention in days, the interval, and the longest time without a backup.
            ([(.daily(), 1)], .zero), ([(.daily(), 2)], nil), ([(.weekly(), 7)], .zero), ([(.weekly(), 6)], day),
            ([(.weekly(), 8)], nil), ([(.hourly(0), 1)], nil),
            ([(.daily(hours: [0, 12]), 1)], nil),
            // One that keeps is enough.
            ([(.weekly(), 2), (.daily(), 2)], nil), ([(.daily(), 1), (.weekly(), 60)], nil),
            // Two that do not keep can fill each other's holes, or not.
            ([(.weekly(days: [0]), 4), (.weekly(days: [3]), 4)], .zero),
            ([(.weekly(days: [0]), 4), (.weekly(days: [3]), 5)], nil),
            ([(.weekly(days: [0]), 2), (.weekly(days: [3]), 2)], day * 2),
            // The daily one alone keeps none, and neither does the weekly one, which is due while a daily one is kept.
            ([(.weekly(days: [4], minutes: [45]), 7), (.daily(), 1)], nil),
        ] as [([(BackupSchedule, Int)], Duration?)])
    func tooShallow(schedules: [(BackupSchedule, Int)], hole: Duration?) {
        let all = schedules.map { schedule, days in
            var schedule = schedule
            schedule.retention = day * days
            return schedule
        }
        guard case .tooShallow(.dump, let retention, let gap, let found)? = all.tooShallow else {
            #expect(all.tooShallow == nil)
            #expect(hole == nil)
            return
        }
        #expect(found == hole)
        #expect(retention == all.compactMap(\.retention).max())
        #expect(gap == SlotCalendar(all, zone: .utc).longestGap)
        // It cannot be said if one is not understood, or if it is not known how long backups are kept.
        let odd = BackupSchedule(id: "o", type: .dump, times: .notUnderstood("x"), effectiveFrom: time(World.noon))
        #expect((all + [odd]).tooShallow == nil)
        var unknown = all
        unknown[0].retention = nil
        #expect(unknown.tooShallow == nil)
    }

    @Test("R62: of several types it has no type")
    func severalTypes() {
        var (snapshot, dump) = (BackupSchedule.weekly(), BackupSchedule.weekly(days: [3]))
        snapshot.type = .snapshot
        (snapshot.retention, dump.retention) = (day * 2, day * 3)
        #expect(
            [snapshot, dump].tooShallow == .tooShallow(type: nil, retention: day * 3, gap: day * 4, hole: day))
    }
}
