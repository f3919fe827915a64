import Backups
import Freshness

/// The events that were passed on lately, so that an event that is sent again is passed on once. Pure: times are seconds
/// of uptime, passed in.
///
/// An event is remembered for five minutes at least and ten at most: long enough for repeated deliveries, and short
/// enough for a sender that uses an id again.
struct RecentEvents: Sendable {
    struct Event: Hashable, Sendable {
        let id: String
        /// The addon that it is about.
        let key: AddonKey
        let kind: HintKind
    }

    private static let span = 300.0
    /// More in less time are forgotten earlier.
    private static let most = 5000

    private var recent: Set<Event> = []
    private var earlier: Set<Event> = []
    /// When `recent` began.
    private var begin = 0.0

    /// Remembers an event. Returns whether it was remembered already.
    mutating func isRepeated(_ event: Event, now: Double) -> Bool {
        if now - begin >= Self.span || recent.count >= Self.most {
            earlier = now - begin < 2 * Self.span ? recent : []
            (recent, begin) = ([], now)
        }
        guard !earlier.contains(event) else { return true }
        return !recent.insert(event).inserted
    }
}
