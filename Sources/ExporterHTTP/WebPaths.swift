/// Where the routes are: all of them lie below one path, which is that of the address under which people reach the
/// exporter, unless a proxy takes the path away.
package struct WebPaths: Sendable, Equatable {
    /// What is wrong with the addresses, for people.
    package struct Problem: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    /// What all routes begin with: nothing, or a path such as `/backups`.
    package let prefix: String
    /// Where people reach the exporter, without a slash at its end; nil if not configured.
    package let external: String?

    /// No prefix.
    package static let root = WebPaths()

    private init() { (prefix, external) = ("", nil) }

    /// - Parameters:
    ///   - external: the URL under which people reach the exporter.
    ///   - prefix: nil to take the path of that URL.
    package init(external: String?, prefix: String?) throws(Problem) {
        self.external = try external.map { url throws(Problem) in try Self.url(url, "--web.external-url") }
        let own = self.external.map { url in
            // After the host: the third slash, and what follows.
            url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(3).map { "/\($0)" }
                .joined()
        }
        let path = prefix ?? own ?? ""
        let trimmed = path.split(separator: "/").map { "/\($0)" }.joined()
        guard trimmed.utf8.allSatisfy(Self.isPlain) else {
            throw Problem(
                description: "The path \(path) of --web.route-prefix or --web.external-url must have letters, digits, "
                    + "slashes and - . _ ~ only.")
        }
        self.prefix = trimmed
    }

    /// Checks the address of a web server; without slashes at its end.
    package static func url(_ url: String, _ option: String) throws(Problem) -> String {
        let hasHost = ["http://", "https://"].contains { scheme in
            url.hasPrefix(scheme) && !url.dropFirst(scheme.count).hasPrefix("/") && url.count > scheme.count
        }
        let isPlain = url.utf8.allSatisfy { (0x21...0x7e).contains($0) && !#""<>?#"#.utf8.contains($0) }
        guard hasHost, isPlain else {
            throw Problem(
                description: "\(option) must begin with http:// or https:// and a host, and have no query: \(url)")
        }
        return String(url.reversed().drop { $0 == "/" }.reversed())
    }

    /// The route that a request's path means; nil outside of the prefix.
    func route(_ path: String) -> String? {
        guard path.hasPrefix(prefix) else { return nil }
        let route = path.dropFirst(prefix.count)
        return route.hasPrefix("/") ? String(route) : nil
    }

    /// Whether a path outside of the prefix leads to the pages: the root, and the prefix without its slash.
    func leadsHome(_ path: String) -> Bool { path == "/" || path == prefix }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            true
        default: false
        }
    }
}
