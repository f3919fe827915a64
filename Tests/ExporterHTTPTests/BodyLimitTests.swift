import Hummingbird
import HummingbirdTesting
import Synchronization
import Testing

@testable import ExporterHTTP

@Suite struct BodyLimitTests {
    /// A client that does not say beforehand how much it sends.
    private struct WithoutLength: HTTPResponder {
        let inner: ExporterResponder

        func respond(to request: Request, context: ExporterResponder.Context) async throws -> Response {
            var head = request.head
            head.headerFields[.contentLength] = nil
            return try await inner.respond(to: Request(head: head, body: request.body), context: context)
        }
    }

    private static func body(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test("a body of up to 64 KiB is read and ignored", arguments: [0, 1, 65_536])
    func small(count: Int) async throws {
        #expect(try await Served().ask(.get, "/metrics", body: Self.body(count)).status == .ok)
        let unsaid = WithoutLength(inner: Served().responder)
        #expect(try await Served.ask(unsaid, .get, "/metrics", body: Self.body(count)).status == .ok)
    }

    @Test("a larger body is refused, and the connection closed", arguments: [65_537, 200_000])
    func large(count: Int) async throws {
        let unsaid = WithoutLength(inner: Served().responder)
        for response in [
            try await Served().ask(.post, "/-/reload", body: Self.body(count)),
            try await Served.ask(unsaid, .post, "/-/reload", body: Self.body(count)),
            try await Served().ask(.get, "/nowhere", body: Self.body(count)),
        ] {
            #expect(response.status == .contentTooLarge)
            #expect(response.text == "The request has a body of more than 65536 bytes.\n")
            #expect(response.headers[.connection] == "close")
        }
    }

    @Test("a refused request has no effect")
    func noEffect() async throws {
        let reloads = Atomic(0)
        let served = Served(reload: {
            reloads.add(1, ordering: .relaxed)
            return nil
        })
        _ = try await served.ask(.post, "/-/reload", body: Self.body(65_537))
        #expect(reloads.load(ordering: .relaxed) == 0)
        _ = try await served.ask(.post, "/-/reload", body: Self.body(65_536))
        #expect(reloads.load(ordering: .relaxed) == 1)
    }
}
