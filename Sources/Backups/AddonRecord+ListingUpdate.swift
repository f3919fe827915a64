/// The state while one observation is taken in.
struct ListingUpdate {
    /// Identifies a backup when its identity has changed.
    private struct Origin: Hashable {
        let createdAt: Timestamp
        let type: BackupType
    }

    /// Whether the listed backups are the baseline.
    let isFirst: Bool
    private let baseline: Timestamp
    private(set) var outcomes: OutcomeCounts
    private(set) var known: [KnownBackup]
    private(set) var changes = ListingChanges()
    /// Which of the known backups are in the list.
    private var isPresent: [Bool]
    /// The known backups that are not in this list, by origin; computed at the first entry that is not known.
    private var missing: [Origin: [Int]]?

    init(record: AddonRecord, known: [KnownBackup]) {
        isFirst = record.baseline == nil
        baseline = record.baseline ?? .distantPast
        outcomes = record.outcomes
        self.known = known
        isPresent = [Bool](repeating: false, count: known.count)
    }

    /// Updates the known backups from the list.
    /// - Returns: the entries that are not known, the first of each identity.
    mutating func refresh(_ entries: [Backup]) -> [Backup] {
        // Most lists are in the order of the known backups. By index, because a loop over elements would copy each.
        var same = 0
        while same < min(known.count, entries.count), known[same].backup.identity == entries[same].identity {
            update(same, entries[same])
            same += 1
        }
        if same == entries.count { return [] }

        var indices = [BackupIdentity: Int](minimumCapacity: known.count)
        for index in known.indices { indices[known[index].backup.identity] = index }
        var fresh: [Backup] = []
        var identities = Set<BackupIdentity>(minimumCapacity: entries.count - same)
        for entry in entries.dropFirst(same) {
            if let index = indices[entry.identity] {
                if !isPresent[index] { update(index, entry) }
            } else if identities.insert(entry.identity).inserted {
                fresh.append(entry)
            }
        }
        // All of these are written, and most are added.
        known.reserveCapacity(known.count + fresh.count)
        changes.written.reserveCapacity(changes.written.count + fresh.count)
        return fresh
    }

    /// Takes an entry for a known backup with a new identity, if a known backup of the same origin is missing from the
    /// list: the API can begin to send identities of another kind.
    mutating func rename(_ entry: Backup) -> Bool {
        let candidates = missing ?? missingByOrigin()
        missing = candidates
        if candidates.isEmpty { return false }
        let origin = Origin(createdAt: entry.createdAt, type: entry.type)
        let same = (candidates[origin] ?? []).filter { !isPresent[$0] }
        guard let index = same.first(where: { known[$0].backup.status == entry.status }) ?? same.first
        else { return false }
        let old = known[index].backup.identity
        if known[index].isListed { changes.renamed.append(old) } else { changes.returned.append(known[index]) }
        known[index].goneAt = nil
        known[index].backup.identity = entry.identity
        update(index, entry, mustWrite: true)
        return true
    }

    mutating func add(_ entry: Backup) {
        var new = KnownBackup(entry)
        if entry.status.isTerminal && entry.endOrCreation <= baseline {
            new.counted = TerminalStatuses(entry.status)
        } else {
            count(&new)
        }
        isPresent.append(true)
        known.append(new)
        changes.written.append(new)
    }

    mutating func bringBack(_ gone: KnownBackup, as entry: Backup) {
        changes.returned.append(gone)
        var gone = gone
        gone.goneAt = nil
        gone.backup.identity = entry.identity
        isPresent.append(true)
        known.append(gone)
        update(known.count - 1, entry, mustWrite: true)
    }

    /// Has known backups count as present, as they are known, though their entries cannot be read.
    mutating func spare(_ unreadable: Set<BackupIdentity>) {
        if unreadable.isEmpty { return }
        for index in known.indices where unreadable.contains(known[index].backup.identity) { isPresent[index] = true }
    }

    mutating func markGone(at now: Timestamp, newerThan oldest: Timestamp = .distantPast) {
        for index in known.indices
        where !isPresent[index] && known[index].isListed && known[index].backup.createdAt > oldest {
            known[index].goneAt = now
            changes.gone.append(known[index])
        }
    }

    private mutating func update(_ index: Int, _ entry: Backup, mustWrite: Bool = false) {
        isPresent[index] = true
        if !mustWrite, known[index].isUnchanged(by: entry) { return }
        var new = known[index]
        new.backup = entry
        new.goneAt = nil
        count(&new)
        if !known[index].isListed { changes.returned.append(known[index]) }
        known[index] = new
        changes.written.append(new)
    }

    private mutating func count(_ one: inout KnownBackup) {
        let status = TerminalStatuses(one.backup.status)
        guard !one.counted.isSuperset(of: status) else { return }
        one.counted.formUnion(status)
        if isFirst { return }
        outcomes[status: one.backup.status] += 1
        changes.news[status: one.backup.status] += 1
    }

    private func missingByOrigin() -> [Origin: [Int]] {
        let indices = known.indices.filter { !isPresent[$0] }
        // Backups that were listed until now come first.
        return Dictionary(grouping: indices.filter { known[$0].isListed } + indices.filter { !known[$0].isListed }) {
            Origin(createdAt: known[$0].backup.createdAt, type: known[$0].backup.type)
        }
    }
}

extension KnownBackup {
    /// Whether an entry of the list says nothing new of the backup.
    fileprivate func isUnchanged(by entry: Backup) -> Bool {
        backup == entry && isListed && counted.isSuperset(of: TerminalStatuses(entry.status))
    }
}
