import Testing

@testable import Freshness

@Suite("When the lists of projects and addons are read again") struct ListTests {
    /// The seconds at which they are read, if each reading brings `extent`, up to an hour.
    private static func reads(
        _ extent: (Int) -> ListsExtent, requests: Int = 1, allowance: Int = 1000, interval: Double = 600
    ) -> [Double] {
        var settings = Plans.settings()
        settings.listInterval = .seconds(interval)
        var plan = FreshnessPlan(settings: settings)
        var reads: [Double] = []
        for second in 0...3600 {
            let now = Double(second)
            for action in Plans.take(&plan, now: now, budget: Plans.budget(allowance)) where action == .readLists {
                plan.listsRead(extent(reads.count), requests: requests, now: now)
                reads.append(now)
            }
        }
        return reads
    }

    @Test("lists that were read whole, after the interval")
    func whole() {
        #expect(Self.reads { _ in .whole } == [0, 600, 1200, 1800, 2400, 3000, 3600])
    }

    @Test("lists of which a part was read, with growing gaps, up to the interval")
    func part() {
        #expect(Self.reads { _ in .part } == [0, 30, 90, 210, 450, 930, 1530, 2130, 2730, 3330])
    }

    @Test("lists of which nothing was read, every other minute at least, because no addon is known")
    func nothing() {
        #expect(Self.reads { _ in .nothing }.prefix(7) == [0, 30, 90, 210, 330, 450, 570])
    }

    @Test("after a whole reading the gaps begin anew")
    func healed() {
        #expect(
            Self.reads { $0 == 3 ? .whole : .nothing }.prefix(8) == [0, 30, 90, 210, 810, 840, 900, 1020])
    }

    @Test("lists never use more than their share of the budget")
    func budget() {
        // A fifth of 100 an hour are 20: five of four requests each.
        #expect(Self.reads({ _ in .part }, requests: 4, allowance: 100) == [0, 720, 1440, 2160, 2880, 3600])
        #expect(Self.reads({ _ in .nothing }, allowance: 100).prefix(3) == [0, 180, 360])
    }

    @Test("lists are never read less often than the interval, however short it is")
    func shortInterval() {
        #expect(Self.reads({ _ in .nothing }, interval: 20).prefix(4) == [0, 20, 40, 60])
    }
}
