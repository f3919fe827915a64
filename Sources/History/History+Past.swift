package import Backups

/// What the history has of addons, watched or not, for reports and explanations.
extension History {
    /// Every addon, in the order of the bytes of their names.
    package func keys(at now: Timestamp) -> [AddonKey] {
        perform(at: now) { db, _ in try PastRows(db: db).keys() } ?? []
    }

    /// All that is known of an addon; nil if the history does not have it. Each call is one short transaction, so that
    /// polls wait for one addon at most.
    ///
    /// - Parameter now: nothing is dated later.
    package func past(of key: AddonKey, at now: Timestamp) -> AddonPast? {
        perform(at: now) { db, _ in try PastRows(db: db).past(of: key, at: now) } ?? nil
    }

    /// Calls `body` for every addon, in the order of `keys`, outside of transactions. An addon that is deleted meanwhile
    /// is left out.
    package func eachPast(at now: Timestamp, _ body: (AddonPast) throws -> Void) rethrows {
        for key in keys(at: now) {
            if let past = past(of: key, at: now) { try body(past) }
        }
    }
}
