/// Counts observations in buckets with fixed upper bounds.
package struct Histogram: Hashable, Sendable {
    /// The buckets' upper bounds, ascending and without infinity.
    package let bounds: [Double]
    /// Observations per bucket, not cumulative. An observation above the last bound is in `count` alone.
    package private(set) var counts: [Int]
    package private(set) var count = 0
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = [Int](repeating: 0, count: bounds.count)
    }

    package mutating func observe(_ value: Double) {
        if let bucket = bounds.firstIndex(where: { value <= $0 }) { counts[bucket] += 1 }
        count += 1
        sum += value
    }
}
