import TestSupport
import Testing

@testable import Northflank

@Suite struct ClientRetryTests {
    private static let limits = ["x-ratelimit-limit": "1000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30"]

    @Test(
        "a temporary error is tried again, later each time",
        arguments: [
            (.failure(.connect), "error 0.0", "connect"), (.failure(.timeout), "error 0.0", "timeout"),
            (.status(502), "502 0.25", "unavailable"), (.status(503, "<html>"), "503 0.25", "unavailable"),
            (.status(504), "504 0.25", "unavailable"),
        ] as [(FakeTransport.Answer, String, String)])
    func retried(answer: FakeTransport.Answer, event: String, reason: String) async throws {
        let bench = Bench(answer, answer, answer, .ok(ListJSON.example), random: 0.5)
        #expect(try await bench.backups().entries.count == 1)
        #expect(bench.time.sleeps == [0.25, 0.5, 1])
        let failure = ["backups \(event)", "retry \(reason)"]
        #expect(bench.log.all == failure + failure + failure + ["backups 200 0.25"])
        #expect(bench.budget.withBudget { $0.used } == 4)
    }

    @Test("after the fourth failure the list is given up")
    func givenUp() async throws {
        let bench = Bench(.status(502), .status(502), .status(502), .status(502), .ok(ListJSON.example))
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.message == "Northflank answers HTTP 502")
        #expect(bench.transport.urls.count == 4)
        #expect(bench.log.all.filter { $0.hasPrefix("retry") }.count == 3)
        #expect(bench.log.all.last == "backups given up: unavailable")
    }

    @Test(
        "a permanent error is not tried again",
        arguments: [
            (.status(301, headers: ["location": "https://elsewhere.test/"]), .clientError),
            (.status(400), .clientError), (.status(401), .unauthorized), (.status(403), .forbidden),
            (.status(404, #"{"error":{"status":404}}"#), .notFound),
            // Of something in between that knows no such path.
            (.status(404), .clientError), (.status(404, "<html></html>"), .clientError), (.status(500), .unavailable),
            (.failure(.tls), .tls),
            (.failure(.tooLarge), .decode), (.failure(.refused), .connect), (.ok("<html></html>"), .decode),
            (.ok(""), .decode), (.ok(#"{"data":{}}"#), .decode), (.status(204), .decode),
        ] as [(FakeTransport.Answer, APIError.Reason)])
    func notRetried(answer: FakeTransport.Answer, reason: APIError.Reason) async throws {
        let bench = Bench(answer, .ok(ListJSON.example))
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.reason == reason)
        #expect(bench.transport.urls.count == 1)
        #expect(bench.time.sleeps.isEmpty)
        #expect(bench.log.all.last == "backups given up: \(reason.rawValue)")
    }

    @Test("Retry-After is waited for, with the jitter on top")
    func retryAfter() async throws {
        let bench = Bench(.status(503, headers: ["retry-after": "7"]), .ok(ListJSON.example), random: 0.5)
        _ = try await bench.backups()
        #expect(bench.time.sleeps == [7.25])
    }

    @Test("a request is given up if the server asks for more than the longest wait")
    func impatience() async throws {
        let bench = Bench(.status(503, headers: ["retry-after": "61"]), .ok(ListJSON.example))
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.reason == .unavailable)
        #expect(bench.time.sleeps.isEmpty)
    }

    @Test("after a 429 with no request left, the later of Retry-After and the reset is waited for")
    func rateLimited() async throws {
        let bench = Bench(
            .status(429, headers: Self.limits.merging(["retry-after": "5"]) { $1 }), .ok(ListJSON.example), random: 0.5)
        _ = try await bench.backups()
        #expect(bench.time.sleeps == [30.25])
        #expect(
            bench.log.all == [
                "backups 429 0.25", "limit 0/1000 for 30.0", "retry rate_limited", "backups 200 0.25",
            ])
    }

    @Test("after a 429 with requests left, Retry-After is waited for, or a minute")
    func refused() async throws {
        let left = Self.limits.merging(["x-ratelimit-remaining": "900", "x-ratelimit-reset": "3000"]) { $1 }
        for (headers, seconds) in [
            (left.merging(["retry-after": "2"]) { $1 }, 2.25), (left, 60.25), ([:], 60.25),
            (["retry-after": "Wed, 21 Oct 2026 07:28:07 GMT", "date": "Wed, 21 Oct 2026 07:28:00 GMT"], 7.25),
        ] {
            let bench = Bench(.status(429, headers: headers), .ok(ListJSON.example), random: 0.5)
            _ = try await bench.backups()
            #expect(bench.time.sleeps == [seconds])
        }
    }

    @Test("the waits after repeated refusals double, until the list is given up")
    func refusedAgain() async throws {
        let refusal = FakeTransport.Answer.status(429, headers: ["retry-after": "20"])
        let bench = Bench(refusal, refusal, refusal, random: 0)
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.retryAfter == 80)
        #expect(bench.time.sleeps == [20, 40])
    }

    @Test("a 429 that asks for more than the longest wait is given up and stops all requests")
    func rateLimitedForLong() async throws {
        for headers in [["retry-after": "1800"], Self.limits.merging(["x-ratelimit-reset": "1800"]) { $1 }] {
            let bench = Bench(.status(429, headers: headers))
            let error = await #expect(throws: APIError.self) { try await bench.backups() }
            #expect(error?.reason == .rateLimited)
            #expect(bench.time.sleeps.isEmpty)
            #expect(bench.budget.withBudget { $0.admit(continuing: true, now: 1001) } == .after(2800))
        }
    }
}
