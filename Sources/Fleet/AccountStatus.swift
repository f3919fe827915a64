package import Backups
package import Exposition
package import Northflank

/// The status of one account: the events of its client, the purposes of its requests, and its polling.
package struct AccountStatus: Equatable, Sendable {
    package struct RateLimit: Equatable, Sendable {
        package var limit: Int
        package var remaining: Int
        package var resetsAt: Timestamp

        package init(limit: Int, remaining: Int, resetsAt: Timestamp) {
            self.limit = limit
            self.remaining = remaining
            self.resetsAt = resetsAt
        }
    }

    /// Upper bounds in seconds, up to the default timeout.
    package static let durationBounds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0]

    package let name: String
    /// Requests by endpoint and code. Code 200 exists from the start, so that rates begin at zero.
    package var requests: [EndpointName: [String: Int]]
    package var durations: [EndpointName: Histogram]
    package var retries: [APIError.Reason: Int] = [:]
    package var errors: [APIError.Reason: Int] = [:]
    package var rateLimit: RateLimit?
    /// How far Northflank's clock was ahead of ours in its last response, to the second; nil before the first with a date.
    package var clockAhead: Duration?
    package var requestsByPurpose: [RequestPurpose: Int]
    package var polling = PollingStatus()

    package init(name: String) {
        self.name = name
        let names = EndpointName.allCases
        requests = Dictionary(uniqueKeysWithValues: names.map { ($0, ["200": 0]) })
        requestsByPurpose = Dictionary(uniqueKeysWithValues: RequestPurpose.allCases.map { ($0, 0) })
        durations = Dictionary(uniqueKeysWithValues: names.map { ($0, Histogram(bounds: Self.durationBounds)) })
    }

    /// Applies an event of the client.
    package mutating func record(_ event: ClientEvent, now: Timestamp) {
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
        case .clock(let ahead): clockAhead = .seconds(ahead.components.seconds)
        case .waiting: break
        }
    }
}
