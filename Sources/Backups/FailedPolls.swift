/// The polls of an addon that failed lately, at most `most` runs of them.
package struct FailedPolls: Equatable, Sendable {
    /// Polls in a row that failed for one reason.
    package struct Run: Equatable, Sendable {
        /// The value of the label `reason`, such as `timeout`.
        package var reason: String
        /// The HTTP status; nil if there was no answer.
        package var status: Int?
        package var first: Timestamp
        package var last: Timestamp
        package var count = 1
    }

    /// How long a failed poll is remembered.
    package static let span = Duration.seconds(86_400)
    /// The most runs that are remembered: a fleet of many addons must not cost more memory the longer an outage lasts.
    package static let most = 5

    private var kept: [Run] = []

    package init() {}

    /// The runs that ended less than `span` ago, the oldest first.
    package func runs(at now: Timestamp) -> [Run] { kept.filter { now - $0.last < Self.span } }

    /// Takes in a failed poll.
    ///
    /// - Parameter isNext: whether the poll before failed, too.
    package mutating func note(_ trouble: Trouble, isNext: Bool, at now: Timestamp) {
        kept.removeAll { now - $0.last >= Self.span }
        if isNext, let run = kept.last, run.reason == trouble.reason, run.status == trouble.status {
            kept[kept.count - 1].last = now
            kept[kept.count - 1].count += 1
        } else {
            kept.append(Run(reason: trouble.reason, status: trouble.status, first: now, last: now))
            if kept.count > Self.most { kept.removeFirst() }
        }
    }
}
