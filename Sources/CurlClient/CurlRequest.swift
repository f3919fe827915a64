/// What to fetch with GET, and within which limits.
package struct CurlRequest: Sendable {
    /// An absolute `https` URL. Plain `http` is for loopback hosts: 127.0.0.0/8, `[::1]` and `localhost`.
    /// A user name in it is refused.
    package var url: String
    /// Sent in this order, to the server and never to a proxy.
    package var headers: [CurlHeader]
    package var userAgent: String
    /// Up to an established connection, name lookup and TLS included.
    package var connectTimeout: Duration = .seconds(10)
    /// From the start of the transfer to the last byte.
    package var totalTimeout: Duration = .seconds(30)
    /// Bytes a second; 0 for no such limit. A transfer that stays below it for ``lowSpeedTime`` times out.
    /// The wait for the first byte counts as slow, too.
    package var lowSpeedLimit = 16
    /// Rounded up to whole seconds.
    package var lowSpeedTime: Duration = .seconds(20)
    /// The greatest size of a body, before and after it is decoded.
    package var maxBodyBytes = 8 * 1024 * 1024
    /// PEM file of the certificate authorities to trust. Nil for those of the system.
    package var caFile: String?
    /// Lets plain `http` go to any host, tokens included, and by way of a proxy if the environment says so.
    package var allowInsecureHTTP = false
    /// Whether a proxy is used that the environment names. Loopback hosts are asked directly in any case.
    package var usesProxy = true

    /// A request with the default limits.
    package init(url: String, headers: [CurlHeader] = [], userAgent: String) {
        self.url = url
        self.headers = headers
        self.userAgent = userAgent
    }

    /// Judges the URL and the headers as ``CurlClient/perform(_:)`` does, without sending anything.
    ///
    /// - Throws: ``CurlError/Kind/invalidURL``, ``CurlError/Kind/insecureURL`` or
    ///   ``CurlError/Kind/invalidHeader``.
    package func validate() throws(CurlError) {
        _ = try validatedEndpoint()
    }

    func validatedEndpoint() throws(CurlError) -> Endpoint {
        let endpoint = try Endpoint(url, allowInsecureHTTP: allowInsecureHTTP)
        for header in headers { try header.validate() }
        // The user agent is a header as well, and must not smuggle in another.
        try CurlHeader("User-Agent", userAgent).validate()
        return endpoint
    }
}

extension CurlRequest: CustomStringConvertible, CustomDebugStringConvertible {
    /// Leaves out the values of headers, one of which may be a token.
    package var description: String { "GET \(url)" }
    package var debugDescription: String { description }
}
