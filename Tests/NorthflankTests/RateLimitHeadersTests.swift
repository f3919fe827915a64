import Testing

@testable import Northflank

@Suite struct RateLimitHeadersTests {
    private static func headers(_ limit: String?, _ remaining: String?, _ reset: String?) -> [String: String] {
        ["x-ratelimit-limit": limit, "x-ratelimit-remaining": remaining, "x-ratelimit-reset": reset]
            .compactMapValues { $0 }
    }

    @Test(
        "the three headers, complete and valid",
        arguments: [
            ("1000", "999", "3600", RateLimitHeaders(limit: 1000, remaining: 999, reset: 3600)),
            // The last second is not over yet.
            ("1", "0", "0", RateLimitHeaders(limit: 1, remaining: 0, reset: 1)),
            // Counted below zero: nothing is left.
            ("1", "-1", "9", RateLimitHeaders(limit: 1, remaining: 0, reset: 9)),
            ("1000", "1000", "12.5", RateLimitHeaders(limit: 1000, remaining: 1000, reset: 12.5)),
            // More left than there is, an epoch: passed on, and coped with by the budget.
            ("10", "20", "1767225600", RateLimitHeaders(limit: 10, remaining: 20, reset: 1_767_225_600)),
        ])
    func valid(limit: String, remaining: String, reset: String, expected: RateLimitHeaders) {
        #expect(RateLimitHeaders(Self.headers(limit, remaining, reset)) == expected)
    }

    @Test(
        "incomplete or invalid headers are ignored",
        arguments: [
            (nil, "1", "1"), ("1", nil, "1"), ("1", "1", nil), (nil, nil, nil), ("", "1", "1"), ("1", "", "1"),
            ("1", "1", ""), ("0", "0", "1"), ("-1", "1", "1"), ("1", "1", "-1"),
            ("1.5", "1", "1"), ("1", "1.5", "1"), ("1", "1", "nan"), ("1", "1", "inf"), ("1", "1", "1e999"),
            ("many", "1", "1"), ("1", "some", "1"), ("1", "1", "soon"), (" 1", "1", "1"), ("1, 1", "1", "1"),
            ("9223372036854775808", "1", "1"), ("0x10", "1", "1"),
        ] as [(String?, String?, String?)])
    func garbage(limit: String?, remaining: String?, reset: String?) {
        #expect(RateLimitHeaders(Self.headers(limit, remaining, reset)) == nil)
    }
}
