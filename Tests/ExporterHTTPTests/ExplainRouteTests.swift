import Dispatch
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ExporterHTTP
@testable import Reports

struct ExplainRouteTests {
    /// Answers with what was asked.
    private static let echo = Served(explain: { .unknown("\($0) \($1)") })

    @Test(
        "the path names the addon, percent-encoded or not; the days are 14 unless given",
        arguments: [
            ("/api/addons/acme/shop/db", #"["acme", "shop", "db"] 14"#),
            ("/api/addons/shop/db?days=1", #"["shop", "db"] 1"#),
            ("/api/addons/a%20b/sh%2Fop/d%C3%A4b?days=90", #"["a b", "sh/op", "däb"] 90"#),
            ("/api/addons/a%/b%2/c%zz", #"["a%", "b%2", "c%zz"] 14"#),
        ])
    func path(uri: String, asked: String) async throws {
        let response = try await Self.echo.ask(.get, uri)
        #expect((response.status, response.text) == (.notFound, "\(asked)\n"))
    }

    @Test(
        "what is no addon's path is not found",
        arguments: ["/api/addons/", "/api/addons/a", "/api/addons/a//b", "/api/addons/a/b/c/d", "/api/addons/a/b/"])
    func badPath(uri: String) async throws {
        let response = try await Self.echo.ask(.get, uri)
        #expect(
            (response.status, response.text) == (.notFound, "Name the addon as /api/addons/ACCOUNT/PROJECT/ADDON.\n"))
    }

    @Test("days out of range are refused", arguments: ["0", "91", "-1", "1.5", "x", ""])
    func badDays(days: String) async throws {
        let response = try await Self.echo.ask(.get, "/api/addons/a/b/c?days=\(days)")
        #expect((response.status, response.text) == (.badRequest, "days is a number from 1 to 90.\n"))
    }

    @Test("several accounts with the addon are a conflict, and only reading is allowed")
    func others() async throws {
        let ambiguous = try await Served(explain: { _, _ in .ambiguous("two") }).ask(.get, "/api/addons/b/c")
        #expect((ambiguous.status, ambiguous.text) == (.conflict, "two\n"))
        let posted = try await Self.echo.ask(.post, "/api/addons/a/b/c")
        #expect((posted.status, posted.headers[.allow]) == (.methodNotAllowed, "GET, HEAD"))
        #expect(try await Self.echo.ask(.head, "/api/addons/a/b/c").text == "")
    }

    @Test("a disk that does not answer stops no other route, and not more reads wait than have room")
    func slowDisk() async throws {
        let (begun, goOn) = (AsyncStream.makeStream(of: Void.self), DispatchSemaphore(value: 0))
        let reads = HistoryReads()
        let read: @Sendable () -> Bool = {
            begun.continuation.yield()
            goOn.wait()
            return true
        }
        var served = Served()
        served.explain = { _, _ in
            _ = read()
            return .unknown("late")
        }
        let responder = served.responder
        let slow = Task { try await Served.ask(responder, .get, "/api/addons/a/b/c") }
        for await _ in begun.stream { break }
        #expect(try await Served.ask(responder, .get, "/-/healthy").status == .ok)
        goOn.signal()
        #expect(try await slow.value.text == "late\n")

        let waiting = (0..<HistoryReads.most).map { _ in Task { await reads.run(read) } }
        for await _ in begun.stream { break }
        // The others wait for the first one, in any order; until all do, there is room.
        while reads.openReads < HistoryReads.most { await Task.yield() }
        #expect(await reads.run { true } == nil)
        for _ in waiting { goOn.signal() }
        for task in waiting { #expect(await task.value == true) }
        #expect(await reads.run { true } == true)
    }
}
