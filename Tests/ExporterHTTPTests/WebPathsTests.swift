import Hummingbird
import HummingbirdTesting
import Pages
import Polling
import Testing

@testable import ExporterHTTP

struct WebPathsTests {
    @Test(
        "the prefix is the path of the external URL, unless it is given",
        arguments: [
            (nil, nil, ""), ("https://x.example.com", nil, ""), ("https://x.example.com/", nil, ""),
            ("https://x.example.com/backups/", nil, "/backups"), ("http://x:1/a/b", nil, "/a/b"),
            ("https://x.example.com/backups", "/", ""), ("https://x.example.com/backups", "a/b/", "/a/b"),
            (nil, "/backups", "/backups"),
        ] as [(String?, String?, String)])
    func prefix(external: String?, prefix: String?, expected: String) throws {
        #expect(try WebPaths(external: external, prefix: prefix).prefix == expected)
    }

    @Test(
        "an address without scheme or host, or with a query, is refused",
        arguments: [
            "x.example.com", "/backups", "ftp://x", "https://", "https:///a", "http://x/?a", "http://x/#a",
            "http://x y",
        ])
    func refused(url: String) {
        #expect(throws: WebPaths.Problem.self) { try WebPaths(external: url, prefix: nil) }
    }

    @Test("a prefix with characters that paths encode is refused")
    func oddPrefix() {
        #expect(throws: WebPaths.Problem.self) { try WebPaths(external: nil, prefix: "/a b") }
    }

    private static func served() throws -> Served {
        var served = Served()
        served.paths = try WebPaths(external: "https://x.example.com/backups", prefix: nil)
        return served
    }

    @Test(
        "every route lies below the prefix",
        arguments: ["/", "/metrics", "/api/health", "/-/healthy", "/-/ready", "/sd"])
    func below(route: String) async throws {
        #expect(try await Self.served().ask(.get, "/backups\(route)").status == .ok)
        if route != "/" { #expect(try await Self.served().ask(.get, route).status == .notFound) }
    }

    @Test("the root and the bare prefix lead to the page", arguments: ["/", "/backups"])
    func redirect(path: String) async throws {
        for method in [HTTPRequest.Method.get, .head] {
            let response = try await Self.served().ask(method, path)
            #expect(response.status == .found)
            #expect(response.headers[.location] == "/backups/")
        }
        #expect(try await Self.served().ask(.post, path).status == .notFound)
    }

    @Test("what only begins like the prefix is not found, with the prefix in words")
    func notFound() async throws {
        let response = try await Self.served().ask(.get, "/backups2/metrics")
        #expect(response.status == .notFound)
        #expect(response.text == "Not found; all paths begin with /backups/.\n")
        let inside = try await Self.served().ask(.get, "/backups/nothing")
        #expect(inside.text == "Not found; the metrics are at /backups/metrics.\n")
    }

    @Test("the query survives the prefix")
    func query() async throws {
        let response = try await Self.served().ask(.get, "/backups/api/health?state=nonsense")
        #expect(response.status == .badRequest)
    }

    @Test("webhooks lie below the prefix")
    func webhooks() async throws {
        var served = try Self.served()
        served.webhookSender = { _ in .accepted }
        #expect(try await served.ask(.post, "/backups/webhook/northflank", body: "{}").status == .accepted)
        #expect(try await served.ask(.post, "/webhook/northflank", body: "{}").status == .notFound)
    }

    @Test("the discovery tells Prometheus the whole path")
    func discovery() async throws {
        let response = try await Self.served().ask(.get, "/backups/sd")
        #expect(response.text.contains(#""__metrics_path__" : "/backups/metrics""#))
    }
}

struct PagePolicyTests {
    @Test(
        "base64",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("\u{7F}~>", "f34+"),
        ])
    func base64(text: String, encoded: String) {
        #expect(PagePolicy.base64(Array(text.utf8)) == encoded)
    }

    @Test("pages allow nothing but their own style and script")
    func policy() async throws {
        let response = try await Served().ask(.get, "/")
        let policy = try #require(response.headers[.contentSecurityPolicy])
        let parts = policy.split(separator: "; ").map(String.init)
        #expect(parts.count == 8)
        #expect(parts[0] == "default-src 'none'")
        #expect(parts[1].matches(of: /'sha256-[A-Za-z0-9+\/]{43}='/).count == 2)
        #expect(parts[2].matches(of: /'sha256-[A-Za-z0-9+\/]{43}='/).count == 1)
        #expect(
            parts[3...] == [
                "img-src data:", "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
                "frame-ancestors 'none'",
            ])
        #expect(!policy.contains("unsafe"))
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.init("Referrer-Policy")!] == "no-referrer")
        // An attribute would not be allowed by a hash.
        #expect(!response.text.contains(" style=") && !response.text.contains(" onclick="))
    }
}
