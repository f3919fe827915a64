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

    /// Several megabytes of lines, in pieces of different sizes.
    private static let large = (0..<40).map { piece in
        (0..<piece * 200).flatMap { Array("sample{piece=\"\(piece)\",n=\"\($0)\"} \($0)\n".utf8) }
    }

    @Test(
        "pages of every size arrive whole, with their length if they are one chunk", arguments: [0, 1, 5, large.count])
    func sizes(count: Int) async throws {
        let pieces = Array(Self.large.prefix(count))
        let bytes = Array(pieces.joined())
        let response = try await Served(page: { _ in FakePage(pieces: pieces) }).ask(.get, "/metrics")
        #expect(Array(buffer: response.body) == bytes)
        let isOneChunk = bytes.count < PageStream.chunkSize
        #expect(response.headers[.contentLength] == (isOneChunk ? String(bytes.count) : nil))
        #expect(isOneChunk == (count < Self.large.count))
    }

    @Test("gzip gives the same bytes back", arguments: [0, 1, 2, 5, large.count])
    func gzip(count: Int) async throws {
        let pieces = Array(Self.large.prefix(count))
        let bytes = Array(pieces.joined())
        let served = Served(page: { _ in FakePage(pieces: pieces) })
        let response = try await served.ask(.get, "/metrics", headers: [.acceptEncoding: "gzip"])
        let compressed = Array(buffer: response.body)
        #expect(response.headers[.contentEncoding] == "gzip")
        #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(response.headers[.vary] == "Accept, Accept-Encoding")
        #expect(gunzip(compressed) == bytes)
        #expect(bytes.count < 1000 || compressed.count < bytes.count / 2)
    }

    @Test("a client that does not ask for gzip gets none", arguments: ["identity", "gzip;q=0", "deflate, br"])
    func identity(acceptEncoding: String) async throws {
        let response = try await Served().ask(.get, "/metrics", headers: [.acceptEncoding: acceptEncoding])
        #expect(response.headers[.contentEncoding] == nil)
        #expect(response.text == "the page as text\n")
    }

    @Test("the page is made anew for each scrape, and not at all for others")
    func everyScrape() async throws {
        let scrapes = Atomic(0)
        let served = Served(page: { _ in FakePage("\(scrapes.add(1, ordering: .relaxed).newValue)") })
        #expect(try await served.ask(.get, "/metrics").text == "1")
        #expect(try await served.ask(.get, "/metrics").text == "2")
        _ = try await served.ask(.get, "/-/healthy")
        _ = try await served.ask(.head, "/metrics")
        #expect(try await served.ask(.get, "/metrics").text == "3")
    }

    @Test("pages of many clients at once are whole, in both formats, plain and compressed")
    func concurrentScrapes() async throws {
        let served = Served(page: { format in
            FakePage(pieces: Self.large + [Array("the end as \(format)\n".utf8)])
        })
        let responder = served.responder
        let start = Array(Self.large.joined())
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for client in 0..<24 {
                group.addTask {
                    let isCompressed = client.isMultiple(of: 2)
                    let isText = client.isMultiple(of: 3)
                    let response = try await Served.ask(
                        responder, .get, "/metrics",
                        headers: [
                            .acceptEncoding: isCompressed ? "gzip" : "identity",
                            .accept: isText ? "text/plain" : Self.openMetrics,
                        ])
                    let body = Array(buffer: response.body)
                    let end = Array("the end as \(isText ? "text" : "openMetrics")\n".utf8)
                    return (isCompressed ? gunzip(body) : body) == start + end
                }
            }
            for try await isWhole in group { #expect(isWhole) }
        }
    }
}
