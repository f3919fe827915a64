import CCurl
import Glibc

/// A URL that libcurl has taken apart and that a request may go to.
///
/// Only libcurl's own parser says what the host is, and the parsed URL is what is fetched: no text can
/// pass for one host here and reach another there.
final class Endpoint {
    /// The parsed URL.
    let url: OpaquePointer
    /// Whether the host is this machine, whatever a name server or a hosts file says.
    private(set) var isLoopback = false
    private(set) var usesTLS = false

    /// - Throws: `invalidURL`: not an `http` or `https` URL, or one with a user name; `insecureURL`:
    ///   plain `http` to another machine, unless allowed.
    init(_ text: String, allowInsecureHTTP: Bool) throws(CurlError) {
        guard let url = curl_url() else { throw CurlError(code: CURLE_OUT_OF_MEMORY) }
        self.url = url

        // To C the text would end here.
        guard !text.utf8.contains(0) else { throw .invalidURL("it contains a NUL") }
        let code = curl_url_set(url, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER))
        guard code == CURLUE_OK else { throw .invalidURL(String(cString: curl_url_strerror(code))) }
        guard let scheme = part(CURLUPART_SCHEME), let host = part(CURLUPART_HOST) else {
            throw .invalidURL("it lacks a scheme or a host")
        }
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

    /// - Parameter host: As libcurl gives it: a name, a dotted quad (other ways to write an IPv4 address
    ///   have become one), or an IPv6 address in brackets.
    static func isLoopback(host: String) -> Bool {
        // libcurl resolves this name by itself, to nothing but 127.0.0.1 and ::1.
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
