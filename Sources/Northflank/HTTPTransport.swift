import Backups

/// Sends GET requests. Separates the API's rules from libcurl.
package protocol HTTPTransport: Sendable {
    /// - Throws: `TransportError` if there is no complete response. A response can have any status. Redirects are
    ///   responses too, and are never followed. Cancelling the task ends the transfer.
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
    /// Seconds from the start to the end of the transfer.
    package let duration: Double
    /// When the server sent it, by its clock: the header `Date`; nil if there is none, or if it is no date.
    let date: Timestamp?

    package init(status: Int, headers: [String: String] = [:], body: [UInt8] = [], duration: Double = 0) {
        self.status = status
        self.headers = headers
        self.body = body
        self.duration = duration
        date = headers["date"].flatMap(Timestamp.init(httpDate:))
    }

    /// `Retry-After` in seconds, 0 for a date that has passed.
    ///
    /// - Parameter now: the time of day, for a response without a date of its own. The server's own clock is better,
    ///   because a date in `Retry-After` is a time of that clock.
    func retryAfter(now: Timestamp) -> Double? {
        guard let text = headers["retry-after"] else { return nil }
        if let seconds = Double(text) { return seconds >= 0 && seconds.isFinite ? seconds : nil }
        return Timestamp(httpDate: text).map { max(0, Double($0.millisecondsSince(date ?? now)) / 1000) }
    }
}

package struct TransportError: Error, Sendable, Equatable {
    package enum Kind: Sendable {
        /// No connection.
        case connect
        /// The connection ended before the response did, or what came is no HTTP.
        case broken
        case timeout
        /// The name of the host, or of the proxy, has no address.
        case dns
        /// The proxy refused the request or could not be used.
        case proxy
        case tls
        case tooLarge
        case cancelled
        /// The request is not allowed: an invalid URL, or plain HTTP to another host.
        case refused
    }

    package let kind: Kind
    /// The cause in a few words, such as `connection refused`; a sentence where no name resolves. Contains no secret.
    package let message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}
