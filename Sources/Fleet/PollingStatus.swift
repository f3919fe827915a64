package import Backups
package import Freshness

/// How the polling of one account stands: published whole by the account.
package struct PollingStatus: Equatable, Sendable {
    /// Addons that are watched.
    package var addons = 0
    /// Those of them that the API does not know, confirmed by two polls.
    package var addonsNotFound = 0
    /// Polls that are due and wait, by their reason.
    package var queued: [PollReason: Int] = [:]
    /// Requests that are expected until the window ends; nil before the first forecast.
    package var expectedRequests: Double?
    /// When they use up what is left of the window; nil if they do not.
    package var budgetUsedUpAt: Timestamp?
    /// Between two polls of an addon, as the budget allows it.
    package var pollInterval: Duration
    /// Between two readings of the lists of projects and addons, as the budget allows it.
    package var listInterval = Duration.zero
    /// Nil without discovery, or before the first has ended.
    package var isDiscoveryUp: Bool?
    /// The end of the last discovery that was complete.
    package var lastDiscovery: Timestamp?

    package init(pollInterval: Duration = .zero) { self.pollInterval = pollInterval }
}
