/// When the API is asked about the token: after the first reading of the lists has begun, then once an hour.
struct TokenCheck: Sendable {
    /// Seconds between two looks at the token.
    static let interval = 3600.0
    /// Seconds after a request that failed.
    static let retryGap = 300.0

    /// Whether a request is open.
    private(set) var isOpen = false
    /// Seconds of uptime; nil until the first reading of the lists has begun, which goes first.
    private var due: Double?

    /// Takes in that a reading of the lists has begun.
    mutating func allow(now: Double) { due = due ?? now }

    /// Whether a request is due, which counts as open from now on.
    mutating func begins(now: Double) -> Bool {
        guard !isOpen, let due, now >= due else { return false }
        isOpen = true
        return true
    }

    mutating func ended(worked: Bool, now: Double) {
        isOpen = false
        due = now + (worked ? Self.interval : Self.retryGap)
    }
}
