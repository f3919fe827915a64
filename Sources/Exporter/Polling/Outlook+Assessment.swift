import Backups
import Freshness

extension Outlook {
    /// Slots of each type that are looked ahead at.
    private static let ahead = 6
    /// Milliseconds that are looked ahead at most.
    private static let horizon: Int64 = 2 * 86_400_000

    /// What the schedules and the history of an addon let one expect.
    ///
    /// - Parameters:
    ///   - now: the time of day.
    ///   - uptime: seconds; the same instant.
    init(_ record: AddonRecord, _ assessment: Assessment, zone: Zone, now: Timestamp, uptime: Double) {
        func uptimeOf(_ instant: Timestamp) -> Double {
            uptime + Double(instant.millisecondsSince(now)) / 1000
        }
        var expected: [Expected] = []
        if !record.isPaused {
            expected = assessment.unfinished.map { unfinished in
                let durations = assessment.learned(unfinished.type).durations.sorted
                return Expected(
                    from: uptimeOf(unfinished.since), lag: Spread(durations.map { Double($0) / 1000 }),
                    isRunning: true)
            }
            for slots in assessment.slots {
                let lag = Spread(slots.lags.map { Double($0) / 1000 })
                let calendar = (record.schedules ?? []).calendar(of: slots.type, zone: zone)
                let after = max(record.lastObserved ?? now, now.adding(milliseconds: -Self.horizon))
                let coming = calendar.slots(after: after, through: now.adding(milliseconds: Self.horizon))
                expected += (slots.pending + coming.prefix(Self.ahead)).map { Expected(from: uptimeOf($0), lag: lag) }
            }
        }
        self.init(
            expected: expected, lastEnd: assessment.lastEnd.map(uptimeOf), isNewestFirst: record.isNewestFirst)
    }
}

extension AddonRecord {
    /// The next slot of each type after an instant, in the order of types; none of a paused addon.
    func due(after now: Timestamp, zone: Zone) -> [NextDue] {
        guard !isPaused, let schedules else { return [] }
        return BackupType.scheduled.compactMap { type in
            schedules.calendar(of: type, zone: zone).next(after: now)
                .map { NextDue(type: type, slot: $0) }
        }
    }
}
