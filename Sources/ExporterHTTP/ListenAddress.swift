/// An address to listen on, in Prometheus's notation: `:9974` for all addresses, `127.0.0.1:9974`, `[::1]:9974`.
package struct ListenAddress: Equatable, Sendable, CustomStringConvertible {
    /// Without brackets; empty for all addresses.
    package let host: String
    /// 0 for any free port.
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Nil if the text is not an address with a port.
    package init?(_ text: String) {
        guard
            let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port), !text[text.index(after: colon)...].hasPrefix("+")
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") || host.contains("[") || host.contains("]") {
            return nil  // without brackets, the end of an IPv6 address would be taken for a port
        }
        self.init(host: String(host), port: port)
    }

    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// Whether only programs on this machine reach it.
    package var isLoopback: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// The URL to open on this machine.
    package func url(port: Int, isEncrypted: Bool = false) -> String {
        let isEverywhere = host.isEmpty || host == "0.0.0.0" || host == "::"
        return "http\(isEncrypted ? "s" : "")://\(ListenAddress(host: isEverywhere ? "localhost" : host, port: port))"
    }
}
