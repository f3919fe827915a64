/// The failure of a call to the API, after all retries.
package struct APIError: Error, Sendable, Equatable {
    /// The kind of failure. The raw values are the values of the label `reason`.
    package enum Reason: String, CaseIterable, Sendable {
        case connect, timeout, tls
        case tooLarge = "too_large"
        case unauthorized, forbidden
        case notFound = "not_found"
        case rateLimited = "rate_limited"
        case redirect
        case clientError = "client_error"
        case serverError = "server_error"
        case decode, pagination, refused
        /// The caller cancelled the call. This is not a failure, so it is never counted.
        case cancelled

        /// The reasons that are counted.
        package static let counted = allCases.filter { $0 != .cancelled }
        /// The reasons for which a request is repeated.
        package static let retried: [Reason] = [.connect, .timeout, .rateLimited, .serverError]
    }

    package let reason: Reason
    /// What happened and what to do about it, for people. Contains no secret.
    package let message: String
    /// The wait that the server demands, in seconds.
    package var retryAfter: Double?
    /// Whether a repetition can succeed.
    package var canRetry = false

    package init(_ reason: Reason, _ message: String, retryAfter: Double? = nil, canRetry: Bool = false) {
        self.reason = reason
        self.message = message
        self.retryAfter = retryAfter
        self.canRetry = canRetry
    }

    /// The same error with a subject in front of its message.
    package func about(_ what: String) -> APIError {
        APIError(reason, "\(what): \(message)", retryAfter: retryAfter, canRetry: canRetry)
    }

    init(_ error: TransportError) {
        let reason: Reason =
            switch error.kind {
            case .connect: .connect
            case .timeout: .timeout
            case .tls: .tls
            case .tooLarge: .tooLarge
            case .cancelled: .cancelled
            case .refused: .refused
            }
        self.init(reason, error.message, canRetry: error.kind == .connect || error.kind == .timeout)
    }

    /// The error for a response with a status other than 2xx.
    ///
    /// - Parameter said: the API's own message, redacted; nil if the body is not an error of the API.
    init(response: HTTPResponse, said detail: String?, retryAfter: Double?) {
        let said = (detail ?? "").isEmpty ? "HTTP \(response.status)" : "HTTP \(response.status): \(detail ?? "")"
        switch response.status {
        case 300..<400:
            self.init(
                .redirect,
                "\(said); redirects are not followed, since they would carry the token away: set base_url to where it points"
            )
        case 401:
            self.init(.unauthorized, "\(said); the token is not valid: check the token file or variable")
        case 403:
            self.init(
                .forbidden,
                "\(said); the token's role lacks a permission: it needs Project > Addons > General > Read, and for discovery Project > Projects > Manage > Read"
            )
        case 404 where detail == nil:
            // A proxy that does not know the path must not make addons look deleted.
            self.init(.clientError, "\(said), which is not the API's own answer; check base_url and what is in between")
        case 404:
            self.init(.notFound, "\(said); check project, addon and team, all of them ids and not display names")
        case 429:
            self.init(
                .rateLimited, "\(said); the account's rate limit is used up", retryAfter: retryAfter, canRetry: true)
        case 500..<600:
            let canRetry = (502...504).contains(response.status)
            self.init(.serverError, said, retryAfter: retryAfter, canRetry: canRetry)
        default:
            self.init(.clientError, said)
        }
    }
}
