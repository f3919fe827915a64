extension BackupStatus {
    /// Whether the backup has ended, well or not. A word that we do not know is no end.
    package var isTerminal: Bool {
        switch self {
        case .completed, .failed, .aborted, .notSupported: true
        case .scheduled, .inProgress, .aborting, .unknown: false
        }
    }
}

/// Some of the terminal statuses.
package struct TerminalStatuses: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let completed = TerminalStatuses(rawValue: 1)
    package static let failed = TerminalStatuses(rawValue: 2)
    package static let aborted = TerminalStatuses(rawValue: 4)
    package static let notSupported = TerminalStatuses(rawValue: 8)

    /// The set of this one status; empty if it is not terminal.
    package init(_ status: BackupStatus) {
        switch status {
        case .completed: self = .completed
        case .failed: self = .failed
        case .aborted: self = .aborted
        case .notSupported: self = .notSupported
        case .scheduled, .inProgress, .aborting, .unknown: self = []
        }
    }
}

/// A backup as it was last seen in an addon's list, and what became of it there.
package struct KnownBackup: Equatable, Sendable {
    package var backup: Backup
    /// The terminal statuses of it that must not be counted again: they have been, or are part of the baseline.
    package var counted: TerminalStatuses
    /// When it was first found missing in a whole list; nil while it is listed.
    package var goneAt: Timestamp?

    package init(_ backup: Backup, counted: TerminalStatuses = [], goneAt: Timestamp? = nil) {
        self.backup = backup
        self.counted = counted
        self.goneAt = goneAt
    }

    package var isListed: Bool { goneAt == nil }
}
