/// What `check-config` prints of a web configuration.
package enum WebReport {
    /// - Parameter source: the file.
    package static func text(_ configuration: WebConfiguration, source: String) -> String {
        var lines = ["\(source): valid"]
        if let tls = configuration.tls {
            let (lowest, highest) = (tls.versions.lowerBound.text, tls.versions.upperBound.text)
            lines.append(
                "  TLS \(lowest == highest ? lowest : "\(lowest) to \(highest)")"
                    + "\(configuration.allowsHTTP2 ? ", HTTP/2 too" : ""); \(tls.clientAuthentication.text)")
        } else {
            lines.append("  plain HTTP: requests and passwords are not encrypted")
        }
        let count = configuration.users.count
        lines.append(
            count == 0 ? "  no passwords: basic_auth_users is empty" : "  \(count) user\(count == 1 ? "" : "s")")
        if let limit = configuration.rateLimit {
            lines.append(
                "  at most \(limit.burst) requests at once, and one more every \(PrometheusDuration.text(limit.interval))"
            )
        }
        lines += configuration.warnings.map { "WARNING: \($0)" }
        return lines.joined(separator: "\n")
    }
}

extension WebConfiguration.TLSVersion {
    fileprivate var text: String {
        switch self {
        case .tls10: "1.0"
        case .tls11: "1.1"
        case .tls12: "1.2"
        case .tls13: "1.3"
        }
    }
}

extension WebConfiguration.ClientAuthentication {
    fileprivate var text: String {
        switch self {
        case .none: "clients need no certificate"
        case .request: "clients are asked for a certificate, which is not checked"
        case .requireAny: "clients need a certificate, which is not checked"
        case .verifyIfGiven: "certificates of clients are checked, and clients without one are admitted"
        case .requireAndVerify: "clients need a certificate of the authorities"
        }
    }
}
