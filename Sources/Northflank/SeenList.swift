import Backups
import Fingerprint

/// What is remembered of a list of backups that was read as one page, so that the same answer is recognized without
/// being decoded.
package struct SeenList: Equatable, Sendable {
    /// Of the body.
    private let fingerprint: Fingerprint
    /// Whether the page was the whole list.
    package let isWhole: Bool
    /// The creation of the last entry if the page was newest first; nil otherwise.
    private let oldest: Timestamp?
    /// How far the server's clock was ahead of ours: it decides which backups are dated in the future.
    private let clockAhead: Duration

    /// Nil for a list of several pages.
    ///
    /// - Parameter body: the body of the page.
    init?(_ listing: Listing<Backup>, body: [UInt8]) {
        guard listing.pages == 1 else { return nil }
        fingerprint = Fingerprint(of: body)
        isWhole = listing.isWhole
        clockAhead = listing.remarks.clockAhead
        oldest = listing.isNewestFirst ? listing.entries.last?.createdAt : nil
    }

    /// Whether a list whose first page has this body is the same list as far as it must be read.
    ///
    /// - Parameters:
    ///   - reach: the time to which the list must be read; nil for the whole list.
    ///   - clockAhead: how far the server's clock is ahead of ours now. A difference of a minute is rounding.
    func isStill(_ body: [UInt8], backTo reach: Timestamp?, clockAhead: Duration) -> Bool {
        guard fingerprint == Fingerprint(of: body) else { return false }
        guard abs((clockAhead - self.clockAhead).milliseconds) <= 60_000 else { return false }
        guard !isWhole else { return true }
        guard let reach, let oldest else { return false }
        return oldest <= reach
    }
}
