import Backups
import CXXHash

/// What is remembered of a list of backups that was read as one page, so that the same answer is recognized without
/// being decoded.
package struct SeenList: Equatable, Sendable {
    /// A 128-bit hash of the answer's body: by far more than an accident needs to be noticed, and nobody gains by
    /// answers that are taken for others.
    private let hash: Hash
    /// Whether the page was the whole list.
    package let isWhole: Bool
    /// The creation of the last entry if the page was newest first; nil otherwise.
    private let oldest: Timestamp?

    private struct Hash: Equatable {
        let low: UInt64
        let high: UInt64

        init(_ body: [UInt8]) {
            let hash = unsafe body.withUnsafeBytes { unsafe XXH3_128bits($0.baseAddress, $0.count) }
            (low, high) = (hash.low64, hash.high64)
        }
    }

    /// Nil for a list of several pages.
    ///
    /// - Parameter body: the body of the page.
    init?(_ listing: Listing<Backup>, body: [UInt8]) {
        guard listing.pages == 1 else { return nil }
        hash = Hash(body)
        isWhole = listing.isWhole
        oldest = listing.isNewestFirst ? listing.entries.last?.createdAt : nil
    }

    /// Whether a list whose first page has this body is the same list as far as it must be read.
    ///
    /// - Parameter reach: the time to which the list must be read; nil for the whole list.
    func isStill(_ body: [UInt8], backTo reach: Timestamp?) -> Bool {
        guard hash == Hash(body) else { return false }
        guard !isWhole else { return true }
        guard let reach, let oldest else { return false }
        return oldest <= reach
    }
}
