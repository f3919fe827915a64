/// The series to which a backup belongs. The backup's texts and its hash depend on it.
enum BackupKind: Sendable, Hashable {
    case dailyDump, weeklyDump, hourlySnapshot, weeklySnapshot, fileUpload, externalDump
    /// The series of an addon with a fixed number of backups.
    case hourlyDump
    /// Made by hand.
    case manual(ManualBackup.Kind)

    /// The prefix of the backups' ids.
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

    /// The prefix of the backups' display names.
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

    /// The `backupType` of its schedule; nil for a series without a schedule.
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

    /// Distinguishes the hashes of an addon's series. 0 is the addon's first series, the source of its restores.
    var number: UInt64 {
        switch self {
        case .dailyDump, .weeklyDump, .hourlyDump, .fileUpload, .externalDump: 0
        case .hourlySnapshot, .weeklySnapshot: 1
        case .manual: 2
        }
    }
}
