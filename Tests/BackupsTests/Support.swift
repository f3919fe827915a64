@testable import Backups

/// Milliseconds since the epoch, for readable tables.
func at(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

/// A backup that was created at `created`; the identity is made of it unless told.
func backup(
    _ status: BackupStatus, _ created: Int64, end: Int64? = nil, type: BackupType = .dump, size: Int64? = nil,
    id: String? = nil
) -> Backup {
    Backup(
        identity: BackupIdentity(id ?? "\(status.word)-\(created)"), status: status, type: type, createdAt: at(created),
        completedAt: end.map(at), size: size)
}

extension BackupSummary {
    /// The summary of a list in any order.
    init(of backups: [Backup]) { self.init(of: backups.map { KnownBackup($0) }.attempts) }
}

extension Attempt {
    init(_ backup: Backup) { self.init(KnownBackup(backup)) }
}

extension SlotMatching {
    /// Matches a list in any order; an outcome has the index in this list.
    static func match(slots: [Timestamp], backups: [Backup], grace: Duration, observedAt: Timestamp) -> [Outcome] {
        let order = backups.indices.sorted { backups[$1].isNewer(than: backups[$0]) }
        let creations = order.map { backups[$0].createdAt }
        return match(slots: slots, creations: creations, grace: grace, observedAt: observedAt).map { outcome in
            if case .matched(let index) = outcome { .matched(order[index]) } else { outcome }
        }
    }
}

/// All orders of a few elements.
func permutations<Element>(of elements: [Element]) -> [[Element]] {
    guard let last = elements.last else { return [[]] }
    return permutations(of: elements.dropLast()).flatMap { shorter in
        (0...shorter.count).map { position in
            var longer = shorter
            longer.insert(last, at: position)
            return longer
        }
    }
}
