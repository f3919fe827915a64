import Backups
import TestSupport
import Testing

@testable import Northflank

/// How far the server's clock is ahead, by its header `Date`.
@Suite struct ClockAheadTests {
    private static let noon = Timestamp(rfc3339: "2026-03-10T12:00:00Z")!

    @Test(
        "R65, R72: to the minute, and zero without a valid header",
        arguments: [
            ("Tue, 10 Mar 2026 12:00:00 GMT", 0), ("Tue, 10 Mar 2026 12:00:29 GMT", 0),
            ("Tue, 10 Mar 2026 12:00:30 GMT", 60), ("Tue, 10 Mar 2026 12:20:01 GMT", 1200),
            ("Tue, 10 Mar 2026 11:59:30 GMT", 0), ("Tue, 10 Mar 2026 11:59:29 GMT", -60),
            ("Mon, 09 Mar 2026 12:00:00 GMT", -86_400),
            ("2026-03-10T12:20:00Z", 0), ("", 0), (nil, 0),
        ] as [(String?, Int64)])
    func ahead(date: String?, seconds: Int64) {
        let response = HTTPResponse(status: 200, headers: date.map { ["date": $0] } ?? [:])
        #expect(response.clockAhead(now: Self.noon) == .seconds(seconds))
    }

    /// Reads a list, and asks whether the list is still the same at another difference of the clocks.
    @Test(
        "a list is not the same if the clocks differ by more than before",
        arguments: [("12:05:00", nil), ("12:06:00", nil), ("12:04:00", nil), ("12:07:00", 420), ("12:03:00", 180)]
            as [(String, Int64?)])
    func seen(second: String, ahead: Int64?) async throws {
        func date(_ time: String) -> [String: String] { ["date": "Thu, 01 Jan 2026 \(time) GMT"] }
        let body = ListJSON.backups([ListJSON.backup("a")])
        let time = ManualTime(.jumping)
        let bench = Bench(
            FakeTransport([
                Bench.backupsURL: [.ok(body, headers: date("12:05:00")), .ok(body, headers: date(second))]
            ]), time: time)
        time.setWall(Timestamp(rfc3339: "2026-01-01T12:00:00Z")!)
        let before = try await bench.backups()
        #expect(before.remarks.clockAhead == .seconds(300))
        let again = try await bench.client.backups(project: "shop", addon: "orders-db", unlessStill: before.seen)
        #expect(again?.remarks.clockAhead == ahead.map { .seconds($0) })
    }
}
