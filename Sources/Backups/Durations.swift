/// How long an addon's backups of one type took the last times.
package struct Durations: Equatable, Sendable {
    /// The number of latest backups that count.
    package static let window = 20

    /// Milliseconds, the shortest first: half the memory of as many `Duration`s, of which each addon has some.
    private let milliseconds: [Int64]

    /// - Parameter durations: the newest first; the first `window` of them count.
    package init(_ durations: some Sequence<Duration>) {
        milliseconds = durations.prefix(Self.window).map(\.milliseconds).sorted()
    }

    /// The shortest first.
    package var sorted: [Duration] { milliseconds.map { .milliseconds($0) } }

    /// The duration that a share of them does not exceed; nil if there is none.
    ///
    /// By nearest rank, so that the result is always one of them.
    ///
    /// - Parameter share: above 0 and at most 1.
    package func quantile(_ share: Double) -> Duration? { milliseconds.nearestRank(share).map { .milliseconds($0) } }

    /// Nil if there is none.
    package var p95: Duration? { quantile(0.95) }
}
