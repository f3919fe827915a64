import CCurl
import Glibc

/// A URL that libcurl has parsed and that a request is allowed to go to.
///
/// libcurl's own parser finds the host, and the transfer fetches the parsed URL: the host that is checked
/// is the host that is reached.
final class Endpoint {
    /// The parsed URL.
    let url: OpaquePointer
    /// Whether the host is this machine, whatever a name server or a hosts file says.
    private(set) var isLoopback = false
    private(set) var usesTLS = false
    /// Scheme, host and port.
    private(set) var origin = ""

    /// Parses and checks a URL.
    ///
    /// - Throws: `invalidURL`: not an `http` or `https` URL, or one with a user name; `insecureURL`:
    ///   plain `http` to another machine, unless allowed.
    init(_ text: String, allowInsecureHTTP: Bool) throws(CurlError) {
        guard let url = curl_url() else { throw CurlError(code: CURLE_OUT_OF_MEMORY) }
        self.url = url

        // A text ends at a NUL in C.
        guard !text.utf8.contains(0) else { throw .invalidURL("it contains a NUL") }
        let code = curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER))
        guard code == CURLUE_OK else { throw .invalidURL(String(cString: curl_url_strerror(code))) }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST) else {
            throw .invalidURL("it lacks a scheme or a host")
        }
        origin = "\(scheme)://\(host):\(part(CURLUPART_PORT) ?? "")"
        isLoopback = Self.isLoopback(host: host)
        switch scheme {
        case "https":
            usesTLS = true
        case "http":
            guard isLoopback || allowInsecureHTTP else { throw .insecureURL }
        default:
            throw .invalidURL("the scheme is neither https nor http")
        }
    }

    deinit {
        curl_url_cleanup(url)
    }

    /// Whether a host is a loopback address or `localhost`.
    ///
    /// - Parameter host: The host as libcurl prints it: a name, a dotted quad (for every notation of an IPv4
    ///   address), or an IPv6 address in brackets.
    static func isLoopback(host: String) -> Bool {
        // libcurl resolves this name without a lookup, to 127.0.0.1 and ::1 alone.
        if host.lowercased() == "localhost" { return true }
        if host.hasPrefix("["), host.hasSuffix("]") {
            var address = in6_addr()
            let digits = String(host.dropFirst().dropLast())
            guard inet_pton(AF_INET6, digits, &address) == 1 else { return false }
            return withUnsafeBytes(of: address) { $0.dropLast().allSatisfy { $0 == 0 } && $0.last == 1 }
        }
        var address = in_addr()
        guard inet_pton(AF_INET, host, &address) == 1 else { return false }
        // 127.0.0.0/8, in network order.
        return withUnsafeBytes(of: address) { $0.first == 127 }
    }

    private func part(_ part: CURLUPart) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard curl_url_get(url, part, &text, 0) == CURLUE_OK, let text else { return nil }
        defer { curl_free(text) }
        return String(cString: text)
    }
}
