import CurlClient
import TestSupport
import Testing

@testable import Settings

@Suite struct ClientSettingsTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("ca.pem", WebTestdata.authority)
        try directory.write("client.pem", WebTestdata.certificate)
        try directory.write("client.key", WebTestdata.key)
        try directory.write("both.pem", WebTestdata.certificate + WebTestdata.key)
        try directory.write("user", "alice:open: sesame \r\nmore\n")
    }

    private func settings(
        environment: [String: String] = [:], _ change: (inout ClientSettings.Options) -> Void = { _ in }
    ) throws(ConfigurationError) -> ClientSettings {
        var options = ClientSettings.Options()
        change(&options)
        return try ClientSettings(options, environment: environment)
    }

    private func problems(
        environment: [String: String] = [:], _ change: (inout ClientSettings.Options) -> Void = { _ in }
    ) -> [String] {
        do throws(ConfigurationError) {
            _ = try settings(environment: environment, change)
            return []
        } catch {
            return error.problems.map { "\($0)".replacing(directory.path + "/", with: "") }
        }
    }

    @Test("nothing given")
    func defaults() throws {
        let request = try settings().request("/-/healthy", userAgent: "test")
        #expect(request.url == "http://127.0.0.1:9974/-/healthy")
        #expect(request.caFile == nil && request.certificateFile == nil && request.keyFile == nil)
        #expect(request.credentials == nil && !request.acceptsAnyCertificate)
        #expect(throws: Never.self) { try request.validate() }
    }

    @Test("every option")
    func options() throws {
        let request = try settings {
            $0.url = "https://exporter.example.com:9974//"
            $0.cacert = directory.file("ca.pem")
            $0.cert = directory.file("client.pem")
            $0.key = directory.file("client.key")
            $0.userFile = directory.file("user")
        }.request("/api/health", userAgent: "test")
        #expect(request.url == "https://exporter.example.com:9974/api/health")
        #expect(request.caFile == directory.file("ca.pem"))
        #expect(request.certificateFile == directory.file("client.pem"))
        #expect(request.keyFile == directory.file("client.key"))
        #expect(request.credentials == CurlCredentials(user: "alice", password: "open: sesame "))
        #expect(!request.acceptsAnyCertificate)
    }

    @Test("the environment, which options precede; an empty variable is none")
    func environment() throws {
        let environment = [
            "NORTHFLANK_EXPORTER_URL": "https://127.0.0.1:1", "NORTHFLANK_EXPORTER_CACERT": directory.file("ca.pem"),
            "NORTHFLANK_EXPORTER_CERT": directory.file("both.pem"), "NORTHFLANK_EXPORTER_KEY": "",
            "NORTHFLANK_EXPORTER_USER_FILE": directory.file("user"), "NORTHFLANK_EXPORTER_INSECURE": "true",
        ]
        let request = try settings(environment: environment).request("/", userAgent: "test")
        #expect(request.url == "https://127.0.0.1:1/")
        #expect(request.caFile == directory.file("ca.pem"))
        #expect(request.certificateFile == directory.file("both.pem") && request.keyFile == nil)
        #expect(request.credentials?.user == "alice")
        #expect(request.acceptsAnyCertificate)
        let option = try settings(environment: environment) { $0.url = "http://localhost" }
        #expect(option.request("/", userAgent: "test").url == "http://localhost/")
    }

    @Test("files that are missing, of another kind, or not needed; each with the name of its option")
    func wrong() throws {
        try directory.write("none", "alice\n")
        #expect(
            problems {
                $0.cacert = directory.file("client.key")
                $0.key = directory.file("client.pem")
                $0.userFile = directory.file("none")
            } == [
                "--cacert: client.key has no certificate; expected certificates of authorities in PEM",
                "--key: client.pem has no private key; expected one in PEM",
                "--key: is of no use without --cert; name the certificate too",
                "--user-file: none has no user:password in its first line",
            ])
        #expect(
            problems { $0.cert = directory.file("client.pem") } == [
                "--cert: client.pem has no private key; expected one in PEM; name the file of the key with --key"
            ])
        #expect(
            problems(environment: [
                "NORTHFLANK_EXPORTER_USER_FILE": "/no/such", "NORTHFLANK_EXPORTER_INSECURE": "yes",
            ]) == [
                "NORTHFLANK_EXPORTER_INSECURE: expected true or false",
                "NORTHFLANK_EXPORTER_USER_FILE: /no/such does not exist; check the path",
            ])
    }

    @Test(
        "passwords and certificates that are not checked are for TLS and for loopback",
        arguments: [
            ("http://127.0.0.1:1", false, true), ("https://example.com", false, true),
            ("http://example.com", false, false),
            ("https://127.0.0.1", true, true), ("https://example.com", true, false),
        ])
    func policy(url: String, isInsecure: Bool, isAllowed: Bool) throws {
        let request = try settings {
            $0.url = url
            $0.userFile = directory.file("user")
            $0.insecure = isInsecure
        }.request("/", userAgent: "test")
        if isAllowed {
            #expect(throws: Never.self) { try request.validate() }
        } else {
            #expect(throws: CurlError.self) { try request.validate() }
        }
    }

    @Test(
        "what to do about an answer that is none",
        arguments: [
            (
                "https", .tls, "SSL certificate problem: self-signed certificate",
                "name the authority of its certificate with --cacert"
            ),
            (
                "https", .tls, "SSL: no alternative certificate subject name matches target host name '127.0.0.1'",
                "use a name of its certificate in --url, or --insecure for a loopback address"
            ),
            ("https", .tls, "SSL certificate problem: certificate has expired", "renew its certificate"),
            (
                "https", .tls, "error:0A00010B:SSL routines::wrong version number",
                "if it serves plain HTTP there, use http:// in --url"
            ),
            (
                "https", .interrupted, "SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required",
                "it wants a certificate: name one with --cert, and its key with --key"
            ),
            (
                "https", .tls, "error:0A000410:SSL routines::sslv3 alert handshake failure",
                "it wants a certificate: name one with --cert, and its key with --key"
            ),
            (
                "https", .interrupted, "SSL routines::tlsv1 alert unknown ca",
                "it wants a certificate: name one with --cert, and its key with --key"
            ),
            (
                "http", .malformedResponse, "Received HTTP/0.9 when not allowed",
                "if it serves TLS, use https:// in --url"
            ),
            ("http", .interrupted, "Empty reply from server", "if it serves TLS, use https:// in --url"),
            (
                "https", .interrupted, "Recv failure: Connection reset by peer",
                "if it wants a certificate, name one with --cert, and its key with --key"
            ), ("http", .connect, "Connection refused", nil),
        ] as [(String, CurlError.Kind, String, String?)])
    func errors(scheme: String, kind: CurlError.Kind, message: String, advice: String?) throws {
        let settings = try settings { $0.url = "\(scheme)://127.0.0.1:1" }
        #expect(settings.advice(CurlError(kind, message: message)) == advice)
    }

    @Test("a certificate that is not accepted")
    func certificate() throws {
        let settings = try settings {
            $0.url = "https://127.0.0.1:1"
            $0.cert = directory.file("both.pem")
        }
        #expect(
            settings.advice(CurlError(.interrupted, message: "SSL_read: tlsv1 alert unknown ca"))
                == "it does not accept the certificate of --cert")
        #expect(settings.advice(CurlError(.interrupted, message: "Recv failure: Connection reset by peer")) == nil)
    }

    @Test("what to do about another status")
    func statuses() throws {
        func advice(_ status: Int, _ body: String = "", user: String? = nil) throws -> String? {
            try settings { $0.userFile = user }.advice(
                CurlResponse(
                    status: status, headers: [], body: Array(body.utf8), httpVersion: "1.1", duration: 0,
                    connectionsOpened: 1))
        }
        #expect(
            try advice(401) == "name a file that has user:password in its first line with --user-file")
        let file = directory.file("user")
        #expect(try advice(401, user: file) == "the user or the password in \(file) (--user-file) is wrong")
        #expect(try advice(429) == "the exporter limits its requests (rate_limit); wait")
        #expect(
            try advice(400, "<h1>The plain HTTP request was sent to HTTPS port</h1>")
                == "if it serves TLS, use https:// in --url")
        #expect(
            try advice(400, "<h1>No required SSL certificate was sent</h1>")
                == "it wants a certificate: name one with --cert, and its key with --key")
        #expect(
            try advice(400, "This address speaks HTTPS; use https:// in the URL.\n")
                == "if it serves TLS, use https:// in --url")
        #expect(try advice(400, "bad addon") == nil)
        #expect(try advice(503) == nil)
    }
}
