/// How long an addon's backups of one type take, learned from the last ones that completed.
package struct Durations: Equatable, Sendable {
    /// As many of the last ones as are looked at.
    package static let window = 20

    /// Milliseconds, the shortest first.
    package let sorted: [Int64]

    /// - Parameter milliseconds: from creation to end, the newest first; no more than `window` of them count.
    package init(milliseconds: some Sequence<Int64>) {
        sorted = milliseconds.prefix(Self.window).sorted()
    }

    /// The duration that a share of them does not exceed, in milliseconds; nil if nothing is known.
    ///
    /// By nearest rank, so that it is always one that has been seen.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func quantile(_ share: Double) -> Int64? { sorted.nearestRank(share) }

    /// In milliseconds; nil if nothing is known.
    package var p95: Int64? { quantile(0.95) }
}
