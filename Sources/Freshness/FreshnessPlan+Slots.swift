package import Backups

extension FreshnessPlan {
    /// Seconds that are given to a backup beyond what it took before: nothing ends exactly as it did.
    static let settle = 2.0
    /// Seconds between two polls of an addon by the slot layer at least; twice as many after each fruitless one.
    static let askGap = 15.0
    /// A backup that takes longer than any before is asked for again after this part of its age.
    static let overdueShare = 0.4

    /// What an addon's schedules and backups let one expect has changed, without a poll.
    package mutating func expect(_ key: AddonKey, _ outlook: Outlook, now: Double) {
        guard let id = ids[key] else { return }
        entries[id].outlook = outlook
        nextExpected[id] = outlook.expected.first?.from ?? .infinity
        if pollsAgain, flights[key] == nil { planAsk(id, now: now) }
    }

    /// Takes over what a poll brought.
    mutating func learn(_ id: Int, _ outlook: Outlook?, reason: PollReason) {
        let old = entries[id].outlook
        guard let outlook else {
            if reason == .slot { entries[id].fruitless += 1 }
            return
        }
        entries[id].outlook = outlook
        nextExpected[id] = outlook.expected.first?.from ?? .infinity
        let hasEnd = outlook.lastEnd != nil && outlook.lastEnd != old.lastEnd
        let first = outlook.expected.first
        if hasEnd || first?.from != old.expected.first?.from || first?.isRunning != old.expected.first?.isRunning {
            entries[id].fruitless = 0
        } else if reason == .slot {
            entries[id].fruitless += 1
        }
        if hasEnd { countHint(id) }
    }

    /// Sets when the slot layer asks this addon next.
    mutating func planAsk(_ id: Int, now: Double) {
        asks.remove(id)
        guard settings.usesSlots, entries[id].isSeen, !ready.contains(id), !later.contains(id) else { return }
        var time = Double.infinity
        for expected in entries[id].outlook.expected where expected.from < time {
            time = min(time, askTime(expected, entries[id]))
        }
        guard time < .infinity else { return }
        asks.set(id, max(time, now))
    }

    /// When to ask whether an expected backup has ended.
    private func askTime(_ expected: Outlook.Expected, _ entry: Entry) -> Double {
        let looked = lastKnownRunning(entry, expected)
        let rest = Rest(expected, after: looked)
        var time: Double
        if let lag = rest.quantile(census.patience) {
            time = expected.from + lag * (1 + census.slack) + Self.settle
        } else {
            // Longer than ever: with growing gaps.
            time = looked + max(Self.askGap, (looked - expected.from) * Self.overdueShare)
        }
        if isTrusted(entry) {
            time = max(time, expected.from + expected.lag.longest * 1.25 + 60)
        }
        guard entry.lastLook >= expected.from else { return time }
        return max(time, entry.lastLook + Self.askGap.doubled(entry.fruitless, atMost: 9))
    }

    /// The last time at which the expected backup had surely not ended.
    func lastKnownRunning(_ entry: Entry, _ expected: Outlook.Expected) -> Double {
        max(expected.from, entry.lastLook, entry.isBusy ? entry.busyAt : -.infinity)
    }

    /// When the end that is expected first will have come, as likely as not; nil if none is.
    func estimatedEnd(_ id: Int) -> Double? {
        entries[id].outlook.expected.map { expected in
            let looked = lastKnownRunning(entries[id], expected)
            return Rest(expected, after: looked).quantile(0.5).map { expected.from + $0 } ?? looked
        }.min()
    }
}

/// What is left of a spread once it is known that the backup had not ended by some time.
struct Rest {
    private let lags: ArraySlice<Double>

    init(_ expected: Outlook.Expected, after time: Double) {
        let elapsed = time - expected.from
        let all = expected.lag.sorted
        guard elapsed > 0 else {
            lags = all[...]
            return
        }
        lags = all[(all.firstIndex { $0 > elapsed } ?? all.endIndex)...]
    }

    var isEmpty: Bool { lags.isEmpty }

    /// Seconds from the beginning, by nearest rank; nil if nothing is left.
    func quantile(_ share: Double) -> Double? { lags.nearestRank(share) }

    /// Up to five of them, which stand for as many equal shares.
    func forEachShare(_ body: (_ lag: Double, _ weight: Double) -> Void) {
        let shares = min(5, lags.count)
        for index in 0..<shares {
            let place = (2 * index + 1) * lags.count / (2 * shares)
            body(lags[lags.startIndex + place], 1 / Double(shares))
        }
    }
}
