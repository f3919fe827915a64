import Freshness

/// The facts that a poller has learned about one addon from its polls alone.
struct Memory {
    /// All runs before this one were seen to end.
    private var known = 0
    /// Runs that had started by the last poll.
    private var listed = 0
    private var schedules: [World.Schedule] = []
    private var lastPoll = -Double.infinity
    private var lastEnd: Double?

    /// Applies the result of a poll at this time. Calls back for each end that was not seen before.
    mutating func observe(_ addon: World.Addon, at time: Double, isSeen: (Int) -> Bool, see: (Int) -> Void) {
        lastPoll = time
        while listed < addon.runs.count, addon.runs[listed].start <= time { listed += 1 }
        for run in known..<max(known, listed) where addon.runs[run].end <= time && !isSeen(run) {
            lastEnd = max(lastEnd ?? -.infinity, addon.runs[run].end)
            see(run)
        }
        while known < listed, addon.runs[known].end <= time { known += 1 }
    }

    mutating func readSchedules(_ addon: World.Addon) { schedules = addon.schedules }

    /// The expectations, from the runs that were seen.
    func outlook(_ addon: World.Addon) -> Outlook {
        var expected: [Outlook.Expected] = []
        for run in known..<max(known, listed) where addon.runs[run].end > lastPoll {
            let spread = spread(addon, addon.runs[run].kind, fromSlot: nil)
            expected.append(.init(from: addon.runs[run].start, lag: spread, isRunning: true))
        }
        for schedule in schedules {
            let lag = spread(addon, schedule.kind, fromSlot: schedule)
            let newest = addon.runs[..<listed].last { $0.kind == schedule.kind }?.start ?? -.infinity
            var slot = schedule.slot(until: lastPoll)
            // A slot is filled by a later backup, and given up after a while.
            if newest >= slot || lastPoll - slot > max(1800, 2 * lag.longest) { slot += schedule.period }
            for _ in 0..<4 {
                expected.append(.init(from: slot, lag: lag))
                slot += schedule.period
            }
        }
        return Outlook(expected: expected, lastEnd: lastEnd)
    }

    /// The durations of the last backups of a kind that were seen to complete.
    private func spread(_ addon: World.Addon, _ kind: World.Kind, fromSlot schedule: World.Schedule?) -> Spread {
        var lags: [Double] = []
        for run in addon.runs[..<listed].reversed()
        where run.kind == kind && !run.isFailure && run.end <= lastPoll {
            var from = run.start
            if let slot = schedule?.slot(until: run.start), run.start - slot <= 600 { from = slot }
            lags.append(run.end - from)
            if lags.count == Spread.window { break }
        }
        return Spread(lags)
    }
}
