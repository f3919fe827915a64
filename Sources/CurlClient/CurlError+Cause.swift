import CCurl
import Glibc

extension CurlError {
    /// Why there is no response, in a few plain words, such as `connection refused`; for a name without an address a
    /// whole sentence. Contains no secret.
    package var cause: String {
        switch kind {
        case .connect: Self.causes[systemError] ?? "no connection could be established"
        case .dns: Self.unresolved(message)
        case .proxy: proxyStatus > 0 ? "HTTP \(proxyStatus)" : message.lowercasedStart
        case .tls: Self.handshakeCause(message)
        case .timeout: "no answer in time"
        case .interrupted: Self.causes[systemError] ?? "the connection ended before the answer did"
        case .malformedResponse: "the answer is not HTTP"
        case .invalidURL, .insecureURL, .invalidHeader, .headersTooLarge, .bodyTooLarge, .cancelled, .closed, .other:
            message.lowercasedStart
        }
    }

    private static let causes: [Int32: String] = [
        ECONNREFUSED: "connection refused", EHOSTUNREACH: "no route to the host", ENETUNREACH: "network unreachable",
        ECONNRESET: "connection reset", ETIMEDOUT: "connection timed out", EACCES: "not permitted",
        EPERM: "not permitted", EMFILE: "too many open files", ENFILE: "too many open files",
        EADDRNOTAVAIL: "no local address or port is left", EPIPE: "connection reset",
    ]

    /// libcurl names the host in `Could not resolve host: NAME`, the proxy in the same way.
    private static func unresolved(_ message: String) -> String {
        guard let colon = message.lastIndex(of: ":") else { return "the name of the host does not resolve" }
        let name = message[message.index(after: colon)...].drop { $0 == " " }.prefix { $0 != " " }
        let what = message.contains("proxy") ? "the name of the proxy" : "the name"
        return "\(what) \(name) does not resolve"
    }

    /// OpenSSL's reason stands behind the last colon: `error:0A00010B:SSL routines::wrong version number`.
    private static func handshakeCause(_ message: String) -> String {
        let reason = String(
            message.lastIndex(of: ":").map { message[message.index(after: $0)...].drop { $0 == " " } } ?? message[...])
        switch reason {
        case "wrong version number", "packet length too long", "http request": return "the server does not speak TLS"
        case _ where message.contains("no alternative certificate subject name"),
            _ where message.contains("does not match target host name"):
            return "its certificate is for another host"
        case "unable to get local issuer certificate": return "the issuer of its certificate is not known here"
        default: return reason.isEmpty ? "the handshake failed" : reason.lowercasedStart
        }
    }
}

extension String {
    /// With a small letter at the start, unless the first word is an abbreviation.
    fileprivate var lowercasedStart: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}
