/// What an addon's schedules and history let one expect. All times are seconds of uptime.
package struct Outlook: Equatable, Sendable {
    /// A backup that is running, was due and is not there yet, or will be due.
    package struct Expected: Equatable, Sendable {
        /// When it was due or will be; when it started, if it is running.
        package var from: Double
        /// Seconds from then to its end: for a slot the delay of the start included.
        package var lag: Spread
        /// Whether a poll has shown that it runs.
        package var isRunning: Bool

        package init(from: Double, lag: Spread, isRunning: Bool = false) {
            self.from = from
            self.lag = lag
            self.isRunning = isRunning
        }
    }

    /// The earliest first: all that run, all that were due and are neither there nor given up as missed, and the
    /// next few that will be due. At least as many as come due until the addon is surely polled again.
    package private(set) var expected: [Expected]
    /// The end of the backup that ended last; nil if none is known. A poll that changes it has shown an end.
    package var lastEnd: Double?

    /// - Parameter expected: in any order.
    package init(expected: [Expected] = [], lastEnd: Double? = nil) {
        self.expected = expected.filter(\.from.isFinite).sorted { $0.from < $1.from }
        self.lastEnd = lastEnd
    }
}
