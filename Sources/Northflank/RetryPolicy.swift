/// Decides whether and when a failed call is tried again: exponential backoff with full jitter.
package struct RetryPolicy: Sendable {
    /// All attempts, the first included.
    package var attempts: Int
    /// Seconds; the ceiling of the first wait, doubled for each one after it.
    package var base: Double
    /// Seconds; the highest ceiling.
    package var cap: Double
    /// Seconds; a server that asks for a longer wait is given up for now, so that one addon does not hold a
    /// place in the queue for an hour.
    package var patience: Double

    package init(attempts: Int = 4, base: Double = 0.5, cap: Double = 10, patience: Double = 60) {
        self.attempts = attempts
        self.base = base
        self.cap = cap
        self.patience = patience
    }

    /// The seconds to wait before the next attempt, nil to give up.
    ///
    /// - Parameters:
    ///   - attempt: how many attempts have failed, from 1.
    ///   - random: from 0 to 1.
    package func delay(after attempt: Int, error: APIError, random: Double) -> Double? {
        guard error.canRetry, attempt < attempts else { return nil }
        let ceiling = attempt < 64 ? min(cap, base * Double(UInt64(1) << UInt64(attempt - 1))) : cap
        let jittered = random * ceiling
        guard let asked = error.retryAfter else { return jittered }
        // Jitter comes on top of what the server asked for, so that many callers do not come back at once.
        return asked <= patience ? asked + jittered : nil
    }
}
