import TestSupport
import Testing

@testable import Settings

@Suite struct WebConfigurationTests {
    private let data: WebTestdata

    init() throws { data = try WebTestdata() }

    private static let hash = WebTestdata.hash
    private static let tls = WebConfiguration.TLS(
        certificate: Array(WebTestdata.certificate.utf8), key: Array(WebTestdata.key.utf8))

    @Test("a file without values is plain HTTP for all", arguments: ["good-empty", "good-sections-without-value"])
    func nothing(file: String) throws {
        #expect(try data.configuration(file) == WebConfiguration())
    }

    @Test("the defaults of TLS")
    func defaults() throws {
        let tls = try #require(try data.configuration("good-tls").tls)
        #expect(tls == Self.tls)
        #expect(tls.versions == .tls12 ... .tls13)
        #expect(tls.clientAuthentication == .none)
    }

    @Test("every key of Debian's promtool")
    func full() throws {
        var expected = WebConfiguration()
        var tls = Self.tls
        tls.clientAuthentication = .requireAndVerify
        tls.clientAuthorities = Array(WebTestdata.authority.utf8)
        tls.versions = .tls11 ... .tls12
        tls.cipherSuites = [
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        ]
        tls.curves = ["CurveP521", "X25519", "CurveP256", "CurveP384"]
        expected.tls = tls
        expected.headers = [
            .init(name: "Strict-Transport-Security", value: "max-age=31536000; includeSubDomains"),
            .init(name: "Content-Security-Policy", value: "default-src 'none'"),
            .init(name: "X-Frame-Options", value: "deny"),
            .init(name: "X-Content-Type-Options", value: "nosniff"),
            .init(name: "X-XSS-Protection", value: "0"),
        ]
        expected.users = [
            "alice": Self.hash,
            "prometheus.scraper@example.com": Self.hash.replacing("$2b", with: "$2y"),
        ]
        #expect(try data.configuration("good-full") == expected)
    }

    @Test("users without TLS, at the highest cost")
    func users() throws {
        var expected = WebConfiguration()
        expected.users = ["alice": Self.hash.replacing("$2b$10", with: "$2a$14")]
        #expect(try data.configuration("good-users") == expected)
    }

    @Test("suites of TLS 1.3 are left out, and weak ones are warned of; a blank header is none")
    func suites() throws {
        let configuration = try data.configuration("good-suites")
        #expect(
            configuration.tls?.cipherSuites
                == ["TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"])
        #expect(!configuration.allowsHTTP2)
        #expect(configuration.headers.isEmpty)
        let file = data.directory.file("good-suites.yml")
        #expect(
            configuration.warnings.map(\.description) == [
                "\(file):5: tls_server_config.cipher_suites: TLS 1.3 has its own suites always; "
                    + "naming them changes nothing",
                "\(file):5: tls_server_config.cipher_suites: TLS_RSA_WITH_AES_128_GCM_SHA256 has no forward secrecy, "
                    + "and newer releases of Prometheus refuse it; leave it out",
            ])
    }

    @Test("TLS 1.3 alone needs no suites of TLS 1.2")
    func suites13() throws {
        let configuration = try data.configuration("good-suites-tls13")
        #expect(configuration.tls?.cipherSuites == [])
        #expect(configuration.tls?.versions == .tls13 ... .tls13)
        #expect(configuration.warnings.count == 1)
    }

    @Test("the older name of a kind of client authentication")
    func legacyName() throws {
        #expect(try data.configuration("good-legacy-name").tls?.clientAuthentication == .requireAny)
    }

    @Test("names of clients; those that a client can give itself are warned of")
    func names() throws {
        let configuration = try data.configuration("new-names")
        #expect(configuration.tls?.allowedClientNames == ["prometheus.example.com", "10.0.0.1"])
        #expect(configuration.warnings.isEmpty)
        #expect(
            try data.configuration("new-names-any").warnings.map(\.message) == [
                "clients can make certificates with these names themselves; "
                    + "set client_auth_type to RequireAndVerifyClientCert"
            ])
    }

    @Test("PEM texts in the file itself")
    func inline() throws {
        let tls = try #require(try data.configuration("new-inline").tls)
        func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
        #expect(text(tls.certificate) == "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        #expect(text(tls.key) == "-----BEGIN PRIVATE KEY-----\nBBBB\n-----END PRIVATE KEY-----\n")
        #expect(text(tls.clientAuthorities) == "-----BEGIN CERTIFICATE-----\nCCCC\n-----END CERTIFICATE-----\n")
        #expect(tls.clientAuthentication == .verifyIfGiven)
    }

    @Test("a limit of the rate, and none")
    func rate() throws {
        #expect(
            try data.configuration("new-rate-limit").rateLimit
                == WebConfiguration.RateLimit(interval: .seconds(90), burst: 20))
        #expect(try data.configuration("new-rate-limit-off").rateLimit == nil)
    }

    @Test(
        "durations as Go writes them",
        arguments: [
            ("0", .zero), ("0s", .zero), ("1s", .seconds(1)), ("1.5h", .seconds(5400)), ("1m30s", .seconds(90)),
            ("30s1m", .seconds(90)), ("100ms", .milliseconds(100)), ("2us", .microseconds(2)),
            ("8784h", .seconds(366 * 86_400)),
            ("", nil), ("1", nil), ("s", nil), ("1d", nil), ("1w", nil), ("-1s", nil), ("1 s", nil), ("1.2.3s", nil),
            ("1s2", nil), ("8785h", nil), ("1e400h", nil),
        ] as [(String, Duration?)])
    func duration(text: String, expected: Duration?) {
        #expect(GoDuration.duration(text) == expected)
    }
}
