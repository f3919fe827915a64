import Exposition
import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite struct ScrapeTests {
    private static let openMetrics = "application/openmetrics-text;version=1.0.0,*/*;q=0.1"

    @Test("the format is the accepted one, with the content type of its specification")
    func negotiation() async throws {
        let text = try await Served().ask(.get, "/metrics")
        #expect(text.text == "the page as text\n")
        #expect(text.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let openMetrics = try await Served().ask(.get, "/metrics", headers: [.accept: Self.openMetrics])
        #expect(openMetrics.text == "the page as openMetrics\n")
        #expect(openMetrics.headers[.contentType] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        for response in [text, openMetrics] {
            #expect(response.headers[.vary] == "Accept, Accept-Encoding")
            #expect(response.headers[.contentEncoding] == nil)
        }
    }

    @Test("a header in several lines is one list")
    func severalHeaders() async throws {
        var headers = HTTPFields()
        headers[values: .accept] = ["text/plain;q=0.5", "application/openmetrics-text;version=1.0.0"]
        headers[values: .acceptEncoding] = ["br", "gzip"]
        let response = try await Served().ask(.get, "/metrics", headers: headers)
        #expect(response.headers[.contentType]?.hasPrefix("application/openmetrics-text") == true)
        #expect(response.headers[.contentEncoding] == "gzip")
    }

    /// Several megabytes, and not a whole number of them.
    private static let large = (0..<200_000).flatMap { Array("sample{n=\"\($0)\"} \($0)\n".utf8) }

    @Test("pages of every size arrive whole", arguments: [0, 1, 1 << 20, (1 << 20) + 1, large.count])
    func sizes(count: Int) async throws {
        let bytes = Array(Self.large.prefix(count))
        #expect(bytes.count == count)
        let response = try await Served(page: { _ in bytes }).ask(.get, "/metrics")
        #expect(Array(buffer: response.body) == bytes)
        #expect(response.headers[.contentLength] == String(count))
    }

    @Test("gzip gives the same bytes back", arguments: [0, 1, 1000, large.count])
    func gzip(count: Int) async throws {
        let bytes = Array(Self.large.prefix(count))
        let response = try await Served(page: { _ in bytes }).ask(.get, "/metrics", headers: [.acceptEncoding: "gzip"])
        let compressed = Array(buffer: response.body)
        #expect(response.headers[.contentEncoding] == "gzip")
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.headers[.contentLength] == String(compressed.count))
        #expect(response.headers[.vary] == "Accept, Accept-Encoding")
        #expect(gunzip(compressed, expecting: count) == bytes)
        #expect(count < 1000 || compressed.count < count / 2)
    }

    @Test("a client that does not ask for gzip gets none", arguments: ["identity", "gzip;q=0", "deflate, br"])
    func identity(acceptEncoding: String) async throws {
        let response = try await Served().ask(.get, "/metrics", headers: [.acceptEncoding: acceptEncoding])
        #expect(response.headers[.contentEncoding] == nil)
        #expect(response.text == "the page as text\n")
    }

    @Test("the page is made anew for each scrape")
    func everyScrape() async throws {
        let scrapes = Atomic(0)
        let served = Served(page: { _ in Array("\(scrapes.add(1, ordering: .relaxed).newValue)".utf8) })
        #expect(try await served.ask(.get, "/metrics").text == "1")
        #expect(try await served.ask(.get, "/metrics").text == "2")
        _ = try await served.ask(.get, "/-/healthy")
        #expect(try await served.ask(.get, "/metrics").text == "3")
    }
}
