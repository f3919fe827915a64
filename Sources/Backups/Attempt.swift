/// A known backup as judging sees it: without its identity, so that a copy costs no more than its bytes.
package struct Attempt: Equatable, Sendable {
    package let status: BackupStatus
    package var type: BackupType
    /// The time at which the backup was initiated.
    package let createdAt: Timestamp
    /// The time at which the backup ended; nil before that, or if the API does not say.
    package let completedAt: Timestamp?
    /// The size in bytes; nil if the API does not say.
    package let size: Int64?
    /// When a list first lacked the backup; nil while it is listed.
    let goneAt: Timestamp?

    init(_ known: KnownBackup) {
        status = known.backup.status
        type = known.backup.type
        createdAt = known.backup.createdAt
        completedAt = known.backup.completedAt
        size = known.backup.size
        goneAt = known.goneAt
    }

    /// Whether the backup is in the list now.
    var isListed: Bool { goneAt == nil }

    /// The end, else the creation. A completed backup without an end therefore looks older than it is, never
    /// fresher.
    package var endOrCreation: Timestamp { completedAt ?? createdAt }

    /// From creation to end; nil if the end is unknown or before the creation.
    package var duration: Duration? { milliseconds.map { .milliseconds($0) } }

    /// The duration in milliseconds.
    var milliseconds: Int64? {
        completedAt.map { $0.millisecondsSince(createdAt) }.flatMap { $0 >= 0 ? $0 : nil }
    }
}

extension [KnownBackup] {
    /// The backups, newest first. If they are in this order already, this costs one comparison for each.
    var attempts: [Attempt] {
        func isNewer(_ index: Int, than other: Int) -> Bool { self[index].backup.isNewer(than: self[other].backup) }
        if indices.dropFirst().allSatisfy({ isNewer($0 - 1, than: $0) }) { return map(Attempt.init) }
        return indices.sorted(by: isNewer).map { Attempt(self[$0]) }
    }
}

extension [Attempt] {
    /// The attempts that are in the list now.
    var listed: [Attempt] { filter { $0.isListed } }
}
