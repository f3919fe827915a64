/// Where the size of an addon's next backup of a type is expected, in bytes: learned from the last ones, by
/// median and median absolute deviation, which a few odd ones do not move.
package struct SizeBand: Equatable, Sendable {
    /// As many of the last backups as are looked at.
    package static let window = 20
    /// Sizes that are needed at least; fewer say nothing.
    package static let fewest = 5
    /// How many (estimated) standard deviations from the median are still expected.
    static let deviations = 5.0
    /// What is always expected around the median, as a share of it: databases grow and are cleaned up, and the
    /// deviation of a few equal sizes is nothing.
    static let leeway = 0.5
    /// Estimates the standard deviation of normally distributed values from their median absolute deviation.
    private static let consistency = 1.4826

    package let low: Int64
    package let high: Int64

    /// - Parameters:
    ///   - sizes: of the last completed backups, the newest first; no more than `window` of them count.
    ///   - isDifference: whether a size is a difference, as for snapshots, which may well be nothing: the band then
    ///     has no lower bound.
    /// - Returns: nil if there are too few.
    package init?(sizes: some Sequence<Int64>, isDifference: Bool) {
        let sorted = sizes.prefix(Self.window).map(Double.init).sorted()
        guard sorted.count >= Self.fewest else { return nil }
        let median = Self.median(ofSorted: sorted)
        let deviation = Self.median(ofSorted: sorted.map { abs($0 - median) }.sorted()) * Self.consistency
        let reach = max(deviation * Self.deviations, median * Self.leeway)
        low = isDifference ? 0 : Int64(exactly: max(0, median - reach).rounded()) ?? 0
        high = Int64(exactly: (median + reach).rounded()) ?? .max
    }

    package func contains(_ size: Int64) -> Bool { (low...max(low, high)).contains(size) }

    private static func median(ofSorted values: [Double]) -> Double {
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }
}
