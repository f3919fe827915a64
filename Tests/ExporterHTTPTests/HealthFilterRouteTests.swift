import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@testable import ExporterHTTP
@testable import Reports

/// `/api/health` with a query.
struct HealthFilterRouteTests {
    private static let report = HealthReport.sample([
        .sample("a", "failing", ["it failed"]), .sample("b c", "ok"), .sample("d", "ok"),
    ])

    private static func ask(_ query: String) async throws -> TestResponse {
        try await Served(report: { report }).ask(.get, "/api/health?\(query)")
    }

    @Test(
        "parameters choose addons, as a form sends them",
        arguments: [
            ("state=failing", ["a"]), ("state=ok,failing", ["a", "b c", "d"]), ("q=b+c", ["b c"]),
            ("q=shop%2Fb%20c&state=", ["b c"]), ("q=nothing", []), ("project=acme%2Fshop&page=1", ["a", "b c", "d"]),
        ])
    func filters(_ query: String, _ expected: [String]) async throws {
        let response = try await Self.ask(query)
        #expect(response.status == .ok)
        #expect(try HealthReport(json: Array(buffer: response.body)).addons.map(\.addon) == expected)
    }

    @Test(
        "what is unknown is said",
        arguments: [
            ("stat=ok", "\"stat\" is not known; known are state, account, project, policy, q, page, by.\n"),
            ("project=shpo", "no database is in project shpo (nearest project: shop).\n"),
            ("page=2", "there is no page 2; the last one is 1.\n"),
        ])
    func unknown(_ query: String, _ text: String) async throws {
        let response = try await Self.ask(query)
        #expect((response.status, response.text) == (.badRequest, text))
    }
}
