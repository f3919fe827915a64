import Backups
import Settings

/// The discovered addons that complete readings of the lists lacked, until they are known to be gone.
struct Absences: Sendable {
    /// The readings in a row that must lack an addon.
    static let readings = 2
    /// The same if a reading lacks more than half of the addons, which a lost permission explains as well.
    static let readingsOfMany = 3
    /// Seconds that these must take.
    static let patienceOfMany = 600.0

    private struct Missed {
        var readings = 0
        let since: Instant
    }

    private var missed: [AddonKey: Missed] = [:]
    /// Whether the last complete reading lacked more than half of the addons.
    private(set) var areMany = false

    /// The addons that the last complete reading lacked, and that are not gone yet.
    var count: Int { missed.count }

    /// The earliest time at which the addons of a reading that lacked many can be gone.
    var confirmAt: Timestamp? {
        areMany ? missed.values.map { $0.since.wall + .seconds(Self.patienceOfMany) }.max() : nil
    }

    /// Takes in a complete reading.
    ///
    /// - Parameters:
    ///   - missing: the discovered addons that the reading lacks.
    ///   - count: the number of discovered addons before it.
    /// - Returns: the addons that are gone, and since when they have been missing.
    mutating func read(missing: Set<AddonKey>, of count: Int, now: Instant) -> [AddonKey: Timestamp] {
        areMany = missing.count * 2 > count
        missed = missed.filter { missing.contains($0.key) }
        var gone: [AddonKey: Timestamp] = [:]
        for key in missing {
            var one = missed[key] ?? Missed(since: now)
            one.readings += 1
            let isEnough =
                areMany
                ? one.readings >= Self.readingsOfMany && now.uptime - one.since.uptime >= Self.patienceOfMany
                : one.readings >= Self.readings
            missed[key] = isEnough ? nil : one
            if isEnough { gone[key] = one.since.wall }
        }
        return gone
    }
}
