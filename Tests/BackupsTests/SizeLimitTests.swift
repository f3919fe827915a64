import TestSupport
import Testing

@testable import Backups

/// Both sides of each limit of the rules about sizes.
@Suite struct SizeLimitTests {
    private static let newest = time("2026-03-10T12:00:00Z")

    /// Dumps of these sizes and ages before the newest one, which has its own size.
    private static func world(_ size: Int64?, after sizes: [(Int64?, Duration)]) -> World {
        var world = World()
        world.observedAt = newest + minute * 5
        world.schedules = [.hourly(0)]
        world.listed = ([(size, .zero)] + sizes).enumerated().map { index, entry in
            Backup(
                identity: BackupIdentity("\(index)"), status: .completed, type: .dump, createdAt: newest - entry.1,
                completedAt: newest - entry.1 + minute, size: entry.0)
        }
        return world
    }

    /// Hourly dumps without the findings that are not about sizes.
    private static func kinds(_ world: World) -> [FindingKind?] {
        world.findings.map(\.kind).filter { $0 == .empty || $0 == .oddSize }
    }

    private static func daily(_ sizes: Int64?...) -> [(Int64?, Duration)] {
        sizes.enumerated().map { ($1, day * ($0 + 1)) }
    }

    private static let odd: [FindingKind?] = [.oddSize]

    @Test("R51: the newest listed completed backup with a size counts, of each type for itself")
    func whose() {
        let before = Self.daily(1000, 1000, 1000, 1000, 1000)
        var world = Self.world(0, after: before)
        #expect(Self.kinds(world) == [.empty])
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
            #expect(Self.kinds(other) == [.empty])
        }
        world.listed.append(later)
        #expect(Self.kinds(world) == [])
    }

    @Test("R52: with schedules the sizes of their types are judged, without a schedule those of all types")
    func types() {
        var world = World()
        world.objectives.maxAge = day * 30
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
                .empty(type: .unknown, at: time("2026-03-10T03:01:05Z")),
            ])
    }

    @Test("R53: sizes of a day before count, and of those the newest 20")
    func sample() {
        // Five of at least a day before are usual; five more are younger by a millisecond, and not.
        let young = (1...5).map { (Int64?(100), day - .milliseconds($0)) }
        let old = (0...4).map { (Int64?(1000), day + .milliseconds($0)) }
        #expect(Self.kinds(Self.world(1000, after: young + old)) == [])
        #expect(Self.kinds(Self.world(100, after: young + old)) == Self.odd)
        // With only four of a day before, the five oldest decide.
        #expect(Self.kinds(Self.world(100, after: young + old.dropLast())) == Self.odd)
        #expect(Self.kinds(Self.world(100, after: young + old.dropLast(3))) == [])
        // The newest twenty of them: eleven and nine, or nine and eleven.
        func twenty(_ count: Int) -> [(Int64?, Duration)] {
            (1...30).map { ($0 <= count ? 100 : 1000, day * $0) }
        }
        #expect(Self.kinds(Self.world(1000, after: twenty(11))) == Self.odd)
        #expect(Self.kinds(Self.world(1000, after: twenty(9))) == [])
    }

    @Test("R53: with fewer than five sizes before it nothing is compared; deleted backups count, others do not")
    func fewest() {
        let four = Self.daily(1000, 1000, 1000, 1000)
        #expect(Self.kinds(Self.world(10, after: four)) == [])
        #expect(Self.kinds(Self.world(10, after: four + [(1000, day * 5)])) == Self.odd)
        #expect(Self.kinds(Self.world(10, after: four + [(nil, day * 5)])) == [])
        var world = Self.world(10, after: four)
        let fifth = Backup(
            identity: "5", status: .completed, type: .dump, createdAt: Self.newest - day * 5, size: 1000)
        world.gone = [fifth]
        #expect(Self.kinds(world) == Self.odd)
        world.gone[0].status = .failed
        #expect(Self.kinds(world) == [])
        (world.gone[0].status, world.gone[0].type) = (.completed, .snapshot)
        #expect(Self.kinds(world) == [])
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
            #expect(Self.kinds(Self.world(size, after: before)) == (isOdd ? Self.odd : []), "\(size)")
        }
    }

    @Test("R55: a hundredth of the level is exact, and five successive sizes make one")
    func hundredth() {
        for (level, size) in [(1_000_000, 10_000), (1_000_001, 10_001), (1_000_100, 10_001)] as [(Int64, Int64)] {
            let memory = SizeMemory(largest: level, level: level)
            #expect(!memory.isFall(size))
            #expect(memory.isFall(size - 1))
        }
        // Small for long; three large ones among five successive ones are a level, two are none.
        func world(large count: Int) -> World {
            let sizes = (1...40).map { index in
                (Int64?(index > 30 && index <= 30 + count ? 1_000_000 : 100), day * index)
            }
            return Self.world(100, after: sizes)
        }
        #expect(Self.kinds(world(large: 2)) == [])
        #expect(Self.kinds(world(large: 3)) == Self.odd)
    }

    @Test("R57: of snapshots only a large one is odd")
    func snapshots() {
        for (size, isOdd) in [(0, false), (1, false), (1500, false), (1501, true)] as [(Int64, Bool)] {
            var world = Self.world(size, after: Self.daily(1000, 1000, 1000, 1000, 1000))
            world.schedules?[0].type = .snapshot
            for index in world.listed.indices { world.listed[index].type = .snapshot }
            world.sizes = [.snapshot: SizeMemory(largest: 1_000_000, level: 1_000_000)]
            #expect(Self.kinds(world) == (isOdd ? Self.odd : []), "\(size)")
        }
    }

    @Test("R58: if more than half of the sizes are 0, no size is odd")
    func zeros() {
        #expect(Self.kinds(Self.world(4096, after: Self.daily(0, 0, 0, 0, 0))) == [])
        #expect(Self.kinds(Self.world(4096, after: Self.daily(0, 0, 0, 10, 10))) == [])
        #expect(Self.kinds(Self.world(4096, after: Self.daily(0, 0, 10, 10, 10))) == Self.odd)
    }

    @Test("R59: a size of before sizes_since counts in no rule, and one at it in all")
    func since() {
        let first = Self.newest - day * 6
        var world = Self.world(0, after: Self.daily(0, 0, 0, 0, 0, 1))
        world.objectives.sizesSince = first
        #expect(Self.kinds(world) == [.empty])
        world.objectives.sizesSince = first.adding(milliseconds: 1)
        #expect(Self.kinds(world) == [])
        // The band, and the newest size itself.
        world = Self.world(10, after: Self.daily(1000, 1000, 1000, 1000, 1000))
        world.objectives.sizesSince = Self.newest - day * 5
        #expect(Self.kinds(world) == Self.odd)
        world.objectives.sizesSince = (Self.newest - day * 5).adding(milliseconds: 1)
        #expect(Self.kinds(world) == [])
        world = Self.world(0, after: Self.daily(1000))
        world.objectives.sizesSince = Self.newest
        #expect(Self.kinds(world) == [.empty])
        world.objectives.sizesSince = Self.newest.adding(milliseconds: 1)
        #expect(Self.kinds(world) == [])
    }
}
