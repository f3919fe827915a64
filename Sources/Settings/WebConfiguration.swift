/// Who may ask the exporter, and how: the file of `--web.config.file`, in the format of Prometheus's exporters
/// (github.com/prometheus/exporter-toolkit, docs/web-configuration.md).
package struct WebConfiguration: Equatable, Sendable {
    /// Nil for plain HTTP.
    package var tls: TLS?
    /// Whether clients may use HTTP/2; only over TLS.
    package var allowsHTTP2 = true
    /// Headers that every response has.
    package var headers: [Header] = []
    /// The bcrypt hashes of passwords by the names of users; empty if every client may ask.
    package var users: [String: String] = [:]
    /// Nil without a limit.
    package var rateLimit: RateLimit?
    /// What is accepted and probably not meant, for the log.
    package var warnings: [ConfigurationProblem] = []

    package init() {}

    package struct Header: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Requests that are answered: at most `burst` at once, and one more after each interval.
    package struct RateLimit: Equatable, Sendable {
        package var interval: Duration
        package var burst: Int

        package init(interval: Duration, burst: Int) {
            self.interval = interval
            self.burst = burst
        }
    }

    /// How connections are encrypted. Certificates and keys are PEM texts that were read from their files.
    package struct TLS: Equatable, Sendable {
        package var certificate: [UInt8]
        package var key: [UInt8]
        /// The authorities of client certificates; nil for those of the system.
        package var clientAuthorities: [UInt8]?
        package var clientAuthentication = ClientAuthentication.none
        /// Names, one of which a client's certificate must have (DNS names, addresses, mail addresses, URIs); empty if
        /// any will do.
        package var allowedClientNames: [String] = []
        package var versions = TLSVersion.tls12 ... .tls13
        /// Names of suites of TLS 1.2 in the standard's form (`TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256`); empty for the
        /// default ones.
        package var cipherSuites: [String] = []
        /// Names of curves (`X25519`, `CurveP256`, …); empty for the default ones.
        package var curves: [String] = []

        package init(certificate: [UInt8], key: [UInt8]) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Whether clients have to show a certificate; the raw values are Go's, which the format uses.
    package enum ClientAuthentication: String, CaseIterable, Sendable {
        case none = "NoClientCert"
        case request = "RequestClientCert"
        case requireAny = "RequireAnyClientCert"
        case verifyIfGiven = "VerifyClientCertIfGiven"
        case requireAndVerify = "RequireAndVerifyClientCert"
    }

    package enum TLSVersion: String, CaseIterable, Comparable, Sendable {
        case tls10 = "TLS10"
        case tls11 = "TLS11"
        case tls12 = "TLS12"
        case tls13 = "TLS13"

        package static func < (a: TLSVersion, b: TLSVersion) -> Bool { a.rawValue < b.rawValue }
    }
}
