import Backups
import Freshness

extension Outlook {
    /// The number of expected slots of each type.
    private static let ahead = 6
    /// How far ahead, and how far back, slots are expected.
    private static let horizon = Duration.seconds(2 * 86_400)

    /// The plan's expectations from the schedules and the history of an addon; nil before the first observation.
    init?(_ addon: Addon, zone: Zone, now: Instant) {
        guard let record = addon.record, let assessment = addon.assessment else { return nil }
        var expected: [Expected] = []
        if !record.isPaused {
            expected = assessment.unfinished.map { unfinished in
                let durations = unfinished.durations.sorted
                return Expected(
                    from: now.uptime(of: unfinished.since), lag: Spread(durations.map(\.seconds)), isRunning: true)
            }
            for slots in assessment.slots {
                let lag = Spread(slots.lags.sorted.map(\.seconds))
                let calendar = (record.schedules ?? []).calendar(of: slots.type, zone: zone)
                let after = max(record.lastObserved ?? now.wall, now.wall - Self.horizon)
                let coming = calendar.slots(after: after, through: now.wall + Self.horizon)
                expected += (slots.pending + coming.prefix(Self.ahead)).map {
                    Expected(from: now.uptime(of: $0), lag: lag)
                }
            }
        }
        self.init(expected: expected, lastEnd: assessment.lastEnd.map(now.uptime(of:)))
    }
}
