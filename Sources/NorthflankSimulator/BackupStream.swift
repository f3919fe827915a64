/// A series of backups of one addon: what a schedule makes, or imports by hand. All times are real ones,
/// before the time scale divides them.
struct BackupStream: Sendable, Equatable {
    /// How often a run starts.
    enum Interval: String, Sendable {
        case hourly, daily, weekly

        var seconds: Double {
            switch self {
            case .hourly: 3600
            case .daily: 86_400
            case .weekly: 604_800
            }
        }
    }

    /// The slug that the ids begin with.
    var slug: String
    /// What the display names begin with.
    var title: String
    /// `dump` or `snapshot`; nil for imports, which have no schedule.
    var backupType: String?
    /// `config.source.type`.
    var source: String
    var interval: Interval
    var minute: Int
    var hour: Int
    /// Day of the week; 0 is Monday.
    var day: Int
    var retentionDays: Int
    /// Seconds that a run takes, give or take a quarter.
    var duration: Double
    /// Size of a run, give or take a twentieth.
    var bytes: Double

    /// Seconds from 1970 to the first run. 1970 began on a Thursday, so its first Monday is day 4.
    var offset: Double {
        switch interval {
        case .hourly: Double(minute * 60)
        case .daily: Double(hour * 3600 + minute * 60)
        case .weekly: Double((4 + day) % 7 * 86_400 + hour * 3600 + minute * 60)
        }
    }

    /// The schedule as the API shows it, or nil for imports.
    func schedule(createdAt: String) -> SimulatedSchedule? {
        guard let backupType else { return nil }
        return SimulatedSchedule(
            id: slug, backupType: backupType, interval: interval.rawValue, minute: [minute],
            hour: interval == .hourly ? [] : [hour], day: interval == .weekly ? [day] : [],
            retentionDays: retentionDays, createdAt: createdAt
        )
    }

    static func daily(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            slug: "daily-dump", title: "Daily dump", backupType: "dump", source: "sameAddon",
            interval: .daily, minute: hash.below(12) * 5, hour: hash.below(24), day: 0,
            retentionDays: 30, duration: hash.number(in: 60...900),
            bytes: hash.number(in: 5e7...2e10)
        )
    }

    static func hourly(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            slug: "hourly-snapshot", title: "Hourly snapshot", backupType: "snapshot",
            source: "snapshot", interval: .hourly, minute: hash.below(12) * 5, hour: 0, day: 0,
            retentionDays: 4, duration: hash.number(in: 20...120),
            bytes: hash.number(in: 1e6...5e8)
        )
    }

    static func weekly(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            slug: "weekly-snapshot", title: "Weekly snapshot", backupType: "snapshot",
            source: "snapshot", interval: .weekly, minute: hash.below(12) * 5,
            hour: hash.below(24), day: hash.below(7), retentionDays: 90,
            duration: hash.number(in: 60...600), bytes: hash.number(in: 1e8...5e9)
        )
    }

    static func imports(hash: inout SplitMix64) -> BackupStream {
        BackupStream(
            slug: "import", title: "Import", backupType: nil,
            source: hash.below(2) == 0 ? "fileUpload" : "externalDump", interval: .weekly,
            minute: hash.below(12) * 5, hour: hash.below(24), day: hash.below(7),
            retentionDays: 60, duration: hash.number(in: 60...600),
            bytes: hash.number(in: 1e8...5e9)
        )
    }
}
