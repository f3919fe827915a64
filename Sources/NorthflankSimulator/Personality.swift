/// What kind of life an addon leads.
enum Personality: String, Sendable, CaseIterable {
    /// A daily dump that always completes.
    case healthy
    /// A daily dump and an hourly snapshot: two pages of backups.
    case hourly
    /// A daily dump and a weekly snapshot.
    case weekly
    /// Healthy, but a dump takes five hours.
    case slow
    /// Healthy, but sizes are `"0"` or absent.
    case sizeless
    /// Healthy, but the dumps have begun to grow by an eighth a day.
    case growing
    /// Healthy, but the addon's own status is `paused`.
    case paused
    /// The last runs failed, and nearly all to come will.
    case failing
    /// Two runs in five fail or are aborted.
    case flaky
    /// A run has been in progress for days; no other starts until it is aborted.
    case stuck
    /// There is a schedule, and no backup has ever been made.
    case neverBackedUp = "never-backed-up"
    /// Neither a schedule nor a backup.
    case unscheduled
    /// Only uploads and imported dumps.
    case importsOnly = "imports-only"
    /// Every backup ends as `not-supported`.
    case unsupported

    /// The personality of an addon beyond the named ones: five in six are healthy.
    static func drawn(from hash: inout SplitMix64) -> Personality {
        let value = hash.unit()
        let healthy: [Personality] = [.healthy, .healthy, .healthy, .hourly, .weekly, .slow]
        let other: [Personality] = [
            .sizeless, .growing, .paused, .failing, .flaky, .stuck, .neverBackedUp, .unscheduled,
            .importsOnly, .unsupported,
        ]
        return value < 5.0 / 6 ? healthy[hash.below(healthy.count)] : other[hash.below(other.count)]
    }

    /// The schedules and imports of an addon of this personality.
    func streams(hash: inout SplitMix64) -> [BackupStream] {
        let dump = BackupStream.daily(hash: &hash)
        switch self {
        case .healthy, .sizeless, .growing, .paused, .failing, .flaky, .stuck, .unsupported,
            .neverBackedUp:
            return [dump]
        case .slow:
            var slow = dump
            slow.duration = 5 * 3600
            return [slow]
        case .hourly: return [dump, .hourly(hash: &hash)]
        case .weekly: return [dump, .weekly(hash: &hash)]
        case .importsOnly: return [.imports(hash: &hash)]
        case .unscheduled: return []
        }
    }
}
