/// The state of a backup as the API reports it. The seven documented words, and `unknown` for any other: a
/// new word is not an error.
package enum BackupStatus: UInt8, CaseIterable, Sendable {
    case scheduled, inProgress, completed, aborting, aborted, failed, notSupported, unknown

    /// The API's word for it, which is the value of the label `status` too.
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

    /// Whether the backup still has to end.
    package var isUnfinished: Bool {
        self == .scheduled || self == .inProgress || self == .aborting
    }
}

/// How a backup came to be, from `config.source.type` of the API.
package enum BackupType: UInt8, CaseIterable, Sendable {
    /// A disk snapshot; stored incrementally, so its size is a difference.
    case snapshot
    /// A dump of the addon itself (`sameAddon`, `liveInstance`).
    case dump
    /// Data brought in from outside (`fileUpload`, `externalDump`); says nothing about the addon's own
    /// protection.
    case imported
    /// No source, or one that is not documented.
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

    /// - Parameter source: the value of `config.source.type`, nil if there is none.
    package init(source: String?) {
        switch source {
        case "snapshot": self = .snapshot
        case "sameAddon", "liveInstance": self = .dump
        case "fileUpload", "externalDump": self = .imported
        default: self = .unknown
        }
    }
}

/// One entry of an addon's list of backups: what is needed of it, and no more.
package struct Backup: Equatable, Sendable {
    /// `uid`, else `id`: what tells two entries apart.
    package var identity: String
    package var status: BackupStatus
    package var type: BackupType
    /// When the backup was initiated.
    package var createdAt: Timestamp
    /// When it ended; nil while it has not, or if the API does not say.
    package var completedAt: Timestamp?
    /// Bytes; nil if the API does not say.
    package var size: Int64?

    package init(
        identity: String, status: BackupStatus, type: BackupType,
        createdAt: Timestamp, completedAt: Timestamp? = nil, size: Int64? = nil
    ) {
        self.identity = identity
        self.status = status
        self.type = type
        self.createdAt = createdAt
        self.completedAt = completedAt
        self.size = size
    }

    /// The end, else the creation. For a completed backup without an end this is the cautious answer: it
    /// makes a backup look older, never fresher.
    package var endOrCreation: Timestamp { completedAt ?? createdAt }

    /// From creation to end; nil if the end is not known, or lies before the creation.
    package var duration: Duration? {
        completedAt.map { $0 - createdAt }.flatMap { $0 >= .zero ? $0 : nil }
    }

    /// Whether this one was initiated later than `other`. Equal creations are told apart by their ends and
    /// then by identity, so that the order of the list never matters.
    package func isNewer(than other: Backup) -> Bool {
        if createdAt != other.createdAt { return createdAt > other.createdAt }
        if endOrCreation != other.endOrCreation { return endOrCreation > other.endOrCreation }
        return identity > other.identity
    }
}
