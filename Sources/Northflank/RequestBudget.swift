/// Decides whether a request may be sent now, so that the other clients of the account keep their part of its rate
/// limit. Pure: all times are seconds of uptime, passed in.
///
/// Two rules: the exporter sends at most `share` of the limit in one window; and it stops when the requests left in the
/// window fall to `reserve`, no matter which client spent them.
package struct RequestBudget: Sendable {
    package enum Admission: Equatable, Sendable {
        case now
        /// Not before this uptime.
        case after(Double)
    }

    /// The documented default of an account, until a response says otherwise.
    package static let defaultLimit = 1000
    /// Seconds; documented. Also the longest wait that a server can cause.
    package static let defaultWindow = 3600.0

    /// The exporter's part of the limit, above 0 and at most 1.
    package var share: Double
    /// The number of exporters that divide this part equally; 1 or more.
    package var spenders: Int
    package private(set) var limit = Self.defaultLimit
    /// Requests sent in this window.
    package private(set) var used = 0
    /// Requests left in this window for all clients: the last value of the server, less the requests that the exporter
    /// has sent since; nil before the first response.
    private var remaining: Int?
    /// The end of this window; nil before its first request.
    private var windowEnd: Double?
    private var refusals = Refusals()

    package init(share: Double, spenders: Int = 1) {
        self.share = share
        self.spenders = spenders
    }

    /// The number of requests that the exporter may send in one window.
    package var allowance: Int { max(1, Int(clamping: UInt64(Double(limit) * share / Double(spenders)))) }

    /// The number of requests that stay for other clients: a fifth of their part.
    package var reserve: Int { Int(Double(limit) * (1 - share) / 5) }

    /// The number of requests that the exporter may still send in this window.
    package func left(now: Double) -> Int {
        guard let windowEnd, now < windowEnd else { return allowance }
        let own = allowance - used
        return max(0, min(own, (remaining ?? own + reserve) - reserve))
    }

    /// Seconds until the window ends; the length of a window if none has begun.
    package func secondsToReset(now: Double) -> Double {
        guard let windowEnd, now < windowEnd else { return Self.defaultWindow }
        return windowEnd - now
    }

    /// Requests admission for one request, and counts the request if the result is `now`.
    ///
    /// - Parameter continuing: whether the request continues a list that has begun. It may exceed the share, because a
    ///   part of a list is useless, but may not use the reserve.
    package mutating func admit(continuing: Bool, now: Double) -> Admission {
        if let windowEnd, now >= windowEnd { forgetWindow() }
        if refusals.blockedUntil > now { return .after(refusals.blockedUntil) }
        let end = windowEnd ?? now + Self.defaultWindow
        let isInShare = continuing || used < allowance
        let isAboveReserve = remaining.map { $0 > reserve } ?? true
        guard isInShare, isAboveReserve else { return .after(end) }
        windowEnd = end
        used += 1
        remaining = remaining.map { max(0, $0 - 1) }
        return .now
    }

    /// Takes over the headers of a response.
    package mutating func observe(_ headers: RateLimitHeaders, now: Double) {
        let end = now + min(headers.reset, Self.defaultWindow)
        limit = headers.limit
        // A window that ends clearly later and has more requests left is a new window, and this response belongs to
        // its first request. A later end alone is not enough: a server whose reset slides with each response would
        // otherwise reset the count.
        if let windowEnd, let remaining, end > windowEnd + 5, headers.remaining > remaining {
            used = min(used, 1)
            self.remaining = headers.remaining
            self.windowEnd = end
            return
        }
        // Responses can arrive out of order, so within a window the lowest count and the earliest end are right.
        remaining = min(remaining ?? .max, headers.remaining)
        windowEnd = min(windowEnd ?? .infinity, end)
    }

    /// Stops all requests after an answer with status 429.
    ///
    /// - Parameter sent: when the request was sent.
    /// - Returns: the seconds that requests wait.
    package mutating func refused(_ refusal: Refusal, sent: Double, now: Double) -> Double {
        // An assumed end, before the first response, does not justify a wait of an hour.
        refusals.add(refusal, sent: sent, windowEnd: remaining == nil ? nil : windowEnd, now: now)
    }

    /// A request was answered with another status than 429.
    ///
    /// - Parameter sent: when the request was sent.
    package mutating func answered(sent: Double) { refusals.end(sent: sent) }

    private mutating func forgetWindow() {
        used = 0
        remaining = nil
        windowEnd = nil
    }
}
