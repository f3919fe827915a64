extension WebConfiguration.TLS {
    /// The format knows these names alone; BoringSSL has all of them.
    static let knownCurves = ["X25519", "CurveP256", "CurveP384", "CurveP521"]

    /// What every client of HTTP/2 over TLS 1.2 has (RFC 9113, section 9.2.2); a client can refuse others.
    private static let suitesOfHTTP2 = [
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    ]

    private static let suites12 =
        suitesOfHTTP2 + [
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
        ]

    /// Go calls them insecure since 1.22: who gets the server's key later can read what was recorded.
    private static let suitesWithoutForwardSecrecy = [
        "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_AES_256_GCM_SHA384", "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
    ]

    /// They cannot be chosen, neither in Go nor in BoringSSL: TLS 1.3 has them always.
    private static let suites13 = [
        "TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256",
    ]

    /// Reads the suites; the versions have been read.
    mutating func readSuites(_ keys: [String: ConfigNode], _ allowsHTTP2: Bool, _ warnings: ProblemCollector) {
        guard
            let node = keys["cipher_suites"],
            let names = node.choices(Self.suites12 + Self.suitesWithoutForwardSecrecy + Self.suites13), !names.isEmpty
        else { return }
        func warn(_ message: String) { warnings.report(line: node.line, key: node.path, message) }
        cipherSuites = names.filter { !Self.suites13.contains($0) }
        if cipherSuites.count < names.count {
            warn("TLS 1.3 has its own suites always; naming them changes nothing")
        }
        for name in cipherSuites where Self.suitesWithoutForwardSecrecy.contains(name) {
            warn("\(name) has no forward secrecy, and newer releases of Prometheus refuse it; leave it out")
        }
        guard versions.lowerBound < .tls13 else { return }
        if cipherSuites.isEmpty {
            node.report("names no suite of TLS 1.2; add one, or set min_version to TLS13")
        } else if allowsHTTP2, !cipherSuites.contains(where: Self.suitesOfHTTP2.contains) {
            node.report(
                "HTTP/2 needs \(Self.suitesOfHTTP2.joined(separator: " or ")); add it, "
                    + "or set http_server_config.http2 to false")
        }
    }
}

extension ConfigNode {
    /// A list of words of a set.
    func choices(_ words: [String]) -> [String]? {
        list().map { $0.compactMap { $0.choice(words) } }
    }
}
