import NIOCore

/// How far the requests of a connection are, and until when the client has to go on: pure decisions about slow clients.
struct RequestPace {
    /// The longest times.
    struct Limits: Equatable, Sendable {
        /// From the connection, or from the first byte of a further request, to its whole head.
        var head = TimeAmount.seconds(10)
        /// From the head to the end of the body; 64 KiB at most.
        var body = TimeAmount.seconds(10)
        /// In which the client has to read a chunk of the response.
        var chunk = TimeAmount.seconds(20)
        /// For a whole response.
        var response = TimeAmount.seconds(120)
        /// Between a response and the next request: longer than any usual scrape interval, so that Prometheus keeps
        /// its connection.
        var idle = TimeAmount.seconds(180)
    }

    /// What the client, or the exporter, has to do next.
    enum Phase: String, CaseIterable, Sendable {
        case head, body, response, idle
    }

    private let limits: Limits
    /// Requests whose response is not sent.
    private(set) var unanswered = 0
    private var isBodyOpen = false
    private var hasBytes = true
    /// The begin of the phase.
    private var since: NIODeadline
    /// The last chunk that the client has read.
    private var progress: NIODeadline

    init(_ limits: Limits, now: NIODeadline) {
        self.limits = limits
        since = now
        progress = now
    }

    var phase: Phase {
        // A further request that waits behind a response need not be read.
        if isBodyOpen, unanswered <= 1 { return .body }
        if unanswered > 0 { return .response }
        return hasBytes ? .head : .idle
    }

    var deadline: NIODeadline {
        switch phase {
        case .head: since + limits.head
        case .body: since + limits.body
        case .response: min(since + limits.response, progress + limits.chunk)
        case .idle: since + limits.idle
        }
    }

    mutating func receivedBytes(now: NIODeadline) {
        guard phase == .idle else { return }
        hasBytes = true
        since = now
    }

    mutating func receivedHead(now: NIODeadline) {
        unanswered += 1
        isBodyOpen = true
        hasBytes = false
        if unanswered == 1 { (since, progress) = (now, now) }
    }

    mutating func receivedEnd(now: NIODeadline) {
        let before = phase
        isBodyOpen = false
        if phase != before { (since, progress) = (now, now) }
    }

    mutating func sentChunk(now: NIODeadline) { progress = now }

    mutating func sentResponse(now: NIODeadline) {
        unanswered = max(0, unanswered - 1)
        (since, progress) = (now, now)
    }
}
