/// The completed restore of an addon that ended last, and the backup that it proved.
package struct CompletedRestore: Equatable, Sendable {
    package var end: Timestamp
    /// Nil if the API does not say both start and end.
    package var duration: Duration?
    /// The `id` or the `uid` of the backup; nil if the API does not say.
    package var backup: String?
    /// The creation of the backup; nil if it is not known.
    package var backupCreatedAt: Timestamp?
    /// Whether the lists of backups have not been searched for the backup yet. An `id` alone is not kept of backups.
    package var isBackupSought: Bool

    package init(
        end: Timestamp, duration: Duration? = nil, backup: String? = nil, backupCreatedAt: Timestamp? = nil,
        isBackupSought: Bool? = nil
    ) {
        self.end = end
        self.duration = duration
        self.backup = backup
        self.backupCreatedAt = backupCreatedAt
        self.isBackupSought = isBackupSought ?? (backup != nil && backupCreatedAt == nil)
    }

    /// The restore that ended last of two, with what is known of its backup.
    func merged(with known: CompletedRestore?) -> CompletedRestore {
        guard let known, known.backup == backup else {
            // A completed restore stays proof when the list no longer contains it.
            return known.map { $0.end > end ? $0 : self } ?? self
        }
        var latest = known.end > end ? known : self
        (latest.backupCreatedAt, latest.isBackupSought) = (known.backupCreatedAt, known.isBackupSought)
        return latest
    }
}

/// The result of searching a list of backups for one.
package struct SoughtBackup: Equatable, Sendable {
    /// The `id` or the `uid`.
    package var name: String
    /// Nil if the list does not have the backup.
    package var createdAt: Timestamp?

    package init(name: String, createdAt: Timestamp?) {
        self.name = name
        self.createdAt = createdAt
    }
}

extension AddonRecord {
    /// The backup that the next list of backups is searched for; nil if none is.
    package var soughtBackup: String? {
        lastCompletedRestore.flatMap { $0.isBackupSought ? $0.backup : nil }
    }

    /// Finds the backup of the last restore, if its name is the identity of a known backup.
    package mutating func seekRestored(among known: [KnownBackup]) {
        func creation(of name: String) -> Timestamp? {
            let identity = BackupIdentity(name)
            return known.indices.first { known[$0].backup.identity == identity }.map { known[$0].backup.createdAt }
        }
        if let name = soughtBackup, let created = creation(of: name) {
            lastCompletedRestore?.backupCreatedAt = created
            lastCompletedRestore?.isBackupSought = false
        }
        noteRestored(creation)
    }

    /// Takes in the result of searching a list. A backup that a whole list does not have was deleted before.
    package mutating func take(sought: SoughtBackup?, isWhole: Bool) {
        guard let sought, sought.name == soughtBackup, isWhole || sought.createdAt != nil else { return }
        lastCompletedRestore?.backupCreatedAt = sought.createdAt
        lastCompletedRestore?.isBackupSought = false
    }
}
