import Backups

/// How long something took the last times, in seconds.
package struct Spread: Equatable, Sendable {
    /// As many of the last ones as are looked at.
    package static let window = 20

    /// What is assumed of backups of which none is known.
    package static let unknown = Spread([30, 60, 120, 300, 900])

    /// The shortest first; never empty.
    package let sorted: [Double]

    /// - Parameter seconds: the newest first; no more than `window` of them count. Those that make no sense are left
    ///   out; if none is left, the spread is that of `unknown`.
    package init(_ seconds: some Sequence<Double>) {
        let sane = seconds.filter { $0 >= 0 && $0 < 10_000_000 }.prefix(Self.window).sorted()
        sorted = sane.isEmpty ? Self.unknown.sorted : sane
    }

    /// The duration that a share of them does not exceed, by nearest rank.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func quantile(_ share: Double) -> Double { sorted.nearestRank(share) ?? longest }

    package var longest: Double { sorted[sorted.count - 1] }

    /// The share of them that took no longer than this many seconds.
    func share(within seconds: Double) -> Double {
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return Double(low) / Double(sorted.count)
    }
}
