import TestSupport
import Testing

@testable import Backups

/// Sizes that are never usual, and sizes that show nothing.
@Suite struct SizeLevelTests {
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
            return SizedWorld.world(100, after: sizes)
        }
        #expect(SizedWorld.kinds(world(large: 2)) == [])
        #expect(SizedWorld.kinds(world(large: 3)) == SizedWorld.odd)
    }

    @Test("R57: of snapshots only a large one is odd")
    func snapshots() {
        for (size, isOdd) in [(0, false), (1, false), (1500, false), (1501, true)] as [(Int64, Bool)] {
            var world = SizedWorld.world(size, after: SizedWorld.daily(1000, 1000, 1000, 1000, 1000))
            world.schedules?[0].type = .snapshot
            for index in world.listed.indices { world.listed[index].type = .snapshot }
            world.sizes = [.snapshot: SizeMemory(largest: 1_000_000, level: 1_000_000)]
            #expect(SizedWorld.kinds(world) == (isOdd ? SizedWorld.odd : []), "\(size)")
        }
    }

    @Test("R58: if more than half of the sizes are 0, no size is odd")
    func zeros() {
        #expect(SizedWorld.kinds(SizedWorld.world(4096, after: SizedWorld.daily(0, 0, 0, 0, 0))) == [])
        #expect(SizedWorld.kinds(SizedWorld.world(4096, after: SizedWorld.daily(0, 0, 0, 10, 10))) == [])
        #expect(SizedWorld.kinds(SizedWorld.world(4096, after: SizedWorld.daily(0, 0, 10, 10, 10))) == SizedWorld.odd)
    }

    @Test("R59: a size of before sizes_since counts in no rule, and one at it in all")
    func since() {
        let first = SizedWorld.newest - day * 6
        var world = SizedWorld.world(0, after: SizedWorld.daily(0, 0, 0, 0, 0, 1))
        world.objectives.sizesSince = first
        #expect(SizedWorld.kinds(world) == [.empty])
        world.objectives.sizesSince = first.adding(milliseconds: 1)
        #expect(SizedWorld.kinds(world) == [])
        // The band, and the newest size itself.
        world = SizedWorld.world(10, after: SizedWorld.daily(1000, 1000, 1000, 1000, 1000))
        world.objectives.sizesSince = SizedWorld.newest - day * 5
        #expect(SizedWorld.kinds(world) == SizedWorld.odd)
        world.objectives.sizesSince = (SizedWorld.newest - day * 5).adding(milliseconds: 1)
        #expect(SizedWorld.kinds(world) == [])
        world = SizedWorld.world(0, after: SizedWorld.daily(1000))
        world.objectives.sizesSince = SizedWorld.newest
        #expect(SizedWorld.kinds(world) == [.empty])
        world.objectives.sizesSince = SizedWorld.newest.adding(milliseconds: 1)
        #expect(SizedWorld.kinds(world) == [])
    }
}
