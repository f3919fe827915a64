import Backups

/// The discovered addons that complete readings of the lists lacked, until they are known to be gone.
struct Absences: Sendable {
    /// The readings in a row that must lack an addon.
    static let readings = 2
    /// The same if a reading lacks more than half of the addons, which a lost permission explains as well.
    static let readingsOfMany = 3
    /// The time that these must take.
    static let patienceOfMany = Duration.seconds(600)

    private(set) var missed: [AddonKey: Missed]
    /// Whether the last complete reading lacked more than half of the addons.
    private(set) var areMany = false

    /// - Parameter known: the addons that were known before, which earlier readings can have lacked.
    init(_ known: [Addon] = []) {
        let missed = known.compactMap { addon in addon.record?.missed.map { (addon.key, $0) } }
        self.missed = Dictionary(missed, uniquingKeysWith: { $1 })
    }

    /// The earliest time at which the addons of a reading that lacked many can be gone.
    var confirmAt: Timestamp? { areMany ? missed.values.map { $0.since + Self.patienceOfMany }.max() : nil }

    /// Takes in a complete reading.
    ///
    /// - Parameters:
    ///   - missing: the discovered addons that the reading lacks.
    ///   - count: the number of discovered addons before it.
    /// - Returns: the addons that are gone, and since when they have been missing.
    mutating func read(missing: Set<AddonKey>, of count: Int, now: Timestamp) -> [AddonKey: Timestamp] {
        areMany = missing.count * 2 > count
        missed = missed.filter { missing.contains($0.key) }
        var gone: [AddonKey: Timestamp] = [:]
        for key in missing {
            // The clock may have been put back.
            let since = min(missed[key]?.since ?? now, now)
            let one = Missed(readings: (missed[key]?.readings ?? 0) + 1, since: since)
            let isEnough =
                areMany
                ? one.readings >= Self.readingsOfMany && now - since >= Self.patienceOfMany
                : one.readings >= Self.readings
            missed[key] = isEnough ? nil : one
            if isEnough { gone[key] = since }
        }
        return gone
    }
}
