/// The status of a backup as the API reports it: the seven documented words, and `unknown` for any other word,
/// because a new word is not an error.
package enum BackupStatus: UInt8, CaseIterable, Sendable {
    case scheduled, inProgress, completed, aborting, aborted, failed, notSupported, unknown

    /// The API's word, which is also the value of the label `status`.
    package var word: String {
        switch self {
        case .scheduled: "scheduled"
        case .inProgress: "in-progress"
        case .completed: "completed"
        case .aborting: "aborting"
        case .aborted: "aborted"
        case .failed: "failed"
        case .notSupported: "not-supported"
        case .unknown: "unknown"
        }
    }

    package init(word: String) {
        self = Self.allCases.first { $0.word == word } ?? .unknown
    }

    /// Whether the backup has not ended.
    package var isUnfinished: Bool {
        self == .scheduled || self == .inProgress || self == .aborting
    }
}

/// The origin of a backup, from `config.source.type` of the API.
package enum BackupType: UInt8, CaseIterable, Sendable {
    /// A disk snapshot. Northflank stores it incrementally, so its size is a difference.
    case snapshot
    /// A dump of the addon itself (`sameAddon`, `liveInstance`).
    case dump
    /// Data imported from outside (`fileUpload`, `externalDump`), which does not protect the addon.
    case imported
    /// No source, or an undocumented source.
    case unknown

    /// The value of the label `type`.
    package var label: String {
        switch self {
        case .snapshot: "snapshot"
        case .dump: "dump"
        case .imported: "import"
        case .unknown: "unknown"
        }
    }

    /// - Parameter source: the value of `config.source.type`; nil if absent.
    package init(source: String?) {
        switch source {
        case "snapshot": self = .snapshot
        case "sameAddon", "liveInstance": self = .dump
        case "fileUpload", "externalDump": self = .imported
        default: self = .unknown
        }
    }
}

/// One entry of an addon's list of backups, reduced to the fields that the exporter needs.
package struct Backup: Equatable, Sendable {
    package var identity: BackupIdentity
    package var status: BackupStatus
    package var type: BackupType
    /// The time at which the backup was initiated.
    package var createdAt: Timestamp
    /// The time at which the backup ended; nil before that, or if the API does not say.
    package var completedAt: Timestamp?
    /// The size in bytes; nil if the API does not say.
    package var size: Int64?
    /// The version of the addon's software, such as `16.4`; nil if the API does not say.
    package var version: String?

    package init(
        identity: BackupIdentity, status: BackupStatus, type: BackupType,
        createdAt: Timestamp, completedAt: Timestamp? = nil, size: Int64? = nil, version: String? = nil
    ) {
        self.identity = identity
        self.status = status
        self.type = type
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.size = size
        self.version = version
    }

    /// The end, else the creation.
    package var endOrCreation: Timestamp { completedAt ?? createdAt }

    /// Whether this backup was initiated later than `other`. Backups with equal creations are ordered by their ends
    /// and then by identity, so that the order of the list never matters.
    package func isNewer(than other: Backup) -> Bool {
        if createdAt != other.createdAt { return createdAt > other.createdAt }
        if endOrCreation != other.endOrCreation { return endOrCreation > other.endOrCreation }
        return identity > other.identity
    }
}
