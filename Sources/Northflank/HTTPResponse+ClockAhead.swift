import Backups

extension HTTPResponse {
    /// How far the server's clock is ahead of ours by the header `Date`, to the minute, since the header has whole
    /// seconds and is as old as the transfer; negative if the server's clock is behind. Zero without a valid header.
    ///
    /// - Parameter now: the time of day when the response had arrived.
    func clockAhead(now: Timestamp) -> Duration {
        guard let date else { return .zero }
        // Dates have four-digit years, so that the sum cannot overflow.
        let half: Int64 = 30_000
        let shifted = date.millisecondsSince(now) + half
        let minutes = shifted / 60_000 - (shifted % 60_000 < 0 ? 1 : 0)
        return .seconds(minutes * 60)
    }
}
