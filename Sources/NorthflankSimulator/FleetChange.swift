/// What somebody does to the generated fleet while it runs.
enum FleetChange: Sendable {
    /// Addons, as `project/addon`, take on another personality.
    case personalities([String: Personality])
    /// A backup is made by hand.
    case backup(project: String, addon: String, ManualBackup)
    /// A backup is deleted from the list, by its id or uid.
    case deletion(project: String, addon: String, id: String)
}

/// A backup by hand.
package struct ManualBackup: Sendable, Equatable {
    /// What it is.
    package enum Kind: String, Sendable {
        /// Of type `dump`.
        case dump
        /// Of type `snapshot`.
        case snapshot
        /// An imported dump, which is not the addon's own.
        case imported = "import"
    }

    /// How it ends.
    package enum Status: String, Sendable {
        /// With a size, if one is given.
        case completed
        /// In failure.
        case failed
        /// By somebody's hand.
        case aborted
        /// Never.
        case inProgress = "in-progress"
    }

    /// How it ends.
    package var status: Status
    /// What it is.
    package var kind: Kind
    /// Seconds until it ends, which no time scale divides; of no meaning to one that never does.
    package var seconds: Double
    /// Its size in bytes once completed; without one the list leaves it out.
    package var size: Int64?

    /// A completed dump that takes no time, unless told otherwise.
    package init(
        status: Status = .completed, kind: Kind = .dump, seconds: Double = 0, size: Int64? = nil
    ) {
        self.status = status
        self.kind = kind
        self.seconds = seconds
        self.size = size
    }
}

/// Why a change of the fleet is refused; then nothing has changed.
package enum FleetRefusal: Error, Equatable, CustomStringConvertible {
    /// There is no such addon; the text is `project/addon`.
    case unknownAddon(String)
    /// The addon lists no backup with this id or uid.
    case unknownBackup(String)
    /// A duration or size is out of range.
    case outOfRange(String)
    /// A fixed number of backups leaves no room for personalities.
    case fixedBackups
    /// A fleet written by hand does not change.
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

    /// The HTTP status that says so.
    var status: Int {
        switch self {
        case .unknownAddon, .unknownBackup: 404
        case .outOfRange, .fixedBackups, .fixedFleet: 400
        }
    }
}
