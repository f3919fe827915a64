/// The failure of a call to the API, after all retries.
package struct APIError: Error, Sendable, Equatable {
    /// The kind of failure. The raw values are the values of the label `reason`, and of `reason` in JSON.
    package enum Reason: String, CaseIterable, Sendable {
        case connect, timeout, dns, tls, proxy
        case unauthorized, forbidden
        case notFound = "not_found"
        case rateLimited = "rate_limited"
        /// Northflank answers with a status from 500 on.
        case unavailable
        /// Any other status, redirects included.
        case clientError = "client_error"
        /// The response is not what the API documents, or larger than all limits.
        case decode
        case pagination
        /// The caller cancelled the call. This is not a failure, so it is never counted.
        case cancelled

        /// The reasons that are counted.
        package static let counted = allCases.filter { $0 != .cancelled }
        /// The reasons for which a request is repeated.
        package static let retried: [Reason] = [.connect, .timeout, .dns, .proxy, .rateLimited, .unavailable]
    }

    package let reason: Reason
    /// The HTTP status; nil if there was no response, or if its body was the fault.
    package let status: Int?
    /// What happened, for people, such as `Northflank answers HTTP 503`. Contains no secret.
    package let message: String
    /// Northflank's own words; nil if it says none. Contains no secret.
    package let detail: String?
    /// The host to which the response redirects; nil for any other response.
    package let redirect: String?
    /// Whether the request was not sent, because its URL must not get the token.
    package let isRefused: Bool
    /// Whether the response was larger than all limits.
    package let isTooLarge: Bool
    /// The wait that the server demands, in seconds.
    package var retryAfter: Double?
    /// Whether a repetition can succeed.
    package var canRetry = false

    package init(
        _ reason: Reason, _ message: String, status: Int? = nil, detail: String? = nil, redirect: String? = nil,
        isRefused: Bool = false, isTooLarge: Bool = false, retryAfter: Double? = nil, canRetry: Bool = false
    ) {
        self.reason = reason
        self.status = status
        self.message = message
        self.detail = detail
        self.redirect = redirect
        self.isRefused = isRefused
        self.isTooLarge = isTooLarge
        self.retryAfter = retryAfter
        self.canRetry = canRetry
    }
}
