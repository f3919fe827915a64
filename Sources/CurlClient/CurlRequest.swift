/// A URL to fetch with GET, or to send an empty POST to, and the limits of the transfer.
package struct CurlRequest: Sendable {
    /// An absolute `https` URL without a user name. Plain `http` is for loopback hosts: 127.0.0.0/8, `[::1]`
    /// and `localhost`.
    package var url: String
    /// The headers in the order in which they are sent, to the server and never to a proxy.
    package var headers: [CurlHeader]
    package var userAgent: String
    /// Whether to send a POST without a body.
    package var isPost = false
    /// The time limit of establishing a connection, name lookup and TLS included.
    package var connectTimeout: Duration = .seconds(10)
    /// The time limit from the start of the transfer to its last byte.
    package var totalTimeout: Duration = .seconds(30)
    /// The least speed in bytes per second; 0 for none. A transfer that stays below it for ``lowSpeedTime``
    /// times out. The wait for the first byte counts as slow.
    package var lowSpeedLimit = 16
    /// The time that a transfer can stay below ``lowSpeedLimit``; rounded up to whole seconds.
    package var lowSpeedTime: Duration = .seconds(20)
    /// The greatest size of a body, before and after it is decoded.
    package var maxBodyBytes = 8 * 1024 * 1024
    /// Called on the client's thread as the body arrives, with the bytes so far, and those that the server announces; these
    /// are negative if it does not.
    package var onProgress: (@Sendable (_ received: Int, _ announced: Int) -> Void)?
    /// The path of a PEM file of certificate authorities to trust; nil for the system's authorities.
    package var caFile: String?
    /// The path of a PEM file with the client's certificate and those that lead to its authority; nil for none.
    package var certificateFile: String?
    /// The path of a PEM file with the key of the client's certificate; nil if ``certificateFile`` has it.
    package var keyFile: String?
    /// Sent to the server as Basic authentication, and never over plain `http` to another machine.
    package var credentials: CurlCredentials?
    /// Whether the server's certificate counts unchecked, which is for loopback hosts only.
    package var acceptsAnyCertificate = false
    /// Allows plain `http` to any host, tokens included, and through the environment's proxy.
    package var allowInsecureHTTP = false
    /// Whether the environment's proxy is used. Requests to loopback hosts never use it.
    package var usesProxy = true

    /// A request with the default limits.
    package init(url: String, headers: [CurlHeader] = [], userAgent: String) {
        self.url = url
        self.headers = headers
        self.userAgent = userAgent
    }

    /// Checks the URL and the headers as ``CurlClient/perform(_:)`` does, without sending anything.
    ///
    /// - Throws: ``CurlError/Kind/invalidURL``, ``CurlError/Kind/insecureURL`` or
    ///   ``CurlError/Kind/invalidHeader``; also for credentials, which become a header.
    package func validate() throws(CurlError) {
        _ = try validatedEndpoint()
    }

    /// The parsed URL of a request whose headers are valid.
    ///
    /// - Throws: The errors of ``validate()``.
    func validatedEndpoint() throws(CurlError) -> Endpoint {
        let endpoint = try Endpoint(url, allowInsecureHTTP: allowInsecureHTTP)
        guard endpoint.isLoopback || !acceptsAnyCertificate else { throw .uncheckedCertificate }
        if let credentials {
            guard endpoint.isLoopback || endpoint.usesTLS else { throw .insecureCredentials }
            try credentials.validate()
        }
        for header in headers { try header.validate() }
        // The user agent is a header as well and must not break out of its line.
        try CurlHeader("User-Agent", userAgent).validate()
        return endpoint
    }
}

extension CurlRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// The URL without the headers, whose values include a token.
    package var description: String { "GET \(url)" }
    package var debugDescription: String { description }
}
