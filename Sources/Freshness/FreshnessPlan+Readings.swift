package import Backups

/// How much of the lists of projects and addons one reading of them brought.
package enum ListsExtent: Sendable {
    case whole, part, nothing
}

extension FreshnessPlan {
    /// The part of the allowance that refreshing schedules and restores may take at most.
    static let readingShare = 0.1
    /// The part of the allowance that reading all lists may take at most.
    package static let listShare = 0.2
    /// Seconds that the lists may have to wait for a window with requests to spare.
    private static let longestListsWait = 3600.0
    /// Seconds before lists that could not be read whole are tried again; twice as many after each further failure.
    private static let listRetryGap = 30.0
    /// Seconds that such a try waits at most if nothing could be read: it costs one request, and without it a fleet
    /// may be unknown that could be asked again.
    private static let longestBlindWait = 120.0

    /// The schedules of an addon were read.
    ///
    /// - Parameters:
    ///   - worked: whether they are known now; a token that may not read them counts, since asking again is no use.
    ///   - outlook: what they and the backups let one expect; nil means as before.
    ///   - now: when they were read; may lie in the past, for those that an earlier run has read.
    package mutating func schedulesRead(_ key: AddonKey, worked: Bool, outlook: Outlook? = nil, now: Double) {
        schedules.ended(key, id: ids[key], worked: worked, now: now)
        if let outlook { expect(key, outlook, now: now) }
    }

    /// The restores of an addon were read; see `schedulesRead`.
    package mutating func restoresRead(_ key: AddonKey, worked: Bool, now: Double) {
        restores.ended(key, id: ids[key], worked: worked, now: now)
    }

    /// Asks for the schedules of an addon to be read soon: one of its slots seems to be missed. Returns whether they
    /// will be because of this; it works four times a day.
    package mutating func wantSchedules(_ key: AddonKey, now: Double) -> Bool {
        guard let id = ids[key] else { return false }
        return schedules.want(key, id: id, now: now)
    }

    /// Seconds between two readings of schedules, or of restores, of whatever addon.
    func readingGap(_ budget: Budget) -> Double {
        let share = Self.readingShare / (settings.schedulesInterval != nil && settings.restoresInterval != nil ? 2 : 1)
        return 3600 / (Double(max(1, budget.allowance)) * share)
    }

    /// Between two readings of the lists as the budget allows it.
    package func listIntervalInForce(_ budget: Budget) -> Duration { .seconds(secondsBetweenLists(budget)) }

    /// The same in seconds.
    func secondsBetweenLists(_ budget: Budget) -> Double { affordable(listInterval, budget) }

    private func affordable(_ interval: Double, _ budget: Budget) -> Double {
        max(interval, Double(listRequests) * 3600 / (Double(max(1, budget.allowance)) * Self.listShare))
    }

    /// Seconds from the last reading of the lists to the next, if the budget allows it.
    private var listGap: Double {
        guard listFailures > 0 else { return listInterval }
        let retry = Self.listRetryGap.doubled(listFailures - 1)
        return min(listInterval, areListsUnread ? min(retry, Self.longestBlindWait) : retry)
    }

    /// When the lists are read next; infinity if they are being read.
    func listsDue(now: Double, budget: Budget) -> Double {
        guard !isReadingLists else { return .infinity }
        guard let lastListsStart else { return now }
        let due = lastListsStart + affordable(listGap, budget)
        guard census.isShort else { return due }
        return max(due, min(now + budget.secondsToReset, lastListsStart + Self.longestListsWait))
    }

    /// The lists have been read.
    ///
    /// - Parameters:
    ///   - extent: how much of them; what could not be read is asked for again sooner.
    ///   - requests: as many as it took.
    ///   - busy: by project, those of its addons that were being backed up or restored; without the projects that
    ///     could not be read. They need not be watched.
    package mutating func listsRead(
        _ extent: ListsExtent = .whole, requests: Int, busy: [String: Set<AddonKey>] = [:], now: Double
    ) {
        isReadingLists = false
        listFailures = extent == .whole ? 0 : listFailures + 1
        areListsUnread = extent == .nothing
        listRequests = max(1, requests)
        for (name, keys) in busy.sorted(by: { $0.key < $1.key }) {
            if let project = projectIDs[name] { saw(project, busy: keys, now: now) }
        }
    }
}
