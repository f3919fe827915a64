/// Which series a backup belongs to: its words and its hash depend on it.
enum BackupKind: Sendable, Hashable {
    case dailyDump, weeklyDump, hourlySnapshot, weeklySnapshot, fileUpload, externalDump
    /// Of an addon with a fixed number of backups.
    case hourlyDump
    /// Made by a person.
    case manual(ManualBackup.Kind)

    /// The slug that the ids begin with.
    var slug: String {
        switch self {
        case .dailyDump: "daily-dump"
        case .weeklyDump: "weekly-dump"
        case .hourlyDump: "hourly-dump"
        case .hourlySnapshot: "hourly-snapshot"
        case .weeklySnapshot: "weekly-snapshot"
        case .fileUpload, .externalDump: "import"
        case .manual: "manual"
        }
    }

    /// What the display names begin with.
    var title: String {
        switch self {
        case .dailyDump: "Daily dump"
        case .weeklyDump: "Weekly dump"
        case .hourlyDump: "Hourly dump"
        case .hourlySnapshot: "Hourly snapshot"
        case .weeklySnapshot: "Weekly snapshot"
        case .fileUpload, .externalDump: "Import"
        case .manual: "Manual backup"
        }
    }

    /// The `backupType` of its schedule; nil for what has no schedule.
    var backupType: String? {
        switch self {
        case .dailyDump, .weeklyDump, .hourlyDump: "dump"
        case .hourlySnapshot, .weeklySnapshot: "snapshot"
        case .fileUpload, .externalDump, .manual: nil
        }
    }

    /// `config.source.type`.
    var source: String {
        switch self {
        case .dailyDump, .weeklyDump, .hourlyDump, .manual(.dump): "sameAddon"
        case .hourlySnapshot, .weeklySnapshot, .manual(.snapshot): "snapshot"
        case .fileUpload: "fileUpload"
        case .externalDump, .manual(.imported): "externalDump"
        }
    }

    /// Sets the hashes of an addon's series apart; 0 is the addon's first series, which restores are made from.
    var number: UInt64 {
        switch self {
        case .dailyDump, .weeklyDump, .hourlyDump, .fileUpload, .externalDump: 0
        case .hourlySnapshot, .weeklySnapshot: 1
        case .manual: 2
        }
    }
}
