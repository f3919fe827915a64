/// Decides whether and when a failed request is repeated: exponential backoff with full jitter.
package struct RetryPolicy: Sendable {
    /// The number of attempts, including the first.
    package var attempts: Int
    /// The ceiling of the first wait in seconds. It doubles for each further wait.
    package var base: Double
    /// The highest ceiling in seconds.
    package var cap: Double
    /// The longest `Retry-After` in seconds that is waited for. After a longer one the call fails, so that one addon
    /// does not occupy a place in the queue for an hour.
    package var patience: Double

    package init(attempts: Int = 4, base: Double = 0.5, cap: Double = 10, patience: Double = 60) {
        self.attempts = attempts
        self.base = base
        self.cap = cap
        self.patience = patience
    }

    /// Seconds to wait before the next attempt; nil to give up.
    ///
    /// - Parameters:
    ///   - attempt: the number of failed attempts, from 1.
    ///   - random: from 0 to 1.
    package func delay(after attempt: Int, error: APIError, random: Double) -> Double? {
        guard error.canRetry, attempt < attempts else { return nil }
        let ceiling = attempt < 64 ? min(cap, base * Double(UInt64(1) << UInt64(attempt - 1))) : cap
        let jittered = random * ceiling
        guard let asked = error.retryAfter else { return jittered }
        // Jitter is added to the demanded wait, so that many clients do not return at once.
        return asked <= patience ? asked + jittered : nil
    }
}
