import Backups

/// A poll that was sent and has not ended.
struct Flight: Sendable {
    let reason: PollReason
    let depth: Depth
    /// Since when there is something to see, in seconds of uptime, as far as it is known.
    let since: Double
    /// When the poll was sent, in seconds of uptime: a later change need not show.
    let started: Double
    /// Why the addon has to be polled once more as soon as this poll has ended.
    var repetition: PollReason?
}

/// The polls in flight. An addon that is no longer watched is here until its poll has ended.
struct Flights: Sendable {
    private var flights: [AddonKey: Flight] = [:]

    var count: Int { flights.count }

    func contains(_ key: AddonKey) -> Bool { flights[key] != nil }

    mutating func begin(_ key: AddonKey, _ flight: Flight) { flights[key] = flight }

    mutating func end(_ key: AddonKey) -> Flight? { flights.removeValue(forKey: key) }

    /// Has an addon in flight polled once more afterwards, since the answer may be older than what was learned. The
    /// better of two reasons counts. Returns whether this changes anything.
    mutating func repeatAfterwards(_ key: AddonKey, _ reason: PollReason) -> Bool {
        guard let old = flights[key]?.repetition?.rank else {
            flights[key]?.repetition = reason
            return true
        }
        guard reason.rank < old else { return false }
        flights[key]?.repetition = reason
        return true
    }
}
