import Testing

@testable import CurlClient

/// The URLs and headers that a request can have.
struct PolicyTests {
    @Test(arguments: [
        "https://api.northflank.com/v1/projects", "HTTPS://EXAMPLE.COM", "https://example.com:8443/?a=b#c",
        "https://[2001:db8::1]/", "http://127.0.0.1/", "http://127.0.0.1:8080/a", "http://127.255.255.254/",
        "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://0177.0.0.1/", "http://[::1]:80/",
        "http://[0:0:0:0:0:0:0:1]/", "http://localhost:1/", "HTTP://LOCALHOST/",
    ])
    func admits(url: String) throws {
        try CurlRequest(url: url, userAgent: "t").validate()
    }

    @Test(arguments: [
        "http://example.com/", "http://10.0.0.1/", "http://128.0.0.1/", "http://0.0.0.0/", "http://[::]/",
        "http://[::2]/", "http://[2001:db8::1]/", "http://[::ffff:127.0.0.1]/",
        "http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "http://evil.example/127.0.0.1",
        "http://evil.example?@127.0.0.1/", "http://evil.example#@127.0.0.1/", "http://0127.0.0.1/",
        "http://127.0.0.1.nip.io/", "http://notlocalhost/", "http:///evil.example/",
    ])
    func refusesPlainHTTP(url: String) throws {
        var request = CurlRequest(url: url, userAgent: "t")
        #expect { try request.validate() } throws: { ($0 as? CurlError)?.kind == .insecureURL }
        request.allowInsecureHTTP = true
        try request.validate()
    }

    @Test(arguments: [
        "", "/v1", "example.com", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://a/",
        "unknown://a/", "https://", "https://exa mple.com/", "https://example.com:99999/",
        "https://example.com:x/", "https://[::1/", "https://example.com/\u{0}", "http://127.0.0.1\u{0}.a/",
        "https://example.com/\r\nX: y", "http://127.0.0.1@evil.example/", "http://user@127.0.0.1/",
        "https://user:password@example.com/", "https://:password@example.com/", "https://@example.com/",
        "http://127.0.0.1:80@evil.example/", "http://evil.example\\@127.0.0.1/",
    ])
    func refuses(url: String) async {
        var request = CurlRequest(url: url, userAgent: "t")
        request.allowInsecureHTTP = true
        let error = await CurlClient().failure(request)
        #expect(error?.kind == .invalidURL)
        #expect(error?.message.contains("password") == false)
    }

    @Test(arguments: [
        CurlHeader("X-A", "a\r\nX-B: b"), CurlHeader("X-A", "a\nb"), CurlHeader("X-A", "a\rb"),
        CurlHeader("X-A", "a\u{0}b"), CurlHeader("", "a"), CurlHeader("X A", "a"), CurlHeader("X-A:", "a"),
        CurlHeader("X-A;", ""), CurlHeader("X\r\nY", "a"), CurlHeader("Xä", "a"), CurlHeader("X\u{0}", "a"),
    ])
    func refuses(header: CurlHeader) async throws {
        let server = try ScriptedServer { _ in http() }
        var request = server.request()
        request.headers = [CurlHeader("X-Good", "good"), header]
        let error = await CurlClient().failure(request)
        #expect(error?.kind == .invalidHeader)
        #expect(server.connectionCount == 0)
    }

    @Test(arguments: ["a\r\nX-B: b", "a\nb", "a\u{0}b"])
    func refuses(userAgent: String) {
        let request = CurlRequest(url: "https://example.com/", userAgent: userAgent)
        #expect { try request.validate() } throws: { ($0 as? CurlError)?.kind == .invalidHeader }
    }

    @Test func doesNotPrintHeaders() {
        let request = CurlRequest(
            url: "https://example.com/", headers: [CurlHeader("Authorization", "Bearer secret")],
            userAgent: "t")
        #expect("\(request)" == "GET https://example.com/")
        #expect(String(reflecting: [request]) == "[GET https://example.com/]")
    }

    @Test(
        "a password is sent over TLS or to this machine, whatever else is allowed",
        arguments: [
            ("https://example.com/", true), ("http://127.0.0.1/", true), ("http://example.com/", false),
        ])
    func credentials(url: String, isAllowed: Bool) throws {
        var request = CurlRequest(url: url, userAgent: "t")
        request.credentials = CurlCredentials(user: "alice", password: "secret-password")
        request.allowInsecureHTTP = true
        guard !isAllowed else { return try request.validate() }
        let error = #expect(throws: CurlError.self) { try request.validate() }
        #expect(error?.kind == .insecureURL)
        #expect(error?.message.contains("secret") == false)
    }

    @Test(
        "a certificate is left unchecked on this machine alone",
        arguments: [
            ("https://127.0.0.1/", true), ("https://localhost/", true), ("https://example.com/", false),
        ])
    func anyCertificate(url: String, isAllowed: Bool) throws {
        var request = CurlRequest(url: url, userAgent: "t")
        request.acceptsAnyCertificate = true
        guard !isAllowed else { return try request.validate() }
        #expect(throws: CurlError.uncheckedCertificate) { try request.validate() }
    }

    @Test("credentials that cannot be sent", arguments: [("a:b", "c"), ("a\n", "c"), ("a", "c\0"), ("a", "c\u{7F}")])
    func refuses(user: String, password: String) {
        var request = CurlRequest(url: "https://example.com/", userAgent: "t")
        request.credentials = CurlCredentials(user: user, password: password)
        #expect { try request.validate() } throws: { ($0 as? CurlError)?.kind == .invalidHeader }
    }

    @Test func sendsCredentials() async throws {
        let server = try ScriptedServer { _ in http() }
        var request = server.request()
        request.credentials = CurlCredentials(user: "test", password: "123£")
        _ = try await CurlClient().perform(request)
        #expect(server.heads.first?.contains("Authorization: Basic dGVzdDoxMjPCow==") == true)
        #expect(!"\(request.credentials as Any)".contains("123"))
    }
}
