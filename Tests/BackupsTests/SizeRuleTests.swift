import Testing

@testable import Backups

/// When the size of a backup is suspect, and how long.
@Suite struct SizeRuleTests {
    /// Completed dumps so many hours apart, the sizes oldest first; the newest began at 12:00 of 2026-03-10.
    private static func dumps(_ sizes: [Int64?], every hours: Int) -> [Backup] {
        sizes.enumerated().map { index, size in
            let created = time("2026-03-10T12:00:00Z") - hour * (hours * (sizes.count - 1 - index))
            return Backup(
                identity: BackupIdentity("\(index)"), status: .completed, type: .dump, createdAt: created,
                completedAt: created + minute, size: size)
        }
    }

    /// Whatever the world knew before its list.
    private func findings(_ sizes: [Int64?], every hours: Int, _ change: (inout World) -> Void = { _ in }) -> [Finding]
    {
        var world = World()
        world.observedAt = time("2026-03-10T12:05:00Z")
        world.schedules = hours == 24 ? [.daily(hours: [12])] : [.hourly(0)]
        world.listed = Self.dumps(sizes, every: hours)
        change(&world)
        return world.findings
    }

    private func some(_ count: Int, _ size: Int64?) -> [Int64?] { Array(repeating: size, count: count) }

    @Test(
        "R56: empty backups stay suspect, however many there are",
        arguments: [1, 24] as [Int], [1, 11, 12, 20, 21, 60])
    func emptyStays(hours: Int, count: Int) {
        let zeros = Finding.Zeros(
            inARow: count, usual: SizeBand(around: 1_000_000_000),
            lastWithData: time("2026-03-10T12:00:00Z") - .seconds(count * hours * 3600))
        #expect(
            findings(some(30, 1_000_000_000) + some(count, 0), every: hours)
                == [.empty(type: .dump, at: time("2026-03-10T12:01:00Z"), zeros)])
        // One that is not empty again ends it.
        #expect(findings(some(30, 1_000_000_000) + some(count, 0) + [1_000_000_000], every: hours) == [])
    }

    @Test("R56: few good ones before are enough, and the history remembers them")
    func fewGood() {
        func empty(_ count: Int, lastWithData: String?) -> Finding {
            .empty(
                type: .dump, at: time("2026-03-10T12:01:00Z"),
                Finding.Zeros(inARow: count, lastWithData: lastWithData.map { time($0) }))
        }
        #expect(findings(some(3, 1000) + some(5, 0), every: 24) == [empty(5, lastWithData: "2026-03-05T12:00:00Z")])
        #expect(findings([1] + some(40, 0), every: 24) == [empty(40, lastWithData: "2026-01-29T12:00:00Z")])
        #expect(
            findings(some(40, 0), every: 24) { $0.sizes = [.dump: SizeMemory(largest: 1)] }
                == [empty(40, lastWithData: nil)])
        // Another type's sizes say nothing.
        #expect(findings(some(40, 0), every: 24) { $0.sizes = [.snapshot: SizeMemory(largest: 1)] } == [])
    }

    @Test(
        "R56: sizes that were always 0 are usual from the sixth on",
        arguments: [(1, true), (5, true), (6, false), (7, false)])
    func alwaysEmpty(count: Int, isSuspect: Bool) {
        #expect(findings(some(count, 0), every: 24).map(\.kind) == (isSuspect ? [.empty] : []))
    }

    @Test("R51: a backup without a size shows nothing, and ends nothing")
    func noSize() {
        #expect(findings(some(9, 1000) + [nil], every: 24) == [])
        #expect(
            findings(some(9, 1000) + [0, nil, nil], every: 24)
                == [
                    .empty(
                        type: .dump, at: time("2026-03-08T12:01:00Z"),
                        Finding.Zeros(
                            usual: SizeBand(around: 1000), lastWithData: time("2026-03-07T12:00:00Z")))
                ])
        #expect(
            findings(some(9, 1000) + [10, nil], every: 24).map(\.kind) == [.oddSize])
    }

    @Test(
        "R53: a new level is not usual within a day of its first backup",
        arguments: [(1, true), (11, true), (24, true), (25, true), (33, true), (34, false)])
    func notWithinADay(count: Int, isOdd: Bool) {
        #expect(findings(some(30, 1000) + some(count, 200), every: 1).map(\.kind) == (isOdd ? [.oddSize] : []))
    }

    @Test("R53: nor where fewer sizes are known than a day has", arguments: [(2, false), (3, true), (10, true)])
    func fewKnown(before: Int, isOdd: Bool) {
        // The oldest five decide.
        for count in [4, 12, 20] {
            #expect(findings(some(before, 1000) + some(count, 200), every: 1).map(\.kind) == (isOdd ? [.oddSize] : []))
        }
    }

    @Test("R53: daily sizes have a new level after ten days", arguments: [(1, true), (10, true), (11, false)])
    func daily(count: Int, isOdd: Bool) {
        #expect(findings(some(30, 1000) + some(count, 200), every: 24).map(\.kind) == (isOdd ? [.oddSize] : []))
    }

    @Test(
        "R55: less than a hundredth is never usual",
        arguments: [(10_000, false), (9999, true), (1, true)] as [(Int64, Bool)])
    func hundredth(size: Int64, isOdd: Bool) {
        let found = findings(some(30, 1_000_000) + some(200, size), every: 24)
        #expect(
            found
                == (isOdd
                    ? [
                        .oddSize(
                            type: .dump, at: time("2026-03-10T12:01:00Z"), size: size,
                            band: SizeBand(around: 1_000_000))
                    ] : []))
        // The history remembers the level.
        let memory: ByType = [.dump: SizeMemory(largest: 2_000_000, level: 1_000_000)]
        #expect(findings(some(60, size), every: 24) { $0.sizes = memory } == found)
    }

    @Test("R55: one that was very large is no level")
    func outlier() {
        #expect(findings(some(30, 1000) + [1_000_000, 2_000_000] + some(30, 1000), every: 24) == [])
    }

    @Test("R57: snapshots are differences, small or empty as they like")
    func snapshots() {
        let found = findings(some(30, 1_000_000) + some(9, 0), every: 24) { world in
            world.schedules?[0].type = .snapshot
            for index in world.listed.indices { world.listed[index].type = .snapshot }
        }
        #expect(found == [])
    }

    @Test("R59: sizes before sizes_since do not count")
    func since() {
        let sizes = some(30, 1_000_000) + some(5, 10)
        #expect(findings(sizes, every: 24).map(\.kind) == [.oddSize])
        // The thirtieth of the large ones is of the fifth of March.
        let (before, after) = (time("2026-03-05T12:00:00Z"), time("2026-03-05T12:00:01Z"))
        #expect(findings(sizes, every: 24) { $0.objectives.sizesSince = before }.map(\.kind) == [])
        #expect(
            findings(some(30, 1_000_000) + some(6, 10), every: 24) { $0.objectives.sizesSince = after }.map(\.kind)
                == [])
        let memory: ByType = [.dump: SizeMemory(largest: 1_000_000, level: 1_000_000)]
        let forget = findings(some(9, 10), every: 24) {
            ($0.objectives.sizesSince, $0.sizes) = (time("2026-01-01T00:00:00Z"), memory)
        }
        #expect(forget == [])
        #expect(findings(some(9, 10), every: 24) { $0.sizes = memory }.map(\.kind) == [.oddSize])
    }

    @Test("R55: the memory keeps the largest median of five in a row")
    func memory() {
        let memory = SizeMemory()
        #expect(memory.after([], since: nil) == memory)
        #expect(memory.after([5, 9, 1, 7], since: nil) == SizeMemory(largest: 9))
        #expect(memory.after([5, 9, 1, 7, 3], since: nil) == SizeMemory(largest: 9, level: 5))
        #expect(memory.after([0, 0, 5, 9, 1, 7, 3, 0], since: nil) == SizeMemory(largest: 9, level: 5))
        #expect(
            SizeMemory(largest: 20, level: 6).after([5, 9, 1, 7, 3], since: nil) == SizeMemory(largest: 20, level: 6))
        let since = time("2026-03-10T00:00:00Z")
        #expect(SizeMemory(largest: 20, level: 6).after([3], since: since) == SizeMemory(since: since, largest: 3))
        #expect(SizeMemory(since: since, largest: 20).after([3], since: since) == SizeMemory(since: since, largest: 20))
        #expect(SizeMemory(since: since, largest: 20).after([3], since: nil) == SizeMemory(since: since, largest: 20))
    }

    @Test("R55: the band around a median is half of it")
    func around() {
        #expect((SizeBand(around: 1000).low, SizeBand(around: 1000).high) == (500, 1500))
        #expect(SizeBand(around: .max).high == .max)
    }
}
