/// The expected sizes of an addon's next backup of a type, in bytes. They follow from the last sizes, by median and
/// median absolute deviation, which a few outliers do not change.
package struct SizeBand: Equatable, Sendable {
    /// The number of last backups that count.
    package static let window = 20
    /// The smallest number of sizes from which a band is computed.
    package static let fewest = 5
    /// The distance from the median that is still expected, in estimated standard deviations.
    static let deviations = 5.0
    /// The distance from the median that is always expected, as a share of the median: databases grow and are cleaned
    /// up, and the deviation of equal sizes is 0.
    static let leeway = 0.5
    /// Estimates the standard deviation of normally distributed values from their median absolute deviation.
    private static let consistency = 1.4826

    package let low: Int64
    package let high: Int64

    /// - Parameters:
    ///   - sizes: of the last completed backups, the newest first; only the first `window` count.
    ///   - isDifference: whether a size is a difference, as for snapshots. A difference can be 0, so the band then
    ///     has no lower bound.
    /// - Returns: nil if there are fewer than `fewest` sizes.
    package init?(sizes: some Sequence<Int64>, isDifference: Bool) {
        let sorted = sizes.prefix(Self.window).map(Double.init).sorted()
        guard sorted.count >= Self.fewest else { return nil }
        let median = Self.median(ofSorted: sorted)
        let deviation = Self.median(ofSorted: sorted.map { abs($0 - median) }.sorted()) * Self.consistency
        let reach = max(deviation * Self.deviations, median * Self.leeway)
        low = isDifference ? 0 : Int64(exactly: max(0, median - reach).rounded()) ?? 0
        high = Int64(exactly: (median + reach).rounded()) ?? .max
    }

    /// The sizes that are usual where the last sizes were all equal to the median.
    init(around median: Int64) {
        let reach = Int64(Double(median) * Self.leeway)
        low = median - reach
        high = median.addingReportingOverflow(reach).overflow ? .max : median + reach
    }

    package func contains(_ size: Int64) -> Bool { (low...max(low, high)).contains(size) }

    private static func median(ofSorted values: [Double]) -> Double {
        let middle = values.count / 2
        return values.count.isMultiple(of: 2) ? (values[middle - 1] + values[middle]) / 2 : values[middle]
    }
}
