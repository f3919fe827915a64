package import Backups
package import Exposition
import Freshness
package import Northflank
import Synchronization

/// What an account's metrics are made of.
package struct AccountStatus: Equatable, Sendable {
    package struct RateLimit: Equatable, Sendable {
        package var limit: Int
        package var remaining: Int
        package var resetsAt: Timestamp
    }

    /// Upper bounds in seconds, up to the default timeout.
    package static let durationBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0]

    /// What requests are sent for, in the order of the page.
    package static let requestReasons =
        PollReason.allCases.map(\.rawValue) + ["lists", "schedules", "restores"]

    package let name: String
    /// Requests by endpoint and code. Code 200 is there from the start, so that rates begin at zero.
    package var requests: [EndpointName: [String: Int]]
    package var durations: [EndpointName: Histogram]
    package var retries: [APIError.Reason: Int] = [:]
    package var errors: [APIError.Reason: Int] = [:]
    package var rateLimit: RateLimit?
    package var addons = 0
    package var addonsNotFound = 0
    /// Requests by what they were sent for: a reason to poll, or `lists`, `sentinel`, `schedules`, `restores`.
    package var requestsByReason: [String: Int]
    /// Polls that are due and wait, by their reason.
    package var queued: [String: Int] = [:]
    /// Requests that are expected until the window ends.
    package var expectedRequests: Double?
    /// When they use up what is left of the window; nil if they do not.
    package var budgetUsedUpAt: Timestamp?
    /// Seconds; the one in force.
    package var pollInterval = 0.0
    /// Seconds; the one in force.
    package var listInterval = 0.0
    /// Nil without discovery, or before the first has ended.
    package var isDiscoveryUp: Bool?
    package var lastDiscovery: Timestamp?

    package init(name: String) {
        self.name = name
        let names = EndpointName.allCases
        requests = Dictionary(uniqueKeysWithValues: names.map { ($0, ["200": 0]) })
        requestsByReason = Dictionary(uniqueKeysWithValues: Self.requestReasons.map { ($0, 0) })
        durations = Dictionary(uniqueKeysWithValues: names.map { ($0, Histogram(bounds: Self.durationBounds)) })
    }

    /// Takes over what happened in the client.
    mutating func record(_ event: ClientEvent, now: Timestamp) {
        switch event {
        case .request(let endpoint, let code, let duration):
            requests[endpoint, default: [:]][code, default: 0] += 1
            durations[endpoint]?.observe(duration)
        case .retry(let reason): retries[reason, default: 0] += 1
        case .failure(_, let error): errors[error.reason, default: 0] += 1
        case .rateLimit(let headers):
            rateLimit = RateLimit(
                limit: headers.limit, remaining: headers.remaining,
                resetsAt: Timestamp(seconds: (now.seconds + headers.reset).rounded()))
        case .waiting: break
        }
    }
}

/// The statuses of all accounts. Counters go on over reloads, for as long as the account stays.
package final class AccountStatuses: Sendable {
    private let statuses = Mutex<[String: AccountStatus]>([:])

    package init() {}

    package func update(_ account: String, _ change: (inout AccountStatus) -> Void) {
        statuses.withLock { change(&$0[account, default: AccountStatus(name: account)]) }
    }

    /// Sorted by name.
    package var all: [AccountStatus] {
        statuses.withLock { $0.values.sorted { $0.name < $1.name } }
    }

    /// Forgets the accounts that are not among `names`.
    package func retain(_ names: Set<String>) {
        statuses.withLock { statuses in statuses = statuses.filter { names.contains($0.key) } }
    }
}
