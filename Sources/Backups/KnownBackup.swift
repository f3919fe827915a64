extension BackupStatus {
    /// Whether the backup has ended, successfully or not. An unknown word does not count as an end.
    package var isTerminal: Bool {
        switch self {
        case .completed, .failed, .aborted, .notSupported: true
        case .scheduled, .inProgress, .aborting, .unknown: false
        }
    }
}

/// A set of terminal statuses.
package struct TerminalStatuses: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    package static let completed = TerminalStatuses(rawValue: 1)
    package static let failed = TerminalStatuses(rawValue: 2)
    package static let aborted = TerminalStatuses(rawValue: 4)
    package static let notSupported = TerminalStatuses(rawValue: 8)

    /// The set that contains only this status; empty if it is not terminal.
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

/// A backup as it was last seen in an addon's list, with the outcomes that were counted for it.
package struct KnownBackup: Equatable, Sendable {
    package var backup: Backup
    /// The terminal statuses that must not be counted again, because they were counted or belong to the baseline.
    package var counted: TerminalStatuses
    /// The time at which a whole list first lacked the backup; nil while it is listed.
    package var goneAt: Timestamp?

    package init(_ backup: Backup, counted: TerminalStatuses = [], goneAt: Timestamp? = nil) {
        self.backup = backup
        self.counted = counted
        self.goneAt = goneAt
    }

    package var isListed: Bool { goneAt == nil }
}
