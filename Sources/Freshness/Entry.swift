import Backups

/// What the plan knows of one addon.
struct Entry: Sendable {
    /// Seconds between two polls of an addon for an expected end at least; twice as many after each fruitless poll.
    private static let shortestGap = 15.0
    /// Seconds between the beginnings of two polls for webhooks at least.
    private static let hintGap = 15.0
    /// Polls for webhooks in a row that may show nothing new before the gap between them doubles with each further one.
    private static let freeHints = 3
    /// Seconds that are given to a backup beyond what it took before: none takes exactly as long as the last.
    private static let settle = 2.0
    /// A backup that takes longer than any before is polled again after this part of its age.
    static let overdueShare = 0.4
    /// An addon that is seen idle after this part of the past durations has ended its backup, rather than not begun.
    private static let idleShare = 0.5

    /// Whether a poll ever worked, by this plan or an earlier one.
    var wasPolled = false
    /// When the last poll that worked was sent, in seconds of uptime: a later change is not known.
    var lastPoll = -Double.infinity
    /// Polls in a row that failed.
    var failures = 0

    var outlook = Outlook()
    /// Polls in a row that were sent for an expected end and showed nothing new.
    private(set) var fruitless = 0
    /// Polls in a row that were sent for a webhook and showed nothing new.
    private(set) var fruitlessHints = 0
    /// When the last poll for a webhook was sent, in seconds of uptime.
    var lastHintPoll = -Double.infinity

    /// When the next poll for a webhook may be sent, in seconds of uptime: a flood of events about one addon must not
    /// spend what other addons need.
    var nextHintPoll: Double {
        lastHintPoll + Self.hintGap.doubled(max(0, fruitlessHints - Self.freeHints), atMost: 4)
    }

    /// Whether the sentinel saw the addon being backed up or restored when it last looked.
    private(set) var isBusy = false
    /// When the sentinel first and last saw it so, in seconds of uptime.
    var busySince = -Double.infinity
    private var busyAt = -Double.infinity

    /// When the first expected backup begins, in seconds of uptime; infinity if none is expected.
    var nextExpected: Double { outlook.expected.first?.from ?? .infinity }

    /// Takes over what the sentinel saw.
    mutating func saw(isBusy: Bool, now: Double) {
        self.isBusy = isBusy
        if isBusy { busyAt = now }
    }

    /// Takes over what a poll brought. Returns whether it showed the end of a backup.
    ///
    /// - Parameter outlook: nil if it is as before.
    mutating func learn(_ outlook: Outlook?, _ reason: PollReason) -> Bool {
        let (old, new) = (self.outlook, outlook ?? self.outlook)
        self.outlook = new
        let hasEnd = new.lastEnd != nil && new.lastEnd != old.lastEnd
        let (first, oldFirst) = (new.expected.first, old.expected.first)
        if hasEnd || first?.from != oldFirst?.from || first?.isRunning != oldFirst?.isRunning {
            fruitless = 0
            fruitlessHints = 0
        } else if reason == .slot {
            fruitless += 1
        } else if reason == .webhook {
            fruitlessHints += 1
        }
        return hasEnd
    }

    /// When a poll should show the end of the backup that ends first, in seconds of uptime; nil if none is expected.
    ///
    /// - Parameters:
    ///   - isTrusted: whether a webhook will report the end, so that a poll can wait for it a while.
    ///   - patience: see `Census`; so is `slack`.
    func pollTime(isTrusted: Bool, patience: Double, slack: Double) -> Double? {
        var time = Double.infinity
        for expected in outlook.expected where expected.from < time {
            time = min(time, pollTime(expected, isTrusted: isTrusted, patience: patience, slack: slack))
        }
        return time < .infinity ? time : nil
    }

    private func pollTime(
        _ expected: Outlook.Expected, isTrusted: Bool, patience: Double, slack: Double
    ) -> Double {
        let looked = lastKnownRunning(expected)
        var time: Double
        if let lag = Rest(expected, after: looked).quantile(patience) {
            time = expected.from + lag * (1 + slack) + Self.settle
        } else {
            // Longer than any before: with growing gaps.
            time = looked + max(Self.shortestGap, (looked - expected.from) * Self.overdueShare)
        }
        if isTrusted { time = max(time, expected.from + expected.lag.longest * 1.25 + 60) }
        guard lastPoll >= expected.from else { return time }
        return max(time, lastPoll + Self.shortestGap.doubled(fruitless, atMost: 9))
    }

    /// The last time at which an expected backup had surely not ended, in seconds of uptime.
    func lastKnownRunning(_ expected: Outlook.Expected) -> Double {
        max(expected.from, lastPoll, isBusy ? busyAt : -.infinity)
    }

    /// When the first of the expected backups will have ended, as likely as not, in seconds of uptime; nil if none is
    /// expected.
    var estimatedEnd: Double? {
        outlook.expected.map { expected in
            let looked = lastKnownRunning(expected)
            return Rest(expected, after: looked).quantile(0.5).map { expected.from + $0 } ?? looked
        }.min()
    }

    /// Whether a backup that runs now is one that is due, or known to run.
    func isExpected(now: Double) -> Bool {
        outlook.expected.contains { $0.from <= now && now <= $0.from + 2 * $0.lag.longest + 60 }
    }

    /// Whether an addon that is idle has ended its backup by now, by the past durations. True once for each backup.
    func hasProbablyEnded(now: Double) -> Bool {
        fruitless == 0
            && outlook.expected.contains { expected in
                expected.isRunning
                    || expected.from > lastPoll && expected.lag.share(within: now - expected.from) >= Self.idleShare
            }
    }
}
