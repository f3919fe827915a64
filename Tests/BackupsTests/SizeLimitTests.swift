import TestSupport
import Testing

@testable import Backups

/// Which sizes are judged and compared, with both sides of each limit.
@Suite struct SizeLimitTests {
    @Test("R51: the newest listed completed backup with a size counts, of each type for itself")
    func whose() {
        let before = SizedWorld.daily(1000, 1000, 1000, 1000, 1000)
        var world = SizedWorld.world(0, after: before)
        #expect(SizedWorld.kinds(world) == [.empty])
        // A later one without a size, that failed, is deleted or has another type ends nothing.
        let later = World.dump(.completed, "2026-03-10T12:01:00Z", minutes: 1, size: 1000)
        let others: [(inout World) -> Void] = [
            { $0.listed.append(World.dump(.completed, "2026-03-10T12:01:00Z", minutes: 1)) },
            { $0.listed.append(World.dump(.failed, "2026-03-10T12:01:00Z", minutes: 1, size: 1000)) },
            { $0.gone = [later] },
            { $0.listed.append(World.dump(.completed, "2026-03-10T12:01:00Z", size: 1000, type: .snapshot)) },
        ]
        for change in others {
            var other = world
            change(&other)
            #expect(SizedWorld.kinds(other) == [.empty])
        }
        world.listed.append(later)
        #expect(SizedWorld.kinds(world) == [])
    }

    @Test("R52: with schedules the sizes of their types are judged, without a schedule those of all types")
    func types() {
        var world = World()
        world.objectives.decisions.maxAge = day * 30
        world.listed = World.daily(["2026-03-10"], size: 0)
        for index in 1...3 {
            world.listed.append(
                World.dump(.completed, "2026-03-10T0\(index):00:05Z", minutes: 1, size: 0, type: .unknown))
        }
        // Beside the dumps and the snapshots, what has no type is of no schedule.
        var snapshots = BackupSchedule.weekly(from: "2026-03-10T10:00:00Z")
        snapshots.type = .snapshot
        world.schedules?.append(snapshots)
        #expect(world.findings == [.empty(type: .dump, at: time("2026-03-10T00:10:05Z"))])
        world.schedules = [snapshots]
        for index in 1...3 { world.listed[index].type = .snapshot }
        #expect(world.findings == [])
        for index in 1...3 { world.listed[index].type = .unknown }
        world.schedules = []
        #expect(
            world.findings == [
                .empty(type: .dump, at: time("2026-03-10T00:10:05Z")),
                .empty(type: .unknown, at: time("2026-03-10T03:01:05Z"), Finding.Zeros(inARow: 3)),
            ])
    }

    @Test("R53: sizes of a day before count, and of those the newest 20")
    func sample() {
        // Five of at least a day before are usual; five more are younger by a millisecond, and not.
        let young = (1...5).map { (Int64?(100), day - .milliseconds($0)) }
        let old = (0...4).map { (Int64?(1000), day + .milliseconds($0)) }
        #expect(SizedWorld.kinds(SizedWorld.world(1000, after: young + old)) == [])
        #expect(SizedWorld.kinds(SizedWorld.world(100, after: young + old)) == SizedWorld.odd)
        // With only four of a day before, the five oldest decide.
        #expect(SizedWorld.kinds(SizedWorld.world(100, after: young + old.dropLast())) == SizedWorld.odd)
        #expect(SizedWorld.kinds(SizedWorld.world(100, after: young + old.dropLast(3))) == [])
        // The newest twenty of them: eleven and nine, or nine and eleven.
        func twenty(_ count: Int) -> [(Int64?, Duration)] {
            (1...30).map { ($0 <= count ? 100 : 1000, day * $0) }
        }
        #expect(SizedWorld.kinds(SizedWorld.world(1000, after: twenty(11))) == SizedWorld.odd)
        #expect(SizedWorld.kinds(SizedWorld.world(1000, after: twenty(9))) == [])
        // One more or less would decide between ten and ten, of which either is usual.
        for size in [100, 1000] as [Int64] {
            #expect(SizedWorld.kinds(SizedWorld.world(size, after: twenty(10))) == [])
        }
    }

    @Test("R53: with fewer than five sizes before it nothing is compared; deleted backups count, others do not")
    func fewest() {
        let four = SizedWorld.daily(1000, 1000, 1000, 1000)
        #expect(SizedWorld.kinds(SizedWorld.world(10, after: four)) == [])
        #expect(SizedWorld.kinds(SizedWorld.world(10, after: four + [(1000, day * 5)])) == SizedWorld.odd)
        #expect(SizedWorld.kinds(SizedWorld.world(10, after: four + [(nil, day * 5)])) == [])
        var world = SizedWorld.world(10, after: four)
        let fifth = Backup(
            identity: "5", status: .completed, type: .dump, createdAt: SizedWorld.newest - day * 5, size: 1000)
        world.gone = [fifth]
        #expect(SizedWorld.kinds(world) == SizedWorld.odd)
        world.gone[0].status = .failed
        #expect(SizedWorld.kinds(world) == [])
        (world.gone[0].status, world.gone[0].type) = (.completed, .snapshot)
        #expect(SizedWorld.kinds(world) == [])
    }

    @Test(
        "R54: odd is a size that differs by more than half of the median, and by more than 7.413 deviations",
        arguments: [
            // Half of the median 1000 is more than the deviations, then 7.413 times 100 is.
            ([1000, 1000, 1000, 1000, 1000], [(500, false), (499, true), (1500, false), (1501, true)]),
            ([800, 900, 1000, 1100, 1200], [(259, false), (258, true), (1741, false), (1742, true)]),
        ] as [([Int64], [(Int64, Bool)])])
    func odd(before: [Int64], sizes: [(Int64, Bool)]) {
        let before = before.enumerated().map { (Int64?($1), day * ($0 + 1)) }
        for (size, isOdd) in sizes {
            #expect(SizedWorld.kinds(SizedWorld.world(size, after: before)) == (isOdd ? SizedWorld.odd : []), "\(size)")
        }
    }
}
