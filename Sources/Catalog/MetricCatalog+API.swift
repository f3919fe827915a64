import Exposition
import Fleet
import Northflank

extension MetricCatalog {
    static let apiMetrics: [Metric] = [
        Metric(
            "northflank_api_requests_total", .counter,
            "Requests sent to the API, by the HTTP status that answered; error if none did.",
            labels: ["endpoint", "code"],
            example: #"sum by (account) (increase(northflank_api_requests_total[1h]))"#,
            .account { account, sink in
                for endpoint in EndpointName.allCases {
                    for (code, count) in account.requests[endpoint, default: [:]].sorted(by: { $0.key < $1.key }) {
                        sink.add(.integer(count), ["endpoint": endpoint.rawValue, "code": code])
                    }
                }
            }),
        Metric(
            "northflank_api_request_duration_seconds", .histogram, "Time from sending a request to its last byte.",
            labels: ["endpoint"],
            example: """
                histogram_quantile(0.95,
                  sum by (account, le) (rate(northflank_api_request_duration_seconds_bucket[15m])))
                """,
            .account { account, sink in
                for endpoint in EndpointName.allCases {
                    guard let histogram = account.durations[endpoint] else { continue }
                    sink.add(histogram, ["endpoint": endpoint.rawValue])
                }
            }),
        Metric(
            "northflank_api_retries_total", .counter, "Requests that were repeated, by the reason.",
            labels: ["reason"], example: "rate(northflank_api_retries_total[15m]) > 0",
            .account { account, sink in
                for reason in APIError.Reason.retried {
                    sink.add(.integer(account.retries[reason, default: 0]), ["reason": reason.rawValue])
                }
            }),
        Metric(
            "northflank_api_errors_total", .counter, "Lists that could not be read, after all retries, by the reason.",
            labels: ["reason"],
            example: #"increase(northflank_api_errors_total{reason="unauthorized"}[15m]) > 0"#,
            .account { account, sink in
                for reason in APIError.Reason.counted {
                    sink.add(.integer(account.errors[reason, default: 0]), ["reason": reason.rawValue])
                }
            }),
        Metric(
            "northflank_api_clock_skew_seconds", .gauge,
            "How far the exporter's clock is ahead of Northflank's, by the last response; negative if it is behind.",
            example: "abs(northflank_api_clock_skew_seconds) > 60",
            .account { account, sink in
                sink.add(account.clockAhead.map { .integer(-Int($0.components.seconds)) })
            }),
        Metric(
            "northflank_api_token_expiry_timestamp_seconds", .gauge,
            "When the token of the account expires; absent if it does not, or if the API does not say it.",
            example: "northflank_api_token_expiry_timestamp_seconds - time() < 14 * 86400",
            .account { account, sink in sink.add(.timestamp(account.polling.token?.expiresAt)) }),
        Metric(
            "northflank_api_rate_limit", .gauge, "Limit of the account's requests in a window, for all its users.",
            example: "northflank_api_rate_limit",
            .account { account, sink in sink.add(account.rateLimit.map { .integer($0.limit) }) }),
        Metric(
            "northflank_api_rate_limit_remaining", .gauge,
            "Requests left in the window for all users of the account, as of the last response.",
            example: "northflank_api_rate_limit_remaining / northflank_api_rate_limit < 0.1",
            .account { account, sink in sink.add(account.rateLimit.map { .integer($0.remaining) }) }),
        Metric(
            "northflank_api_rate_limit_reset_timestamp_seconds", .gauge, "When the window ends.",
            example: "northflank_api_rate_limit_reset_timestamp_seconds - time()",
            .account { account, sink in sink.add(.timestamp(account.rateLimit?.resetsAt)) }),
    ]
}
