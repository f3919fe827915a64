import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@testable import ExporterHTTP

struct StateRouteTests {
    /// More than two chunks.
    private static let bytes = (0..<150_000).map { UInt8(truncatingIfNeeded: $0 / 7) }

    private static func served(reload: Bool = true) -> Served {
        var served = Served(reload: reload ? { nil } : nil)
        served.state = {
            .success(StateFile(size: bytes.count) { position, count in Array(bytes[position..<position + count]) })
        }
        return served
    }

    @Test("the copy is the body, in whole")
    func body() async throws {
        let response = try await Self.served().ask(.get, "/api/state")
        #expect(response.status == .ok)
        #expect(response.headers[.contentType] == "application/vnd.sqlite3")
        #expect(response.headers[.contentLength] == "150000")
        #expect(response.headers[.cacheControl] == "no-store")
        #expect(Array(response.body.readableBytesView) == Self.bytes)
    }

    @Test("without the lifecycle API there is no copy, and no work for one")
    func off() async throws {
        var served = Self.served(reload: false)
        served.state = { .failure(StateFile.Failure("must not be called")) }
        let response = try await served.ask(.get, "/api/state")
        #expect(response.status == .forbidden)
        #expect(
            response.text
                == "Copying the history over HTTP is off; start the exporter with --web.enable-lifecycle.\n")
    }

    @Test("the reason for which there is no copy is in the body")
    func failure() async throws {
        var served = Self.served()
        served.state = { .failure(StateFile.Failure("the disk is full")) }
        let response = try await served.ask(.get, "/api/state")
        #expect(response.status == .serviceUnavailable)
        #expect(response.headers[.retryAfter] == "5")
        #expect(response.text == "the disk is full\n")
    }

    @Test("only GET is answered", arguments: [HTTPRequest.Method.post, .head, .put])
    func methods(method: HTTPRequest.Method) async throws {
        let response = try await Self.served().ask(method, "/api/state")
        #expect(response.status == .methodNotAllowed)
        #expect(response.headers[.allow] == "GET")
    }
}
