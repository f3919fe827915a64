/// The changes that an observation made to the known backups.
package struct ListingChanges: Equatable, Sendable {
    /// Listed backups that are new, returned or changed.
    package var written: [KnownBackup] = []
    /// Backups that are no longer in the list.
    package var gone: [KnownBackup] = []
    /// Gone backups that returned, as they were before: they are in `written`, possibly with another identity.
    package var returned: [KnownBackup] = []
    /// Former identities of listed backups: the backups are in `written`, with another identity.
    package var renamed: [BackupIdentity] = []
    /// The outcomes that were counted.
    package var news = OutcomeCounts()

    package init() {}
}

extension AddonRecord {
    /// Takes in that the addon's list of backups is still as it was last observed.
    ///
    /// - Parameter isWhole: whether the whole list was read.
    package mutating func observeAgain(isWhole: Bool, at now: Timestamp) {
        noteUnobserved(until: now)
        lastObserved = now
        if isWhole { lastWhole = now }
    }

    /// Takes in an observation of the addon's list of backups.
    ///
    /// Each terminal status of a backup counts once, when the backup is first seen with it, however often the status
    /// changes and whether or not the backup was gone in between. The baseline does not count: the terminal statuses in
    /// the first observation, and backups that had ended by then but appear later. The first observation after the
    /// addon was not watched sets a new baseline. A backup that vanishes unfinished does not count, because its outcome
    /// is unknown.
    ///
    /// - Parameters:
    ///   - entries: as the API listed them, in its order.
    ///   - isWhole: whether `entries` is the whole list, so that missing backups are gone; false for a part, the
    ///     newest.
    ///   - isNewestFirst: whether the API listed each entry no newer than the entry before it.
    ///   - remarks: what the reading showed besides.
    ///   - unreadable: the identities of entries that cannot be read: a known backup of these is not gone.
    ///   - now: when the listing ended.
    ///   - known: all listed backups, and any number of gone backups.
    ///   - recall: finds a gone backup that is not in `known`, by its identity, else by creation and type; called for
    ///     each entry that is not known.
    @discardableResult
    package mutating func observe(
        _ entries: [Backup], isWhole: Bool, isNewestFirst isInOrder: Bool, remarks read: ListRemarks = ListRemarks(),
        unreadable: Set<BackupIdentity> = [], at now: Timestamp, known: inout [KnownBackup],
        recall: (Backup) throws -> KnownBackup?
    ) rethrows -> ListingChanges {
        noteUnobserved(until: now)
        noteWatched(at: now)
        var listing = ListingUpdate(record: self, known: known)
        let isNew = lastObserved == nil
        let fresh = listing.refresh(entries)
        listing.spare(unreadable)
        for entry in fresh {
            // An addon that was never observed has no gone backups.
            if !isNew, let gone = try recall(entry) {
                listing.bringBack(gone, as: entry)
            } else if !listing.rename(entry) {
                listing.add(entry)
            }
        }
        // By a wrong clock it would not be known whether the retention was over.
        let isTrusted = Self.isTrusted(clockAhead: read.clockAhead)
        let readAt = isTrusted ? now : now + read.clockAhead
        if isWhole {
            listing.markGone(at: readAt)
        } else if isInOrder, let oldest = entries.last?.createdAt {
            // No unread page contains a backup that is newer than this.
            listing.markGone(at: readAt, newerThan: oldest)
        }

        if listing.isFirst {
            let latest = entries.lazy.map { $0.status.isTerminal ? max($0.createdAt, $0.endOrCreation) : $0.createdAt }
                .max()
            // A date in the future must not make future backups part of the baseline.
            baseline = min(latest ?? .distantPast, now)
        }
        outcomes = listing.outcomes
        removals.observe(
            listing.changes, isFirst: listing.isFirst || !isTrusted, schedules: schedules, at: now)
        hadCompleted = hadCompleted || entries.contains { $0.status == .completed && $0.type != .imported }
        isNewestFirst = isInOrder && (isWhole || isNewestFirst)
        lastObserved = now
        // A list that is too long is not read again and again.
        if isWhole || read.cutAfter != nil { lastWhole = now }
        remarks.take(read, isWhole: isWhole)
        known = listing.known
        return listing.changes
    }
}
