/// Decides whether a request may be sent now, so that the other users of the account are left their part of
/// its rate limit. Pure: all times are seconds of uptime, passed in.
///
/// Two rules: in one window we send at most `share` of the limit; and we stop when what is left in the window
/// comes down to `reserve`, whoever spent it.
package struct RequestBudget: Sendable {
    package enum Admission: Equatable, Sendable {
        case now
        /// Not before this uptime.
        case after(Double)
    }

    /// The documented default of an account, until a response says otherwise.
    package static let defaultLimit = 1000
    /// Seconds; documented. Also the longest that a server's word can stop us for.
    package static let defaultWindow = 3600.0

    /// Our part of the limit, above 0 and at most 1.
    package var share: Double
    /// How many exporters spend that part together, each as much as the others; 1 or more.
    package var spenders: Int
    package private(set) var limit = Self.defaultLimit
    /// Requests sent in this window.
    package private(set) var used = 0
    /// Left in this window for everybody, less what we have sent since we were told; nil before the first word.
    private var remaining: Int?
    /// When this window ends; nil before its first request.
    private var windowEnd: Double?
    private var blockedUntil = -Double.infinity

    package init(share: Double, spenders: Int = 1) {
        self.share = share
        self.spenders = spenders
    }

    /// Requests that we may send in one window.
    package var allowance: Int { max(1, Int(clamping: UInt64(Double(limit) * share / Double(spenders)))) }

    /// Requests that are left to others at the end: a fifth of their part.
    package var reserve: Int { Int(Double(limit) * (1 - share) / 5) }

    /// Requests that we may still send in this window.
    package func left(now: Double) -> Int {
        guard let windowEnd, now < windowEnd else { return allowance }
        let own = allowance - used
        return max(0, min(own, (remaining ?? own + reserve) - reserve))
    }

    /// Seconds until the window ends; a whole window if none has begun.
    package func secondsToReset(now: Double) -> Double {
        guard let windowEnd, now < windowEnd else { return Self.defaultWindow }
        return windowEnd - now
    }

    /// Asks for one request, and counts it if the answer is `now`.
    ///
    /// - Parameter continuing: the request finishes something that has begun (the next page of a list). It may
    ///   overdraw our share, since half a list is worth nothing, but not touch the reserve.
    package mutating func admit(continuing: Bool, now: Double) -> Admission {
        if let windowEnd, now >= windowEnd { forgetWindow() }
        if blockedUntil > now { return .after(blockedUntil) }
        let end = windowEnd ?? now + Self.defaultWindow
        let isInShare = continuing || used < allowance
        let isAboveReserve = remaining.map { $0 > reserve } ?? true
        guard isInShare, isAboveReserve else { return .after(end) }
        windowEnd = end
        used += 1
        remaining = remaining.map { max(0, $0 - 1) }
        return .now
    }

    /// Takes over what a response said.
    package mutating func observe(_ headers: RateLimitHeaders, now: Double) {
        let end = now + min(headers.reset, Self.defaultWindow)
        limit = headers.limit
        // A window that ends clearly later and has more left is a new one, of which the request that told us is
        // the first. One that only ends later is not: a reset that slides along would otherwise end our count.
        if let windowEnd, let remaining, end > windowEnd + 5, headers.remaining > remaining {
            used = min(used, 1)
            self.remaining = headers.remaining
            self.windowEnd = end
            return
        }
        // Responses overtake each other, so within a window the lowest count and the earliest end are true.
        remaining = min(remaining ?? .max, headers.remaining)
        windowEnd = min(windowEnd ?? .infinity, end)
    }

    /// The server refused with 429: nothing is sent until it said.
    ///
    /// - Parameter seconds: the wait it asked for; nil asks for the end of the window, or a minute if no window
    ///   is known.
    package mutating func refused(retryAfter seconds: Double?, now: Double) {
        // The end that we assume ourselves, before a server has told one, is no reason to wait for an hour.
        let told = remaining == nil ? nil : windowEnd.map { $0 - now }
        let wait = seconds ?? told ?? 60
        blockedUntil = max(blockedUntil, now + max(1, min(wait, Self.defaultWindow)))
    }

    private mutating func forgetWindow() {
        used = 0
        remaining = nil
        windowEnd = nil
    }
}
