import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct TokenFactsTests {
    private static let url = "https://api.test/v1/auth"
    private static let expiry = Timestamp(seconds: 1_800_000_000)
    /// As the API documents it.
    private static let documented = """
        {"tokenKind":"api","name":"backups","entityId":"acme","entityType":"team","orgId":null,
        "createdAt":"2026-01-15T08:00:00.000Z","expiresAt":"2027-01-15T08:00:00.000Z",
        "permissions":{"orgScope":["o"],"teamScope":["t"],"projectScope":["p","q"]},
        "projectRestrictions":{"enabled":false,"projects":[],"restrictionMode":"in"},"role":"r"}
        """
    private static let facts = TokenFacts(expiresAt: expiry, permissions: ["o", "t", "p", "q"])

    private static func read(_ body: String) -> TokenFacts? { TokenFacts(body: Array(body.utf8)) }

    @Test("facts, by themselves or as the data of a response")
    func facts() {
        #expect(Self.read(Self.documented) == Self.facts)
        #expect(Self.read(#"{"data":\#(Self.documented)}"#) == Self.facts)
    }

    @Test(
        "what has another form counts as absent",
        arguments: [
            (#"{"expiresAt":null}"#, TokenFacts()), (#"{"permissions":null}"#, TokenFacts()),
            (#"{"expiresAt":"soon","permissions":[]}"#, TokenFacts()), (#"{"expiresAt":12}"#, TokenFacts()),
            (
                #"{"expiresAt":"2027-01-15T08:00:00Z","permissions":{"projectScope":["a",{"b":"c"},null,7,"d"]}}"#,
                TokenFacts(expiresAt: expiry, permissions: ["a", "d"])
            ),
            (#"{"permissions":{"orgScope":"all","projectScope":["a"]}}"#, TokenFacts(permissions: ["a"])),
        ])
    func odd(body: String, facts: TokenFacts) { #expect(Self.read(body) == facts) }

    @Test("what says nothing about a token", arguments: ["", "{}", "[]", "null", #"{"data":{}}"#, "<html></html>"])
    func nothing(body: String) { #expect(Self.read(body) == nil) }

    @Test("the request is the same for a team, counts in the budget, and its texts have no secret")
    func request() async throws {
        let permission = "s3cret" + String(repeating: "x", count: 100)
        let body = #"{"permissions":{"teamScope":["\#(permission)"]}}"#
        let bench = Bench(FakeTransport([Self.url: [.ok(body)]]), team: "acme")
        let facts = try await bench.client.token()
        #expect(facts?.permissions == ["<redacted>" + String(repeating: "x", count: 90)])
        #expect(bench.transport.urls == [Self.url])
        #expect(bench.log.all == ["auth 200 0.25"])
        #expect(bench.budget.withBudget { $0.used } == 1)
    }

    @Test(
        "an API without the route says nothing, and that is no failure",
        arguments: [#"{"error":{"status":404,"message":"Route not found"}}"#, "<html></html>", ""])
    func unknownRoute(body: String) async throws {
        let bench = Bench(FakeTransport([Self.url: [.status(404, body)]]))
        #expect(try await bench.client.token() == nil)
        #expect(bench.log.all == ["auth 404 0.25"])
    }

    @Test(
        "a failure does not count as a list that cannot be read, and is not tried again",
        arguments: [
            (.status(401), .unauthorized, ["auth 401 0.25"]),
            (.status(403), .forbidden, ["auth 403 0.25"]), (.status(503), .unavailable, ["auth 503 0.25"]),
            (.failure(.timeout), .timeout, ["auth error 0.0"]),
        ] as [(FakeTransport.Answer, APIError.Reason, [String])])
    func failures(answer: FakeTransport.Answer, reason: APIError.Reason, events: [String]) async {
        let bench = Bench(FakeTransport([Self.url: [answer]]))
        let error = await #expect(throws: APIError.self) { try await bench.client.token() }
        #expect(error?.reason == reason)
        #expect(bench.log.all == events)
        #expect(bench.time.sleeps.isEmpty)
    }
}
