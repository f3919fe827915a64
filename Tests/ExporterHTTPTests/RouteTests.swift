import Fleet
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ExporterHTTP

@Suite struct RouteTests {
    @Test(
        "every route with every method",
        arguments: [
            ("/metrics", .get, 200), ("/metrics", .head, 200), ("/metrics", .post, 405), ("/metrics", .put, 405),
            ("/metrics", .delete, 405), ("/metrics", .options, 405),
            ("/", .get, 200), ("/", .head, 200), ("/", .post, 405),
            ("/-/healthy", .get, 200), ("/-/healthy", .head, 200), ("/-/healthy", .post, 405),
            ("/-/ready", .get, 200), ("/-/ready", .head, 200), ("/-/ready", .delete, 405),
            ("/api/health", .get, 200), ("/api/health", .head, 200), ("/api/health", .post, 405),
            ("/api", .get, 404), ("/api/health/", .get, 404),
            ("/webhook/northflank", .get, 405), ("/webhook/northflank", .head, 405),
            ("/webhook/northflank", .put, 405), ("/webhook/northflank", .delete, 405),
            ("/webhook/northflank", .post, 404), ("/webhook", .post, 404), ("/webhook/northflank/", .post, 404),
            ("/-/reload", .get, 405), ("/-/reload", .head, 405), ("/-/reload", .post, 403), ("/-/reload", .put, 403),
            ("/favicon.ico", .get, 404), ("/favicon.ico", .head, 404), ("/favicon.ico", .post, 404),
            ("/metrics/", .get, 404), ("/Metrics", .get, 404), ("/-/", .get, 404), ("/-/quit", .post, 404),
            ("//metrics", .get, 404), ("/metrics/..", .get, 404),
        ] as [(String, HTTPRequest.Method, Int)])
    func routes(path: String, method: HTTPRequest.Method, status: Int) async throws {
        let response = try await Served().ask(method, path)
        #expect(response.status.code == status)
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        #expect(response.headers[.contentType] != nil)
        let allowed = ["/-/reload": "POST, PUT", "/webhook/northflank": "POST"][path] ?? "GET, HEAD"
        #expect(response.headers[.allow] == (status == 405 ? allowed : nil))
        #expect((response.body.readableBytes == 0) == (method == .head))
    }

    @Test("a query does not matter")
    func query() async throws {
        #expect(try await Served().ask(.get, "/metrics?name[]=up").text == "the page as text\n")
        #expect(try await Served().ask(.get, "/-/healthy?").status == .ok)
    }

    @Test(
        "HEAD has the status and headers of GET",
        arguments: ["/", "/api/health", "/-/healthy", "/-/ready", "/nowhere"])
    func head(path: String) async throws {
        let get = try await Served().ask(.get, path)
        let head = try await Served().ask(.head, path)
        #expect(head.status == get.status)
        #expect(head.headers == get.headers)
        #expect(head.headers[.contentLength] == String(get.body.readableBytes))
        #expect(head.body.readableBytes == 0)
    }

    @Test("HEAD of the metrics has the headers of GET but for the length, because no page is made")
    func headOfMetrics() async throws {
        let served = Served()
        for headers in [[:], [.acceptEncoding: "gzip"]] as [HTTPFields] {
            var expected = try await served.ask(.get, "/metrics", headers: headers).headers
            expected[.contentLength] = nil
            let head = try await served.ask(.head, "/metrics", headers: headers)
            #expect(head.status == .ok)
            #expect(head.headers == expected)
            #expect(head.body.readableBytes == 0)
        }
    }

    @Test("the texts of the small routes")
    func texts() async throws {
        let served = Served()
        for (path, text) in [
            ("/-/healthy", "The exporter is healthy.\n"), ("/-/ready", "The exporter is ready.\n"),
            ("/nowhere", "Not found; the metrics are at /metrics.\n"),
        ] {
            let response = try await served.ask(.get, path)
            #expect(response.text == text)
            #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
        }
        #expect(try await served.ask(.post, "/metrics").text == "Only GET, HEAD here.\n")
        #expect(try await served.ask(.get, "/-/reload").text == "Only POST, PUT here.\n")
        #expect(try await served.ask(.get, "/webhook/northflank").text == "Only POST here.\n")
    }

    @Test("not ready until the addons are known; healthy and scraped all the same")
    func readiness() async throws {
        let served = Served(isReady: false)
        let response = try await served.ask(.get, "/-/ready")
        #expect(response.status == .serviceUnavailable)
        #expect(response.text == "Not ready: the first discovery of addons has not been answered yet.\n")
        #expect(try await served.ask(.head, "/-/ready").status == .serviceUnavailable)
        #expect(try await served.ask(.get, "/-/healthy").status == .ok)
        #expect(try await served.ask(.get, "/metrics").status == .ok)
    }

    @Test("the path of the metrics can be changed")
    func telemetryPath() async throws {
        let served = Served(telemetryPath: "/backups/metrics")
        #expect(try await served.ask(.get, "/backups/metrics").text == "the page as text\n")
        #expect(try await served.ask(.get, "/metrics").text == "Not found; the metrics are at /backups/metrics.\n")
        let root = Served(telemetryPath: "/")
        #expect(try await root.ask(.get, "/").text == "the page as text\n")
    }
}
