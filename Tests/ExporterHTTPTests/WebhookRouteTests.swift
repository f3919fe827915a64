import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Polling
import Synchronization
import Testing

@testable import ExporterHTTP

/// What Northflank is answered, and what is made of what it posts.
struct WebhookRouteTests {
    /// What came through: secrets that were asked about, and events with theirs.
    private final class Heard: Sendable {
        private let state = Mutex((senders: [String?](), events: [(token: String?, id: String?, body: [UInt8])]()))
        var senders: [String?] { state.withLock { $0.senders } }
        var tokens: [String?] { state.withLock { $0.events.map(\.token) } }
        var ids: [String?] { state.withLock { $0.events.map(\.id) } }
        var bodies: [[UInt8]] { state.withLock { $0.events.map(\.body) } }

        /// Lets in whoever knows the secret.
        func check(_ token: String?) -> Webhooks.Answer {
            state.withLock { $0.senders.append(token) }
            return token == "s3cret" ? .accepted : .forged
        }

        func take(_ token: String?, _ id: String?, _ body: [UInt8]) -> Webhooks.Answer {
            state.withLock { $0.events.append((token, id, body)) }
            return .accepted
        }
    }

    private let path = "/webhook/northflank"
    private let header = HTTPField.Name("X-Northflank-Notification-Integration-Token")!
    private let heard = Heard()
    private var served: Served { Served(webhookSender: heard.check, webhook: heard.take) }

    private func post(_ token: String?, _ body: String? = nil) async throws -> TestResponse {
        try await served.ask(.post, path, headers: token.map { [header: $0] } ?? [:], body: body)
    }

    @Test("an event is taken with its secret, to the byte, and answered at once")
    func accepted() async throws {
        let response = try await post("s3cret", #"{"event":"é"}"#)
        #expect(response.status == .accepted)
        #expect(response.text == "Accepted.\n")
        #expect(response.headers[.contentType] == "text/plain; charset=utf-8")
        #expect(response.headers[.connection] == nil)
        #expect(heard.tokens == ["s3cret"])
        #expect(heard.ids == [nil])
        #expect(heard.bodies == [Array(#"{"event":"é"}"#.utf8)])
    }

    @Test("the id of an event comes with it")
    func eventID() async throws {
        let id = HTTPField.Name("X-Northflank-Notification-Integration-Event-Id")!
        _ = try await served.ask(.post, path, headers: [header: "s3cret", id: "e-1"], body: "{}")
        #expect(heard.ids == ["e-1"])
    }

    @Test("an event without a body is checked like any other")
    func empty() async throws {
        #expect(try await post("s3cret").status == .accepted)
        #expect(heard.bodies == [[]])
    }

    @Test(
        "a sender with another secret is refused before the body is read", arguments: [nil, "", "wrong"] as [String?])
    func forged(token: String?) async throws {
        for body in ["{}", String(repeating: "x", count: 200_000)] {
            let response = try await post(token, body)
            #expect(response.status == .unauthorized)
            #expect(response.text == "The X-Northflank-Notification-Integration-Token is not the right one.\n")
            #expect(response.headers[.connection] == "close")
        }
        #expect(heard.senders == [token, token])
        #expect(heard.tokens == [])
    }

    @Test("a secret that changes while the body comes is judged again")
    func rotated() async throws {
        let response = try await Served(webhookSender: { _ in .accepted }, webhook: { _, _, _ in .forged })
            .ask(.post, path, body: "{}")
        #expect(response.status == .unauthorized)
    }

    @Test("without webhooks the response says so")
    func off() async throws {
        let response = try await Served().ask(.post, path, headers: [header: "s3cret"], body: "{}")
        #expect(response.status == .notFound)
        #expect(response.text == "Webhooks are off; name a secret in the configuration to take them.\n")
        #expect(response.headers[.connection] == "close")
    }

    @Test("64 KiB are accepted whole, a byte more is refused before it is passed on")
    func size() async throws {
        func status(_ count: Int) async throws -> HTTPResponse.Status {
            try await post("s3cret", String(repeating: "x", count: count)).status
        }
        #expect(try await status(65_536) == .accepted)
        #expect(try await status(65_537) == .contentTooLarge)
        #expect(heard.bodies.map(\.count) == [65_536])
    }

    @Test(
        "nothing but a POST reaches it",
        arguments: [.get, .head, .put, .delete, .options] as [HTTPRequest.Method])
    func methods(method: HTTPRequest.Method) async throws {
        #expect(try await served.ask(method, path, headers: [header: "s3cret"]).status == .methodNotAllowed)
        #expect(heard.senders == [])
        #expect(heard.tokens == [])
    }
}
