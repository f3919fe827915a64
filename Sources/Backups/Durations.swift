/// The durations of an addon's latest backups of one type.
package struct Durations: Equatable, Sendable {
    /// The number of latest backups that count.
    package static let window = 20

    /// Milliseconds, ascending: half the memory of `Duration`s, and each addon has several of these arrays.
    private let milliseconds: [Int64]

    /// - Parameter milliseconds: newest first; only the first `window` of them count.
    package init(milliseconds: some Sequence<Int64>) {
        // Sorting an array makes one without spare room.
        self.milliseconds = Array(milliseconds.prefix(Self.window)).sorted()
    }

    /// Ascending.
    package var sorted: [Duration] { milliseconds.map { .milliseconds($0) } }

    /// The duration that a share of the durations does not exceed; nil if there are no durations.
    ///
    /// By nearest rank, so that the result is always one of the durations.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func quantile(_ share: Double) -> Duration? { milliseconds.nearestRank(share).map { .milliseconds($0) } }

    /// Nil if there are no durations.
    package var p95: Duration? { quantile(0.95) }
}
