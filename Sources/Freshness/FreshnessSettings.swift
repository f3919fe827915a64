/// How a plan spends the requests of an account.
package struct FreshnessSettings: Equatable, Sendable {
    /// Between two polls of an addon by the sweep, if the budget carries it.
    package var interval: Duration
    /// Between two readings of all lists of projects and addons, if the budget carries it.
    package var listInterval: Duration
    /// Between two readings of an addon's schedules; nil if they are not read.
    package var schedulesInterval: Duration? = .seconds(86_400)
    /// Between two readings of an addon's restores; nil if they are not read.
    package var restoresInterval: Duration?
    /// Between two readings of all pages of an addon's list.
    package var wholeInterval = Duration.seconds(86_400)

    /// Whether hints of webhooks are taken.
    package var usesWebhooks = true
    /// Whether the lists of single projects are read to see which addons are being backed up.
    package var usesSentinel = true
    /// Whether addons are polled when their schedules let the plan expect the end of a backup.
    package var usesSlots = true

    package init(interval: Duration, listInterval: Duration) {
        self.interval = interval
        self.listInterval = listInterval
    }
}
