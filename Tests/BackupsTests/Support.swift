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
