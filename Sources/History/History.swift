package import Backups
import SQLite
import Synchronization

/// The facts about all addons, kept across restarts.
///
/// No call throws: data that cannot be kept in the file is kept in memory, and `onEvent` reports it. The changes of a
/// call that has returned survive a kill of the process. A power failure can undo the last calls, but never a part of a
/// call.
///
/// Any thread can call it, and waits for the disk and for the other callers: nothing that must go on while the disk does
/// not answer can do so, except `status` and `isInUse`.
package final class History: Sendable {
    /// How long deleted backups are kept where no retention is configured.
    package static let defaultRetention = Duration.seconds(400 * 86_400)
    /// The number of an addon's gone backups that are returned with its listed backups: the newest ones, for the
    /// statistics.
    package static let goneHandedOut = 60
    /// The number of these of each type that has a schedule, at least.
    package static let goneOfEachType = SizeBand.window

    /// The result of `observeAgain`.
    package enum Again<Facts: Sendable>: Sendable {
        /// The history does not have the list as it was last observed: it must be read again.
        case unknown
        /// The observation is noted; nothing was judged.
        case noted
        case judged(AddonRecord, Facts)
    }

    private struct State: ~Copyable {
        var medium: HistoryMedium
        /// The rows of the addons whose last observation the database has.
        var observed = ObservedRows()
        /// A copy that is being made; nil if there is none.
        var copy: Copying?
    }

    private struct Copying: ~Copyable {
        let file: TemporaryFile
        let target: Database
        let copy: DatabaseCopy
    }

    private let retention: Duration
    private let state: Mutex<State>
    private let file: HistoryFile?
    private let published: Mutex<HistoryStatus>

    /// Whether another process uses the file, so that outcomes are counted there and not here. Does not access the
    /// file.
    package var isInUse: Bool { published.withLock(\.isInUse) }

    /// The state of the store; can be read at any time. Reads the size of the file from the file system.
    package var status: HistoryStatus {
        var status = published.withLock { $0 }
        status.bytes = file?.bytes ?? 0
        return status
    }

    init(medium: sending HistoryMedium, retention: Duration) {
        self.retention = retention
        let status = medium.status
        file = status.path.map(HistoryFile.init(path:))
        published = Mutex(status)
        state = Mutex(State(medium: medium))
    }

    /// Opens a history, and blocks until it is open. From then on the file belongs to this process alone.
    ///
    /// - Parameters:
    ///   - retention: how long a backup is kept after it is gone, and an addon after it was last seen.
    ///   - onEvent: called at once, on any thread, in the middle of an operation: it must not wait.
    package static func open(
        _ location: HistoryLocation, retention: Duration = defaultRetention, now: Timestamp,
        onEvent: @escaping @Sendable (HistoryEvent) -> Void
    ) -> History {
        History(medium: HistoryMedium(location, now: now, onEvent: onEvent), retention: retention)
    }

    /// Returns the kept addons, in no particular order.
    ///
    /// - Parameters:
    ///   - accounts: only the addons of these accounts; nil for all addons.
    ///   - make: makes a returned value from a record, its listed backups and its newest gone backups.
    package func load<Value: Sendable>(
        accounts: Set<String>? = nil, at now: Timestamp, _ make: @Sendable (AddonRecord, [KnownBackup]) -> Value
    ) -> [Value] {
        perform(at: now) { db, _ in
            var values: [Value] = []
            try AddonRows(db: db).visit { stored in
                guard accounts?.contains(stored.record.key.account) ?? true else { return }
                values.append(
                    make(stored.record(at: now), try BackupRows(db: db, addon: stored.id).handedOut(stored.record)))
            }
            return values
        } ?? []
    }

    /// Takes in an observation of an addon's list of backups, in one transaction.
    ///
    /// - Parameters:
    ///   - key: an addon; an unknown addon is new.
    ///   - entries: as the API listed them, in its order.
    ///   - isWhole: whether `entries` is the whole list; false for a part, the newest.
    ///   - isNewestFirst: whether the API listed each entry no newer than the entry before it.
    ///   - remarks: what the reading showed besides.
    ///   - unreadable: the identities of entries that cannot be read.
    ///   - unobservedAfter: the longest time between two observations; a longer one is noted as a time without
    ///     observation. Only the caller knows how often it observes. Nil to note none.
    ///   - now: when the listing ended.
    ///   - judge: can change the new record, and computes the caller's facts from it and the backups: all listed ones
    ///     and the newest gone ones, in no particular order. If the transaction is repeated, it is called again with
    ///     the values of that attempt; the last result counts.
    /// - Returns: the record as it is kept, and the result of `judge`.
    package func observe<Facts: Sendable>(
        _ key: AddonKey, entries: [Backup], isWhole: Bool, isNewestFirst: Bool, remarks: ListRemarks = ListRemarks(),
        unreadable: Set<BackupIdentity> = [], unobservedAfter: Duration? = nil, at now: Timestamp,
        judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> (AddonRecord, Facts) {
        let kept = perform(at: now) { db, observed in
            let addons = AddonRows(db: db)
            observed.forget(key)
            let known = try addons.find(key)
            let stored = try known ?? addons.insert(key, at: now)
            let rows = BackupRows(db: db, addon: stored.id)
            var record = stored.record(at: now)
            let before = record.lastObserved ?? record.firstSeen
            var backups = known == nil ? [] : try rows.listed()
            let changes = try record.observe(
                entries, isWhole: isWhole, isNewestFirst: isNewestFirst, remarks: remarks, unreadable: unreadable,
                at: now,
                known: &backups, recall: rows.gone(like:))
            if !changes.gone.isEmpty { backups.removeAll { !$0.isListed } }
            if !(changes.written.isEmpty && changes.gone.isEmpty) { try rows.write(listed: backups) }
            try rows.remove(gone: changes.returned)
            try rows.write(gone: changes.gone)
            if known != nil { backups += try rows.newestGone(record) }
            let facts = record.judged(backups, judge)
            try addons.save(record, over: stored, at: now)
            let unobserved = UnobservedRows(db: db, addon: stored.id)
            try unobserved.note(since: before, at: now, limits: [unobservedAfter, stored.unobservedAfter])
            if let unobservedAfter, unobservedAfter != stored.unobservedAfter {
                try unobserved.set(limit: unobservedAfter)
            }
            let limit = unobservedAfter ?? stored.unobservedAfter
            observed.note(key, .init(row: stored.id, at: now, unobservedAfter: limit), in: db)
            return (record, facts)
        }
        if let kept { return kept }
        var record = AddonRecord(key: key, firstSeen: now)
        var backups: [KnownBackup] = []
        record.observe(
            entries, isWhole: isWhole, isNewestFirst: isNewestFirst, remarks: remarks, at: now, known: &backups
        ) { _ in nil }
        let facts = judge(&record, backups)
        return (record, facts)
    }

    /// Takes in that an addon's list of backups is still as it was last observed, in one transaction.
    ///
    /// - Parameters:
    ///   - isWhole: whether the whole list was read.
    ///   - unobservedAfter: as in `observe`.
    ///   - now: when the list was read.
    ///   - judge: as in `observe`; nil if the last judgement still holds.
    package func observeAgain<Facts: Sendable>(
        _ key: AddonKey, isWhole: Bool, unobservedAfter: Duration? = nil, at now: Timestamp,
        judge: (@Sendable (inout AddonRecord, [KnownBackup]) -> Facts)?
    ) -> Again<Facts> {
        perform(at: now) { db, observed in
            guard let last = observed.last(of: key, in: db) else { return .unknown }
            let row = last.row
            // From memory, because this is the most frequent call, and hardly ever has something to write here.
            let unobserved = UnobservedRows(db: db, addon: row)
            try unobserved.note(since: last.at, at: now, limits: [unobservedAfter, last.unobservedAfter])
            if let unobservedAfter, unobservedAfter != last.unobservedAfter {
                try unobserved.set(limit: unobservedAfter)
            }
            let limit = unobservedAfter ?? last.unobservedAfter
            observed.note(key, .init(row: row, at: now, unobservedAfter: limit), in: db)
            let addons = AddonRows(db: db)
            guard let judge else {
                return try addons.observeAgain(row, isWhole: isWhole, at: now) ? .noted : .unknown
            }
            guard let stored = try addons.find(key), stored.id == row else { return .unknown }
            var record = stored.record(at: now)
            record.observeAgain(isWhole: isWhole, at: now)
            let facts = try record.judged(BackupRows(db: db, addon: row).handedOut(record), judge)
            try addons.save(record, over: stored, at: now)
            return .judged(record, facts)
        } ?? .unknown
    }

    /// Changes the records of addons in one transaction; writes only what changes.
    ///
    /// - Parameters:
    ///   - changes: each addon once, with its change; an unknown addon is new.
    ///   - judge: called for each addon that is new or changed by its change, as in `observe`. The backups of the other
    ///     addons are not read, because reading them takes most of the time.
    /// - Returns: the addons for which `judge` was called, in the order of `changes`.
    package func update<Facts: Sendable>(
        _ changes: [(key: AddonKey, change: AddonChange)], at now: Timestamp,
        judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> [(AddonRecord, Facts)] {
        let kept = perform(at: now) { db, observed in
            let addons = AddonRows(db: db)
            var changed: [(AddonRecord, Facts)] = []
            for (key, change) in changes {
                var known = try addons.find(key)
                if let before = known, change.replaces(before.record) {
                    // Another addon of the same name: nothing of the earlier one is its own.
                    try addons.remove(before.id)
                    observed.forget(key)
                    known = nil
                }
                let stored = try known ?? addons.insert(key, at: now)
                var record = stored.record(at: now)
                record.apply(change, at: now)
                if known == nil || record != stored.record {
                    let facts = try record.judged(BackupRows(db: db, addon: stored.id).handedOut(record), judge)
                    changed.append((record, facts))
                }
                try addons.save(record, over: stored, at: now)
            }
            return changed
        }
        return kept
            ?? changes.map { key, change in
                var record = AddonRecord(key: key, firstSeen: now)
                record.apply(change, at: now)
                let facts = judge(&record, [])
                return (record, facts)
            }
    }

    /// Judges addons again by other objectives; writes only what changes.
    ///
    /// - Parameter judge: as in `observe`.
    /// - Returns: the addons that the history has.
    package func judgeAgain<Facts: Sendable>(
        _ keys: [AddonKey], at now: Timestamp, judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> [(AddonRecord, Facts)] {
        perform(at: now) { db, _ in
            let addons = AddonRows(db: db)
            return try keys.compactMap { key in
                guard let stored = try addons.find(key) else { return nil }
                var record = stored.record(at: now)
                let facts = try record.judged(BackupRows(db: db, addon: stored.id).handedOut(record), judge)
                try addons.save(record, over: stored, at: now)
                return (record, facts)
            }
        } ?? []
    }

    /// Notes what is decided for addons from now on, without judging them. Does nothing for addons that the history does
    /// not have.
    package func note(_ decided: [(key: AddonKey, decisions: Shared<Decisions>?)], at now: Timestamp) {
        if decided.isEmpty { return }
        perform(at: now) { db, _ in
            let addons = AddonRows(db: db)
            for (key, decisions) in decided {
                guard let stored = try addons.find(key) else { continue }
                var record = stored.record(at: now)
                record.decisions = decisions
                try addons.save(record, over: stored, at: now)
            }
        }
    }

    /// Notes since when an addon's state and findings hold. Does nothing for an addon that the history does not have.
    package func note(_ standing: Standing, of key: AddonKey, at now: Timestamp) {
        perform(at: now) { db, _ in _ = try AddonRows(db: db).note(standing, of: key, at: now) }
    }

    /// Deletes backups that have been gone, and addons that have not been seen, for longer than the retention, to the
    /// day. Listed backups stay, so that they are not counted again.
    package func prune(now: Timestamp) {
        let before = now - max(.zero, retention)
        perform(at: now) { db, observed in
            // Rows of addons that are new can get the numbers of deleted ones.
            if try AddonRows(db: db).prune(goneBefore: before) { observed = ObservedRows() }
        }
    }

    /// Writes everything into the one file and releases it. Later changes are not kept.
    package func close() {
        state.withLock { state in
            // A connection with a copy would stay open.
            state.copy = nil
            state.medium.close()
            publish(state.medium.status)
        }
    }

    @discardableResult
    func perform<Value: Sendable>(
        at now: Timestamp, _ body: @Sendable (Database, inout ObservedRows) throws -> Value
    ) -> Value? {
        state.withLock { state in
            // Taken out, because a copy that is changed costs as much as there are addons.
            var observed = ObservedRows()
            swap(&observed, &state.observed)
            let value = state.medium.perform(at: now) { db in try body(db, &observed) }
            state.observed = observed
            publish(state.medium.status)
            return value
        }
    }

    func beginCopy() throws {
        if isInUse { throw HistoryCopyError.inUse }
        try state.withLock { state in
            guard state.copy == nil else { throw HistoryCopyError.busy }
            guard let source = state.medium.database else { throw HistoryCopyError.interrupted }
            let file = try TemporaryFile(beside: state.medium.status.isPersistent ? state.medium.status.path : nil)
            let target = try file.database()
            state.copy = Copying(file: file, target: target, copy: try DatabaseCopy(of: source, to: target))
        }
    }

    /// - Returns: whether the copy is complete.
    func stepCopy(pages: Int32) throws -> Bool {
        try state.withLock { state in
            guard let copy = state.copy?.copy, copy.source === state.medium.database else {
                throw HistoryCopyError.interrupted
            }
            return try copy.step(pages: pages)
        }
    }

    func finishCopy() throws -> HistoryCopy {
        try state.withLock { state in
            guard let copying = state.copy.take() else { throw HistoryCopyError.interrupted }
            copying.target.close()
            return try copying.file.bytes()
        }
    }

    /// Ends a copy that is not complete.
    func endCopy() { state.withLock { $0.copy = nil } }

    private func publish(_ status: HistoryStatus) { published.withLock { $0 = status } }
}

extension AddonRecord {
    /// Has the caller judge the addon. Equal decisions of all addons are one object afterwards.
    fileprivate mutating func judged<Facts>(
        _ backups: [KnownBackup], _ judge: (inout AddonRecord, [KnownBackup]) -> Facts
    ) -> Facts {
        let facts = judge(&self, backups)
        decisions = decisions.map(SharedDecisions.of)
        return facts
    }
}

extension BackupRows {
    /// The listed backups, and the newest gone ones.
    func handedOut(_ record: AddonRecord) throws -> [KnownBackup] { try listed() + newestGone(record) }

    /// The newest gone backups: of all types together, and at least a few of each type with a schedule, which many
    /// backups of another type must not hide.
    func newestGone(_ record: AddonRecord) throws -> [KnownBackup] {
        let newest = try newestGone(limit: History.goneHandedOut)
        guard newest.count == History.goneHandedOut, let schedules = record.schedules else { return newest }
        let hidden = BackupType.scheduled.filter { type in
            schedules.contains { $0.type == type } && newest.count { $0.backup.type == type } < History.goneOfEachType
        }
        return try hidden.reduce(newest.filter { !hidden.contains($0.backup.type) }) { gone, type in
            try gone + newestGone(of: type, limit: History.goneOfEachType)
        }
    }
}
