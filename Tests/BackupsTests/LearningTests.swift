import Testing

@testable import Backups

struct LearningTests {
    @Test("R19: quantiles are durations that were seen")
    func quantilesAreDurationsThatWereSeen() {
        let durations = Durations(milliseconds: [50, 10, 40, 20, 30].map { $0 * 1000 })
        #expect(durations.sorted == [10, 20, 30, 40, 50].map { .seconds($0) })
        #expect(
            [0.01, 0.2, 0.21, 0.5, 0.95, 1].map(durations.quantile) == [10, 10, 20, 30, 50, 50].map { .seconds($0) })
        #expect(durations.p95 == .seconds(50))
        #expect(Durations(milliseconds: []).p95 == nil)
    }

    @Test("R19, R53: only the last twenty count")
    func onlyTheLastOnesCount() {
        #expect(Durations(milliseconds: (1...25).map { $0 * 1000 }).sorted == (1...20).map { .seconds($0) })
        #expect(Durations(milliseconds: (1...20).map { $0 * 1000 }).p95 == .seconds(19))
        #expect(
            SizeBand(
                sizes: Array(repeating: 100, count: 20) + Array(repeating: 900_000, count: 20), isDifference: false)
                == SizeBand(sizes: Array(repeating: 100, count: 20), isDifference: false))
    }

    @Test(
        "R54: the band is the median with the larger of half of it and five deviations on either side",
        arguments: [
            ([100, 100, 100, 100, 100], 50, 150),
            // The median 100, the deviations 10, 5, 0, 5, 10: 5 × 1.4826 × 5 is 37, less than half the median.
            ([90, 95, 100, 105, 110], 50, 150),
            // 5 × 1.4826 × 40 is 297, more than the median: the band begins at nothing.
            ([20, 60, 100, 140, 180], 0, 397),
            // Of two middle ones the mean; one that is far off moves little.
            ([100, 100, 110, 120, 120, 99_999], 41, 189),
            ([0, 0, 0, 0, 0], 0, 0),
        ])
    func theBandIsRobust(sizes: [Int64], low: Int64, high: Int64) throws {
        let band = try #require(SizeBand(sizes: sizes, isDifference: false))
        #expect((band.low, band.high) == (low, high))
        #expect(band.contains(low))
        #expect(band.contains(high))
        #expect(!band.contains(high + 1))
    }

    @Test("R57: a difference has no lower bound")
    func aDifferenceHasNoLowerBound() {
        #expect(SizeBand(sizes: [100, 100, 100, 100, 100], isDifference: true)?.low == 0)
    }

    @Test("R53: four sizes are too few")
    func fourSizesAreTooFew() {
        #expect(SizeBand(sizes: [1, 2, 3, 4], isDifference: false) == nil)
    }

    @Test func sizesFromAServerAreNoReasonToCrash() {
        let band = SizeBand(sizes: Array(repeating: .max, count: 6), isDifference: false)
        #expect(band?.high == .max)
        #expect(band?.contains(.max) == true)
    }
}
