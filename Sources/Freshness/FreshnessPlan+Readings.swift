package import Backups

extension FreshnessPlan {
    /// The part of the allowance that refreshing schedules and restores may take at most.
    private static let readingShare = 0.1
    /// The part of the allowance that reading all lists may take at most.
    package static let listShare = 0.2

    /// The schedules of an addon were read.
    ///
    /// - Parameters:
    ///   - worked: whether they are known now; also true for a token that may not read them, since trying again does
    ///     not help.
    ///   - outlook: what they and the backups let the plan expect; nil if as before.
    ///   - now: when they were read; in the past for schedules that an earlier plan read.
    package mutating func schedulesRead(_ key: AddonKey, worked: Bool, outlook: Outlook? = nil, now: Double) {
        schedules.ended(key, id: roster.id(key), worked: worked, now: now)
        if let outlook { expect(key, outlook, now: now) }
    }

    /// The restores of an addon were read; see `schedulesRead`.
    package mutating func restoresRead(_ key: AddonKey, worked: Bool, now: Double) {
        restores.ended(key, id: roster.id(key), worked: worked, now: now)
    }

    /// Has the schedules of an addon read soon: one of its slots seems to be missed. Returns whether they will be
    /// read because of this; it works four times a day.
    package mutating func wantSchedules(_ key: AddonKey, now: Double) -> Bool {
        guard let id = roster.id(key) else { return false }
        return schedules.want(key, id: id, now: now)
    }

    /// Seconds between two readings of schedules, or of restores, of any addon.
    func readingGap(_ budget: Budget) -> Double {
        let share = Self.readingShare / (settings.schedulesInterval != nil && settings.restoresInterval != nil ? 2 : 1)
        return 3600 / (Double(max(1, budget.allowance)) * share)
    }

    /// Between two readings of the lists as the budget allows it.
    package func listIntervalInForce(_ budget: Budget) -> Duration { .seconds(lists.gap(budget)) }

    /// The lists were read.
    ///
    /// - Parameters:
    ///   - extent: how much of them; what could not be read is tried again sooner.
    ///   - requests: as many as it took.
    ///   - busy: by project, the addons that were being backed up or restored; without the projects that could not be
    ///     read. They need not be watched.
    package mutating func listsRead(
        _ extent: ListsExtent = .whole, requests: Int, busy: [String: Set<AddonKey>] = [:], now: Double
    ) {
        lists.ended(extent, requests: requests)
        // In order, so that the same events bring the same actions.
        for (name, keys) in busy.sorted(by: { $0.key < $1.key }) {
            if let project = roster.project(named: name) { saw(project, busy: keys, now: now) }
        }
    }
}
