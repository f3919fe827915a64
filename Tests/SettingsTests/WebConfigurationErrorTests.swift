import TestSupport
import Testing

@testable import Settings

@Suite struct WebConfigurationErrorTests {
    private static let hashRecipe = "make one with: htpasswd -nBC 10 NAME"
    private static let notAHash =
        "is not a bcrypt hash, which begins with $2y$, $2b$ or $2a$ and has 60 characters; \(hashRecipe)"
    private static let notAName =
        "is not the name of a user: one has letters, digits and signs other than a colon or a dollar sign, "
        + "and at most 255 bytes"
    private static let sections = "tls_server_config, http_server_config, basic_auth_users, rate_limit"
    private static let secure = "RequireAndVerifyClientCert"

    /// The problems of each file, without the file's name.
    private static let problems: [String: [String]] = [
        "bad-not-yaml": ["1: not valid YAML: did not find expected node content"],
        "bad-unknown-keys": [
            #"1: tls_server_confg: unknown key; did you mean "tls_server_config"? known here: \#(sections)"#,
            #"3: tls_server_config.cert_fil: unknown key; did you mean "cert_file"? known here: cert_file, key_file, "#
                + "client_ca_file, cert, key, client_ca, client_auth_type, client_allowed_sans, min_version, "
                + "max_version, cipher_suites, curve_preferences, prefer_server_cipher_suites",
            "3: tls_server_config: cert_file is missing; expected the path of a PEM file",
            #"5: http_server_config.http3: unknown key; did you mean "http2"? known here: http2, headers"#,
            "6: basic_auth: unknown key; known here: \(sections)",
        ],
        "bad-twice": [
            "3: basic_auth_users.alice: this key is there twice; keep one",
            "5: http_server_config: this key is there twice; keep one",
        ],
        "bad-no-key": ["2: tls_server_config: key_file is missing; expected the path of a PEM file"],
        "bad-no-certificate": ["2: tls_server_config: cert_file is missing; expected the path of a PEM file"],
        "bad-missing-files": [
            "2: tls_server_config.cert_file: no-such.pem does not exist; check the path",
            "3: tls_server_config.key_file: /no/such.key does not exist; check the path",
        ],
        "bad-not-pem": [
            "2: tls_server_config.cert_file: server.key has no certificate; expected a certificate in PEM",
            "3: tls_server_config.key_file: server.pem has no private key; expected one in PEM",
        ],
        "bad-authorities-unused": [
            "4: tls_server_config.client_ca_file: client_auth_type NoClientCert checks no certificate against it; "
                + "set client_auth_type to \(secure)"
        ],
        "bad-client-type": [
            #"4: tls_server_config.client_auth_type: "RequireAndVerifyClientCerts" is unknown; did you mean "#
                + #""\#(secure)"? known here: NoClientCert, RequestClientCert, RequireAnyClientCert, "#
                + "VerifyClientCertIfGiven, \(secure)"
        ],
        "bad-version": [
            #"4: tls_server_config.min_version: "TLS9" is unknown; did you mean "TLS10"? "#
                + "known here: TLS10, TLS11, TLS12, TLS13",
            "5: tls_server_config.max_version: expected one of TLS10, TLS11, TLS12, TLS13 "
                + "(in quotes, or YAML takes it for something else), found 1.2",
        ],
        "bad-suites": [
            #"4: tls_server_config.cipher_suites[0]: "TLS_RSA_WITH_AES_128_GCM_SHA265" is unknown; did you mean "#
                + #""TLS_RSA_WITH_AES_128_GCM_SHA256"? known here: \#(suites)"#,
            #"4: tls_server_config.cipher_suites[1]: "TLS_ECDHE_RSA_WITH_RC4_128_SHA" is unknown; "#
                + "known here: \(suites)",
        ],
        "bad-curves": [
            #"4: tls_server_config.curve_preferences[0]: "curveP256" is unknown; did you mean "CurveP256"? "#
                + "known here: X25519, CurveP256, CurveP384, CurveP521",
            #"4: tls_server_config.curve_preferences[1]: "X448" is unknown; "#
                + "known here: X25519, CurveP256, CurveP384, CurveP521",
        ],
        "bad-header": [
            "2: http_server_config.headers.Server: unknown key; known here: Content-Security-Policy, "
                + "X-Frame-Options, X-Content-Type-Options, X-XSS-Protection, Strict-Transport-Security",
            #"2: http_server_config.headers.X-Frame-Options: "allow" is unknown; known here: deny, sameorigin"#,
            #"2: http_server_config.headers.X-Content-Type-Options: "sniff" is unknown; did you mean "nosniff"? "#
                + "known here: nosniff",
        ],
        "bad-hash": [
            "2: basic_auth_users.alice: \(notAHash)", "3: basic_auth_users.bob: \(notAHash)",
            "4: basic_auth_users.carol: \(notAHash)", "5: basic_auth_users.dave: \(notAHash)",
        ],
        "bad-users": [
            "1: basic_auth_users: expected a mapping of names of users to bcrypt hashes of their passwords"
        ],
        "bad-key-in-place-of-path": [
            "3: tls_server_config.key_file: expected the path of a PEM file; the PEM text itself belongs in key"
        ],
        "strict-only-version": [
            "2: tls_server_config: cert_file is missing; expected the path of a PEM file",
            "2: tls_server_config: key_file is missing; expected the path of a PEM file",
        ],
        "strict-verify-without-authorities": [
            "4: tls_server_config.client_auth_type: client_ca_file is missing; "
                + "expected the path of the authorities that certificates of clients are from"
        ],
        "strict-authorities-not-checked": [
            "5: tls_server_config.client_ca_file: client_auth_type RequireAnyClientCert checks no certificate "
                + "against it; set client_auth_type to \(secure)"
        ],
        "strict-authorities-not-pem": [
            "5: tls_server_config.client_ca_file: server.key has no certificate; "
                + "expected certificates of authorities in PEM"
        ],
        "strict-versions-crossed": [
            "4: tls_server_config.min_version: no version is from min_version TLS13 to max_version TLS12"
        ],
        "strict-suites-tls13-only": [
            "4: tls_server_config.cipher_suites: names no suite of TLS 1.2; add one, or set min_version to TLS13"
        ],
        "strict-suites-http2": [
            "4: tls_server_config.cipher_suites: HTTP/2 needs TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or "
                + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256; add it, or set http_server_config.http2 to false"
        ],
        "strict-cost": [
            "2: basic_auth_users.alice: the hash has the cost 15; expected 4 to 14, "
                + "because each request with a new password computes it; \(hashRecipe)",
            "3: basic_auth_users.bob: the hash has the cost 31; expected 4 to 14, "
                + "because each request with a new password computes it; \(hashRecipe)",
        ],
        "strict-names": ["2: basic_auth_users[0]: \(notAName)", "3: basic_auth_users[1]: \(notAName)"],
        "strict-hash-as-name": ["2: basic_auth_users[0]: \(notAName)"],
        "strict-header-lines": [
            "2: http_server_config.headers.Content-Security-Policy: "
                + "has characters that no header can have; expected one line of ASCII",
            "2: http_server_config.headers.X-XSS-Protection: "
                + "has characters that no header can have; expected one line of ASCII",
        ],
        "refused-names-optional": [
            "6: tls_server_config.client_allowed_sans: client_auth_type VerifyClientCertIfGiven admits clients "
                + "without a certificate, which have no name; set it to \(secure)"
        ],
        "refused-names-none": [
            "4: tls_server_config.client_allowed_sans: client_auth_type NoClientCert admits clients "
                + "without a certificate, which have no name; set it to \(secure)"
        ],
        "refused-names-empty": [
            "6: tls_server_config.client_allowed_sans: expected at least one name; leave the key out for any"
        ],
        "refused-both": [
            "4: tls_server_config.key: key_file is set too; keep one of the two",
            "5: tls_server_config.cert: cert_file is set too; keep one of the two",
        ],
        "refused-inline": [
            "2: tls_server_config.cert: has no certificate; expected a certificate in PEM",
            "3: tls_server_config.key: expected a private key as PEM text",
            "4: tls_server_config.client_ca: expected certificates of authorities as PEM text",
            "4: tls_server_config.client_ca: client_auth_type NoClientCert checks no certificate against it; "
                + "set client_auth_type to \(secure)",
        ],
        "refused-rate-limit-days": [
            #"1: rate_limit.interval: expected a duration as Go writes it, such as 100ms, 1s or 1m30s; "#
                + #"0 for no limit, found "1d""#
        ],
        "refused-rate-limit-interval": ["1: rate_limit: interval is missing; expected one such as 1s"],
        "refused-rate-limit-burst": [
            "1: rate_limit: burst is missing; expected how many requests can come at once, such as 20"
        ],
        "refused-rate-limit-range": [
            "1: rate_limit.interval: is out of range; expected 1ms to 1h, or 0 for no limit"
        ],
        "refused-rate-limit-zero": ["1: rate_limit.burst: expected a whole number from 1 to 1000000, found 0"],
    ]

    private static let suites =
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "
        + "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "
        + "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, "
        + "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, "
        + "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA, TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, "
        + "TLS_RSA_WITH_AES_128_GCM_SHA256, TLS_RSA_WITH_AES_256_GCM_SHA384, TLS_RSA_WITH_AES_128_CBC_SHA, "
        + "TLS_RSA_WITH_AES_256_CBC_SHA, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384, "
        + "TLS_CHACHA20_POLY1305_SHA256"

    @Test("each file has exactly these problems, and no secret is in them", arguments: try WebTestdata.names)
    func problems(file: String) throws {
        let problems = try WebTestdata().problems(file)
        #expect(problems == (Self.problems[file] ?? []).map { "\(file).yml:\($0)" })
        for secret in ["secret", "123456", "12345", WebTestdata.hash, "$2b$1"] {
            #expect(!problems.contains { $0.contains(secret) }, "\(secret)")
        }
    }

    @Test("an encrypted key is not asked for its password")
    func encrypted() throws {
        let data = try WebTestdata()
        try data.directory.write("server.key", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA\n")
        #expect(
            try data.problems("good-tls") == [
                "good-tls.yml:3: tls_server_config.key_file: server.key is encrypted; "
                    + "store the key without a password, readable by the exporter alone"
            ])
    }
}
