/// What the restores of an addon have proven up to an instant.
package struct RestoreFigures: Equatable, Sendable {
    /// The end of the last one that proves something.
    package var last: Timestamp?
    /// The age of the backup that it proved, when it was restored; nil if it is not known.
    package var ageOfProven: Duration?
    /// The longest time without one that ended in the range, or has not ended; nil without a restore and without a limit.
    package var longestGap: Duration?
    /// The longest allowed time between two.
    package var limit: Duration?
    /// The instant from which on one was overdue; nil if none is.
    package var overdueSince: Timestamp?
    /// Whether the restores were ever read.
    package var isKnown: Bool

    package init(
        last: Timestamp? = nil, ageOfProven: Duration? = nil, longestGap: Duration? = nil, limit: Duration? = nil,
        overdueSince: Timestamp? = nil, isKnown: Bool = true
    ) {
        (self.last, self.ageOfProven, self.longestGap) = (last, ageOfProven, longestGap)
        (self.limit, self.overdueSince, self.isKnown) = (limit, overdueSince, isKnown)
    }

    /// - Parameters:
    ///   - start: of the range.
    ///   - end: up to which the restores are known.
    ///   - since: since when the addon is known.
    init(
        _ restores: [PastRestore], _ decisions: Decisions, from start: Timestamp, to end: Timestamp, since: Timestamp,
        isKnown: Bool
    ) {
        self.isKnown = isKnown
        let proofs = restores.filter { $0.isProof(maxAge: decisions.maxAge) && $0.end <= end }.sorted {
            $0.end < $1.end
        }
        limit = decisions.restoreEvery
        if let newest = proofs.last {
            last = newest.end
            ageOfProven = newest.backupCreatedAt.map { newest.end - (newest.duration ?? .zero) - $0 }
        }
        if !proofs.isEmpty || limit != nil {
            let instants = [since] + proofs.map(\.end).filter { $0 > since } + [end]
            longestGap = zip(instants, instants.dropFirst()).filter { $1 > start }.map { $1 - $0 }.max()
        }
        if let limit {
            let deadline = max(last ?? since, since) + limit
            if deadline < end { overdueSince = deadline }
        }
    }

    /// Whether the rule about restores was kept; nil without one, and while it is not known or none is due yet.
    package var isKept: Bool? {
        guard let limit else { return nil }
        if overdueSince != nil || longestGap.map({ $0 > limit }) == true { return false }
        return isKnown && last != nil ? true : nil
    }
}
