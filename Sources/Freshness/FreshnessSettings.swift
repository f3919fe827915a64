/// How a plan asks. All times are in seconds.
package struct FreshnessSettings: Equatable, Sendable {
    /// Between two polls of an addon by the sweep, if the budget carries it.
    package var interval: Double
    /// Between two readings of all lists of projects and addons, if the budget carries it.
    package var listInterval: Double
    /// Between two readings of an addon's schedules; nil if they are not read.
    package var schedulesInterval: Double? = 86_400
    /// Between two readings of an addon's restores; nil if they are not read.
    package var restoresInterval: Double?
    /// Between two readings of all pages of an addon's list.
    package var wholeInterval = 86_400.0
    /// Requests in flight at once, reading the lists aside.
    package var concurrency: Int

    /// Whether hints are taken.
    package var usesWebhooks = true
    /// Whether the lists of single projects are read to see who is being backed up.
    package var usesSentinel = true
    /// Whether addons are asked when their schedules let one expect the end of a backup.
    package var usesSlots = true

    /// - Parameters:
    ///   - interval: seconds; see `interval`.
    ///   - listInterval: seconds; see `listInterval`.
    package init(interval: Double, listInterval: Double, concurrency: Int) {
        self.interval = interval
        self.listInterval = listInterval
        self.concurrency = concurrency
    }
}
