/// What a request asks for, and of whom, for the words of its error.
struct RequestSubject {
    let endpoint: Endpoint
    let team: String?
    /// The host of the base URL, with its port if the URL has one.
    let host: String

    init(_ endpoint: Endpoint, base: String, team: String?) {
        self.endpoint = endpoint
        self.team = team
        host = Self.host(of: base)
    }

    /// The host of a URL, with its port if the URL has one.
    static func host(of url: some StringProtocol) -> String {
        let rest = url.firstRange(of: "://").map { url[$0.upperBound...] } ?? url[...]
        return String(rest.prefix { $0 != "/" && $0 != "?" }.drop(throughLast: "@"))
    }
}

extension APIError {
    /// The error for a request without a response.
    ///
    /// - Parameter seconds: how long the request took.
    init(_ error: TransportError, _ subject: RequestSubject, after seconds: Double) {
        let host = subject.host
        let cause = error.message
        switch error.kind {
        case .connect: self.init(.connect, "no connection to \(host) (\(cause))", canRetry: true)
        case .broken: self.init(.connect, "the connection to \(host) failed (\(cause))", canRetry: true)
        case .timeout:
            self.init(.timeout, "\(host) does not answer within \(max(1, Int(seconds.rounded())))s", canRetry: true)
        case .dns: self.init(.dns, cause, canRetry: true)
        case .proxy: self.init(.proxy, "the proxy refuses the connection to \(host) (\(cause))", canRetry: true)
        case .tls: self.init(.tls, "TLS with \(host) fails (\(cause))")
        case .tooLarge: self.init(.decode, "the answer of \(host) is too large (\(cause))", isTooLarge: true)
        case .cancelled: self.init(.cancelled, cause)
        case .refused: self.init(.connect, "the token is not sent to \(host) (\(cause))", isRefused: true)
        }
    }

    /// The error for a response with a status other than 2xx and 429.
    ///
    /// - Parameters:
    ///   - detail: the API's own message, redacted; nil if the body is not an error of the API.
    ///   - location: where a redirect leads, redacted.
    init(
        response: HTTPResponse, _ subject: RequestSubject, detail: String?, location: String? = nil,
        retryAfter: Double?
    ) {
        let status = response.status
        let code = "HTTP \(status)"
        let host = subject.host
        let words = detail.flatMap { $0.isEmpty ? nil : $0 }
        switch status {
        case 300..<400:
            let target = location.flatMap { $0.contains("://") ? RequestSubject.host(of: $0) : nil }
            self.init(
                .clientError,
                target.map { "\(host) redirects to \($0) (\(code)); the token is not sent there" }
                    ?? "\(host) redirects (\(code)); the token is not sent there",
                status: status, redirect: target)
        case 401:
            self.init(.unauthorized, "Northflank refuses the token (\(code))", status: status, detail: words)
        case 403:
            self.init(
                .forbidden, "Northflank denies \(subject.endpoint.noun) (\(code))", status: status, detail: words)
        case 404 where detail != nil:
            self.init(
                .notFound, "Northflank has no \(subject.missing) (\(code))", status: status, detail: words)
        case 500..<600:
            self.init(
                .unavailable, "Northflank answers \(code)", status: status, detail: words, retryAfter: retryAfter,
                canRetry: (502...504).contains(status))
        default:
            // A proxy that does not know the path must not make addons look deleted.
            self.init(.clientError, "\(host) answers \(code), not as Northflank does", status: status, detail: words)
        }
    }

    /// The error for a response with status 429.
    ///
    /// - Parameter wait: the seconds that requests wait.
    init(_ refusal: Refusal, detail: String?, wait: Double) {
        self.init(
            .rateLimited, "Northflank limits requests (HTTP 429)", status: 429,
            detail: detail.flatMap { $0.isEmpty ? nil : $0 }, retryAfter: wait, canRetry: true)
    }
}

extension Endpoint {
    /// What it lists, such as `the list of projects`.
    fileprivate var noun: String {
        switch name {
        case .projects: "the list of projects"
        case .addons: "the list of addons of project \(project ?? "")"
        case .backups: "the backups"
        case .schedules: "the backup schedules"
        case .restores: "the restores"
        case .auth: "the token's own data"
        }
    }
}

extension RequestSubject {
    /// What the API does not know, if the answer is 404.
    fileprivate var missing: String {
        switch (endpoint.project, endpoint.addon) {
        case (let project?, let addon?): "addon \(project)/\(addon)"
        case (let project?, nil): "project \(project)"
        default: team.map { "team \($0)" } ?? "list of projects"
        }
    }
}

extension StringProtocol {
    /// Without everything up to the last such character.
    fileprivate func drop(throughLast character: Character) -> SubSequence {
        lastIndex(of: character).map { self[index(after: $0)...] } ?? self[...]
    }
}
