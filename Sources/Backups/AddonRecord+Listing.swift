/// What an observation changed of the backups that are known.
package struct ListingChanges: Equatable, Sendable {
    /// Listed backups that are new, came back or are not as they were.
    package var written: [KnownBackup] = []
    /// Backups that are in the list no longer.
    package var gone: [KnownBackup] = []
    /// Identities that had been gone: their backups are among `written`, perhaps by another name.
    package var returned: [String] = []
    /// Identities of listed backups that exist no longer: their backups are among `written`, by another name.
    package var renamed: [String] = []
    /// The outcomes that were counted.
    package var news = OutcomeCounts()

    package init() {}
}

extension AddonRecord {
    /// Takes in an observation of the addon's list of backups.
    ///
    /// An outcome counts once: when a backup is seen with a terminal status that it was never seen with, however it
    /// flaps and whether or not it was gone in between. What the first observation shows, and what had ended by then,
    /// is the baseline and no news; so it is with the first one after the addon was not watched. Of a backup that
    /// vanishes unfinished nothing is known, and nothing counts.
    ///
    /// - Parameters:
    ///   - entries: as the API listed them, in its order.
    ///   - isWhole: whether that is all of the list, so that what is missing is gone; else it is the newest part.
    ///   - isNewestFirst: whether the API listed each entry no newer than the one before.
    ///   - now: when the listing ended.
    ///   - known: all listed backups, and as many of those that are gone as there are at hand.
    ///   - recall: finds the backup among those that are gone and not in `known`, by its identity, else by creation and
    ///     type; asked for each entry that is not known.
    @discardableResult
    package mutating func observe(
        _ entries: [Backup], isWhole: Bool, isNewestFirst isInOrder: Bool, at now: Timestamp,
        known: inout [KnownBackup],
        recall: (Backup) throws -> KnownBackup?
    ) rethrows -> ListingChanges {
        noteWatched(at: now)
        var listing = ListingUpdate(record: self, known: known)
        let isNew = lastObserved == nil
        for entry in listing.refresh(entries) where !listing.has(entry) {
            // An addon that was never observed has nothing to recall.
            if !isNew, let gone = try recall(entry) {
                listing.bringBack(gone, as: entry)
            } else if !listing.rename(entry) {
                listing.add(entry)
            }
        }
        if isWhole {
            listing.markGone(at: now)
        } else if isInOrder, let oldest = entries.last?.createdAt {
            // Nothing newer than this is on a page that was not read.
            listing.markGone(at: now, newerThan: oldest)
        }

        if listing.isFirst {
            let latest = entries.map { $0.status.isTerminal ? max($0.createdAt, $0.endOrCreation) : $0.createdAt }.max()
            // A date in the future must not make a baseline of all that is to come.
            baseline = min(latest ?? .distantPast, now)
        }
        outcomes = listing.outcomes
        isNewestFirst = isInOrder && (isWhole || isNewestFirst)
        lastObserved = now
        if isWhole { lastWhole = now }
        known = listing.known
        return listing.changes
    }
}
