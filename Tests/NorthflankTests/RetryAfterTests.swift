import Backups
import Testing

@testable import Northflank

@Suite struct RetryAfterTests {
    /// 2026-10-21T07:28:00Z
    private static let now = Timestamp(milliseconds: 1_792_567_680_000)

    private static func seconds(_ retryAfter: String?, date: String? = nil) -> Double? {
        var headers: [String: String] = [:]
        headers["retry-after"] = retryAfter
        headers["date"] = date
        return HTTPResponse(status: 503, headers: headers).retryAfter(now: now)
    }

    @Test(
        "Retry-After is a number of seconds, or a date by our clock",
        arguments: [
            ("0", 0), ("120", 120), ("1.5", 1.5), ("", nil), ("soon", nil), ("-1", nil), ("nan", nil), ("inf", nil),
            ("1e999", nil), (" 5", nil), (nil, nil),
            ("Wed, 21 Oct 2026 07:28:02 GMT", 2), ("Wed, 21 Oct 2026 07:28:00 GMT", 0),
            ("Wed, 21 Oct 2026 07:27:59 GMT", 0), ("Wed, 21 Oct 2026 08:28:00 CET", nil),
        ] as [(String?, Double?)])
    func retryAfter(header: String?, seconds: Double?) {
        #expect(Self.seconds(header) == seconds)
    }

    @Test("the response's own date counts instead of our clock, if it can be read")
    func serverClock() {
        let (until, served) = ("Wed, 21 Oct 2026 09:00:30 GMT", "Wed, 21 Oct 2026 09:00:00 GMT")
        #expect(Self.seconds(until, date: served) == 30)
        #expect(Self.seconds(until, date: "today") == 5550)
        #expect(Self.seconds("7", date: served) == 7)
    }

    @Test(
        "the three formats of HTTP dates",
        arguments: [
            ("Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"),
            ("Sunday, 06-Nov-69 08:49:37 GMT", "2069-11-06T08:49:37Z"),
            ("Sunday, 06-Nov-70 08:49:37 GMT", "1970-11-06T08:49:37Z"),
            ("Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"),
            ("Sat, 31 Dec 2026 23:59:59 GMT", "2026-12-31T23:59:59Z"),
        ])
    func dates(text: String, expected: String) {
        #expect(Timestamp(httpDate: text) == Timestamp(rfc3339: expected))
    }

    @Test(
        "what is no HTTP date",
        arguments: [
            "", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 006 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49:37+01:00 GMT", "Sunday, 06-Nov-x4 08:49:37 GMT",
            "2026-10-21T07:28:00Z", "Sun, 06 Nov 94 94 08:49:37 GMT",
        ])
    func noDates(text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }
}
