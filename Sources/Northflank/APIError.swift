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
    /// What happened, for people: the status with Northflank's words, or the transport's. Contains no secret.
    package let said: String
    /// What to do about it, for people.
    package let remedy: String?
    /// The wait that the server demands, in seconds.
    package var retryAfter: Double?
    /// Whether a repetition can succeed.
    package var canRetry = false

    package init(
        _ reason: Reason, _ said: String, status: Int? = nil, remedy: String? = nil, retryAfter: Double? = nil,
        canRetry: Bool = false
    ) {
        self.reason = reason
        self.status = status
        self.said = said
        self.remedy = remedy
        self.retryAfter = retryAfter
        self.canRetry = canRetry
    }

    /// What happened and what to do about it, for people. Contains no secret.
    package var message: String { remedy.map { "\(said); \($0)" } ?? said }

    /// The same error with a subject in front of its message.
    package func about(_ what: String) -> APIError {
        APIError(
            reason, "\(what): \(said)", status: status, remedy: remedy, retryAfter: retryAfter, canRetry: canRetry)
    }
}
