import SplitMix64

/// The behaviour of an addon's backups. A personality without schedules of its own keeps the addon's schedules, or adds
/// a daily dump if the addon has none.
package enum Personality: String, Sendable, CaseIterable {
    /// Every run completes.
    case healthy
    /// A daily dump and an hourly snapshot: two pages of backups.
    case hourly
    /// A daily dump and a weekly snapshot.
    case weekly
    /// A daily schedule with two hours.
    case twiceDaily = "twice-daily"
    /// A daily dump and an hourly schedule with two minutes.
    case halfHourly = "half-hourly"
    /// A weekly schedule with five days.
    case workdays
    /// Healthy, but a dump takes five hours.
    case slow
    /// Healthy, but sizes are `"0"` or absent.
    case sizeless
    /// Healthy, but each dump is an eighth larger than the previous one.
    case growing
    /// Healthy, but the addon's own status is `paused`.
    case paused
    /// The last runs failed, and nearly all later runs fail.
    case failing
    /// Two runs in five fail or are aborted.
    case flaky
    /// A run is in progress for days, and no other starts until it is aborted.
    case stuck
    /// A run stays in progress forever, and no other starts.
    case hung
    /// The schedule exists, but no more backups are made.
    case missed
    /// Runs complete, but at a twentieth of their previous size.
    case shrunk
    /// Runs complete, but with size `"0"`, unlike before.
    case emptied
    /// A schedule, but no backup.
    case neverBackedUp = "never-backed-up"
    /// No schedule and no backup.
    case unscheduled
    /// Only uploads and imported dumps.
    case importsOnly = "imports-only"
    /// Every backup ends as `not-supported`.
    case unsupported

    /// The personality of a numbered addon: five in six are healthy.
    static func drawn(from hash: inout SplitMix64) -> Personality {
        let value = hash.unit()
        let healthy: [Personality] = [
            .healthy, .healthy, .healthy, .hourly, .weekly, .slow, .twiceDaily, .halfHourly, .workdays,
        ]
        let other: [Personality] = [
            .sizeless, .growing, .paused, .failing, .flaky, .stuck, .neverBackedUp, .unscheduled,
            .importsOnly, .unsupported, .missed, .shrunk, .hung, .emptied,
        ]
        return value < 5.0 / 6 ? healthy[hash.below(healthy.count)] : other[hash.below(other.count)]
    }

    /// The streams of an addon that has this personality from the start.
    func streams(hash: inout SplitMix64) -> [BackupStream] {
        let dump = BackupStream.daily(hash: &hash)
        switch self {
        case .hourly: return [dump, .hourly(hash: &hash)]
        case .weekly: return [dump, .weekly(hash: &hash)]
        case .twiceDaily: return [dump.twiceDaily]
        case .halfHourly: return [dump, .hourly(hash: &hash).halfHourly]
        case .workdays: return [dump.workdays]
        case .importsOnly: return [.imports(hash: &hash)]
        case .unscheduled: return []
        default: return [dump]
        }
    }

    /// The streams of an addon that gets this personality and had the streams `current` before.
    func streams(after current: [BackupStream], hash: SplitMix64) -> [BackupStream] {
        switch self {
        case .hourly, .weekly, .twiceDaily, .halfHourly, .workdays, .importsOnly, .unscheduled:
            break
        default:
            if current.contains(where: { $0.kind.backupType != nil }) { return current }
        }
        var hash = hash
        return streams(hash: &hash)
    }
}
