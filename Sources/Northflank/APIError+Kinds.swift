extension APIError {
    init(_ error: TransportError) {
        switch error.kind {
        case .connect: self.init(.connect, error.message, canRetry: true)
        case .timeout: self.init(.timeout, error.message, canRetry: true)
        case .dns:
            self.init(.dns, error.message, remedy: "check the host in base_url and the DNS server", canRetry: true)
        case .proxy:
            self.init(
                .proxy, error.message, remedy: "check the proxy in HTTPS_PROXY, or name the host in NO_PROXY",
                canRetry: true)
        case .tls: self.init(.tls, error.message)
        case .tooLarge: self.init(.decode, error.message)
        case .cancelled: self.init(.cancelled, error.message)
        case .refused: self.init(.connect, error.message)
        }
    }

    /// The error for a response with a status other than 2xx and 429.
    ///
    /// - Parameter detail: the API's own message, redacted; nil if the body is not an error of the API.
    init(response: HTTPResponse, said detail: String?, retryAfter: Double?) {
        let status = response.status
        let said = Self.text(status, detail)
        switch status {
        case 300..<400:
            self.init(
                .clientError, said, status: status,
                remedy:
                    "redirects are not followed, since they would carry the token away: set base_url to where it points"
            )
        case 401:
            self.init(
                .unauthorized, said, status: status,
                remedy: "the token is not valid: check the token file or variable")
        case 403:
            self.init(
                .forbidden, said, status: status,
                remedy:
                    "the token's role lacks a permission: it needs Project > Addons > General > Read, and for discovery Project > Projects > Manage > Read"
            )
        case 404 where detail == nil:
            // A proxy that does not know the path must not make addons look deleted.
            self.init(
                .clientError, "\(said), which is not the API's own answer", status: status,
                remedy: "check base_url and what is in between")
        case 404:
            self.init(
                .notFound, said, status: status,
                remedy: "check project, addon and team, all of them ids and not display names")
        case 500..<600:
            self.init(
                .unavailable, said, status: status, retryAfter: retryAfter, canRetry: (502...504).contains(status))
        default: self.init(.clientError, said, status: status)
        }
    }

    /// The error for a response with status 429.
    ///
    /// - Parameter wait: the seconds that requests wait.
    init(_ refusal: Refusal, said detail: String?, wait: Double) {
        let remedy =
            refusal.isUsedUp
            ? "the account's rate limit is used up"
            : "requests of the account wait; if this repeats, lower poll.concurrency or see what else sends requests"
        self.init(
            .rateLimited, Self.text(429, detail), status: 429, remedy: remedy, retryAfter: wait, canRetry: true)
    }

    private static func text(_ status: Int, _ detail: String?) -> String {
        (detail ?? "").isEmpty ? "HTTP \(status)" : "HTTP \(status): \(detail ?? "")"
    }
}
