package import Backups
package import Northflank

/// The status of one account's polling, published whole by the account.
package struct PollingStatus: Equatable, Sendable {
    /// Watched addons.
    package var addons = 0
    /// Watched addons that the API does not know, confirmed by two polls.
    package var addonsNotFound = 0
    /// Discovered addons that the last complete reading of the lists lacked, and that are not known to be gone yet.
    package var addonsMissing = 0
    /// Why the account cannot be read; nil while it can.
    package var trouble: Trouble?
    /// What is wrong with the account as a whole, though it can be read.
    package var findings: [AccountFinding] = []
    /// The zone that was taken because the backups fit it; nil if it was not decided by them.
    package var takenZone: ZoneFit?
    /// The zone of the schedules' times.
    package var zone = Zone.utc
    /// Whether the last answer that was not a refusal for the rate was a good one; nil before the first.
    package var isReachable: Bool?
    /// What the API has said about the token; nil before, and for an API that does not say it.
    package var token: TokenFacts?
    /// Polls that are due and wait, by reason.
    package var queued: [PollReason: Int] = [:]
    /// Requests that are expected until the window ends; nil before the first forecast.
    package var expectedRequests: Double?
    /// When these requests use up the rest of the window; nil if they do not.
    package var budgetUsedUpAt: Timestamp?
    /// Between two polls of an addon, as the budget allows it.
    package var pollInterval: Duration
    /// Between two readings of the lists of projects and addons, as the budget allows it.
    package var listInterval = Duration.zero
    /// Nil once every addon was checked since the start.
    package var firstChecks: FirstChecks?
    /// Nil without discovery, and before the first discovery has ended.
    package var isDiscoveryUp: Bool?
    /// The end of the last complete discovery.
    package var lastDiscovery: Timestamp?

    /// How many addons were checked since the start.
    package struct FirstChecks: Equatable, Sendable {
        package var done: Int
        package var of: Int
        /// By the request budget and the pace so far; nil while it is not known.
        package var expectedEnd: Timestamp?
        /// The request budget if it decides the end; nil if it is enough.
        package var requestsPerHour: Int?

        package init(done: Int, of: Int, expectedEnd: Timestamp? = nil, requestsPerHour: Int? = nil) {
            self.done = done
            self.of = of
            self.expectedEnd = expectedEnd
            self.requestsPerHour = requestsPerHour
        }
    }

    package init(pollInterval: Duration = .zero) { self.pollInterval = pollInterval }

    /// The age at which an observation is too old: three poll intervals.
    package var longestAge: Duration { Self.longestAge(pollInterval) }

    /// The age at which an observation is too old where addons are polled at this interval.
    package static func longestAge(_ interval: Duration) -> Duration { interval * 3 }
}
