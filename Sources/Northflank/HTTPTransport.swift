/// Carries one GET request; the seam between the API's rules and libcurl.
package protocol HTTPTransport: Sendable {
    /// - Throws: `TransportError` if there is no whole response. Any status is a response, redirects included,
    ///   which are never followed. Cancelling the task ends the transfer.
    func get(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse
}

package struct HTTPRequest: Sendable {
    package let url: String
    package let token: Secret

    package init(url: String, token: Secret) {
        self.url = url
        self.token = token
    }
}

package struct HTTPResponse: Sendable {
    package let status: Int
    /// Names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]
    /// Seconds from the start of the transfer to its end.
    package let duration: Double

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = [], duration: Double = 0) {
        self.status = status
        self.headers = headers
        self.body = body
        self.duration = duration
    }

    /// `Retry-After` in seconds. Only the numeric form: the API has no dates there.
    var retryAfter: Double? {
        headers["retry-after"].flatMap { Double($0) }.flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
    }
}

package struct TransportError: Error, Sendable, Equatable {
    package enum Kind: Sendable {
        /// No connection, or one that broke.
        case connect
        case timeout
        case tls
        case tooLarge
        case cancelled
        /// The request may not be sent: a broken URL, or plain HTTP to a host that is not this one.
        case refused
    }

    package let kind: Kind
    /// For people; holds no secret.
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
