/// The latest date that a backup can have when its list is read. A later one is an error of a clock, and says nothing
/// about when the backup was taken.
struct Horizon {
    /// The clocks that start backups, date them and send the list can differ by so much.
    static let tolerance = Duration.seconds(300)

    /// How far the horizon is ahead of our clock.
    private let ahead: Duration
    private let instant: Timestamp

    /// - Parameter clockAhead: how far Northflank's clock is ahead of ours.
    init(_ observedAt: Timestamp, clockAhead: Duration) {
        ahead = clockAhead + Self.tolerance
        instant = observedAt + ahead
    }

    func isBeyond(_ attempt: Attempt) -> Bool { attempt.latestDate > instant }

    /// The instant by our clock at which the attempt's dates are no longer in the future.
    func reaches(_ attempt: Attempt) -> Timestamp { attempt.latestDate - ahead }
}

extension Attempt {
    /// The later of creation and end.
    var latestDate: Timestamp { max(createdAt, endOrCreation) }
}
