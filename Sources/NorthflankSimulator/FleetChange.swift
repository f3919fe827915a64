/// A change by hand of the generated fleet while it runs.
enum FleetChange: Sendable {
    /// Addons, named as `project/addon`, get another personality.
    case personalities([String: Personality])
    /// A backup is made by hand.
    case backup(project: String, addon: String, ManualBackup)
    /// A backup is deleted from the list, by its id or uid.
    case deletion(project: String, addon: String, id: String)
}

/// A backup by hand.
package struct ManualBackup: Sendable, Equatable {
    /// The type of the backup.
    package enum Kind: String, Sendable {
        /// A dump.
        case dump
        /// A snapshot.
        case snapshot
        /// An imported dump, which does not come from the addon.
        case imported = "import"
    }

    /// The outcome of the backup.
    package enum Status: String, Sendable {
        /// Completes, with the given size if any.
        case completed
        /// Fails.
        case failed
        /// Is aborted.
        case aborted
        /// Never ends.
        case inProgress = "in-progress"
    }

    /// The outcome of the backup.
    package var status: Status
    /// The type of the backup.
    package var kind: Kind
    /// Seconds until the backup ends, not divided by the time scale. Ignored if the backup never ends.
    package var seconds: Double
    /// The size in bytes after completion; nil if the list leaves it out.
    package var size: Int64?

    /// By default a completed dump with a duration of 0.
    package init(
        status: Status = .completed, kind: Kind = .dump, seconds: Double = 0, size: Int64? = nil
    ) {
        self.status = status
        self.kind = kind
        self.seconds = seconds
        self.size = size
    }
}

/// The reason for which a change of the fleet is refused. A refused change has no effect.
package enum FleetRefusal: Error, Equatable, CustomStringConvertible {
    /// The addon does not exist; the text is `project/addon`.
    case unknownAddon(String)
    /// The addon lists no backup with this id or uid.
    case unknownBackup(String)
    /// A duration or size is out of range.
    case outOfRange(String)
    /// Addons with a fixed number of backups have no personality.
    case fixedBackups
    /// A fixed fleet cannot be changed.
    case fixedFleet

    package var description: String {
        switch self {
        case .unknownAddon(let name): "unknown addon \(name)"
        case .unknownBackup(let id): "unknown backup \(id)"
        case .outOfRange(let name): "\(name) is out of range"
        case .fixedBackups: "addons with a fixed number of backups have no personality"
        case .fixedFleet: "a fleet written by hand does not change"
        }
    }

    /// The HTTP status of the refusal.
    var status: Int {
        switch self {
        case .unknownAddon, .unknownBackup: 404
        case .outOfRange, .fixedBackups, .fixedFleet: 400
        }
    }
}
