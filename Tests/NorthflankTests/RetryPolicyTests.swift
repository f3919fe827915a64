import Testing

@testable import Northflank

@Suite struct RetryPolicyTests {
    private static let retryable = APIError(.unavailable, "x", canRetry: true)

    private static func asking(_ seconds: Double) -> APIError {
        APIError(.rateLimited, "x", retryAfter: seconds, canRetry: true)
    }

    @Test(
        "full jitter: from nothing to a ceiling that doubles up to the cap",
        arguments: [(1, 0.5), (2, 1), (3, 2), (4, 4), (5, 8), (6, 10), (7, 10), (63, 10), (64, 10), (1000, 10)])
    func jitter(attempt: Int, ceiling: Double) {
        let policy = RetryPolicy(attempts: .max)
        #expect(policy.delay(after: attempt, error: Self.retryable, random: 0) == 0)
        #expect(policy.delay(after: attempt, error: Self.retryable, random: 0.5) == ceiling / 2)
        #expect(policy.delay(after: attempt, error: Self.retryable, random: 1) == ceiling)
    }

    @Test("four attempts, the first included")
    func attempts() {
        let policy = RetryPolicy()
        #expect((1...5).map { policy.delay(after: $0, error: Self.retryable, random: 1) } == [0.5, 1, 2, nil, nil])
        #expect(RetryPolicy(attempts: 1).delay(after: 1, error: Self.retryable, random: 1) == nil)
    }

    @Test("a permanent error is not tried again, whatever the server asks for")
    func hopeless() {
        let error = APIError(.unauthorized, "x", retryAfter: 1, canRetry: false)
        #expect(RetryPolicy().delay(after: 1, error: error, random: 0) == nil)
    }

    @Test(
        "jitter is added to the wait that the server asked for; beyond the longest wait the request is given up",
        arguments: [
            (0, 0, 0), (0, 1, 0.5), (3, 0, 3), (3, 1, 3.5), (60, 0, 60), (60, 1, 60.5), (60.001, 0, nil),
            (3600, 0, nil), (.infinity, 0, nil),
        ] as [(Double, Double, Double?)])
    func retryAfter(asked: Double, random: Double, delay: Double?) {
        #expect(RetryPolicy().delay(after: 1, error: Self.asking(asked), random: random) == delay)
    }
}
