/// The reason that a request has no response.
package struct CurlError: Error, Sendable, Equatable {
    /// The classes of errors that a program distinguishes.
    package enum Kind: String, Sendable, CaseIterable {
        /// Not an absolute `http` or `https` URL, or one with a user name.
        case invalidURL
        /// Plain `http` to another machine.
        case insecureURL
        /// A header of the request that would break out of its line.
        case invalidHeader
        /// The name of the host, or of the proxy, has no address.
        case dns
        /// The proxy of the environment refused the request or could not be used.
        case proxy
        /// No connection could be established.
        case connect
        /// The TLS handshake failed or the certificate is not trusted.
        case tls
        /// One of the request's three time limits has passed.
        case timeout
        /// The connection ended before the response did.
        case interrupted
        /// The server's answer is not HTTP, or its content encoding is broken.
        case malformedResponse
        /// The response has more than 64 KiB of headers.
        case headersTooLarge
        /// The body is larger than ``CurlRequest/maxBodyBytes``.
        case bodyTooLarge
        /// The task was cancelled.
        case cancelled
        /// The client was shut down.
        case closed
        /// Any other error; the message says which.
        case other
    }

    package var kind: Kind
    /// libcurl's `CURLcode`, or 0 if the error is not libcurl's.
    package var code: Int32
    /// For people. Contains neither a header's value nor a user name of the URL or the proxy.
    package var message: String
    /// The system's error number, or 0 if the system reported none.
    package var systemError: Int32 = 0
    /// The status of a proxy's answer to CONNECT, or 0.
    package var proxyStatus = 0

    package init(_ kind: Kind, code: Int32 = 0, message: String) {
        self.kind = kind
        self.code = code
        self.message = message
    }
}

extension CurlError: CustomStringConvertible {
    package var description: String { message }
}

extension CurlError {
    static let cancelled = CurlError(.cancelled, message: "the request was cancelled")
    static let closed = CurlError(.closed, message: "the HTTP client is shut down")
    static let insecureURL = CurlError(
        .insecureURL, message: "plain http is for loopback hosts only, use https")

    static let insecureCredentials = CurlError(
        .insecureURL, message: "a password is not sent over plain http to another machine, use https")

    static let uncheckedCertificate = CurlError(
        .insecureURL, message: "a certificate is left unchecked for loopback hosts only")

    static func invalidURL(_ reason: String) -> CurlError {
        CurlError(.invalidURL, message: "the URL is not usable: \(reason)")
    }

    static func invalidHeader(_ reason: String) -> CurlError {
        CurlError(.invalidHeader, message: reason)
    }

    static func bodyTooLarge(limit: Int) -> CurlError {
        CurlError(.bodyTooLarge, message: "the body is larger than \(limit) bytes")
    }

    static func headersTooLarge(limit: Int) -> CurlError {
        CurlError(.headersTooLarge, message: "the headers are larger than \(limit) bytes")
    }
}
