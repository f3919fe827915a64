/// Why an addon is not watched, and since when.
package struct Absence: Equatable, Sendable {
    package var since: Timestamp
    /// Whether Northflank is known not to have the addon. Otherwise the configuration or the shards leave it out.
    package var isGone: Bool
    /// When it was known for certain; nil for an addon that is not gone.
    package var confirmed: Timestamp?

    package init(since: Timestamp, isGone: Bool, confirmed: Timestamp? = nil) {
        self.since = since
        self.isGone = isGone
        self.confirmed = confirmed
    }
}

/// That complete readings of the lists in a row lack an addon, which is not known to be gone yet.
package struct Missed: Equatable, Sendable {
    package var readings: Int
    /// When the first of them ended.
    package var since: Timestamp

    package init(readings: Int, since: Timestamp) {
        self.readings = readings
        self.since = since
    }
}

extension AddonRecord {
    /// Whether this exporter watches the addon.
    package var isWatched: Bool { absence == nil }

    /// Whether an addon of a list is another one of the same name: it was deleted and made anew.
    package func isReplaced(by facts: AddonFacts) -> Bool {
        guard let uid, let other = facts.uid else { return false }
        return uid != other
    }

    /// Marks the addon as watched. If it was not, the slots of the meantime are forgiven, and its outcomes do not
    /// count: another exporter may have watched the addon. All else is a fact, and is judged at once.
    package mutating func noteWatched(at now: Timestamp) {
        guard let away = absence else { return }
        forgiven = min(away.since, now)..<max(away.since, now)
        (absence, baseline, missed) = (nil, nil, nil)
    }

    /// The longest time between two observations in which slots are judged: in a longer one the addon can have been
    /// paused.
    static let longestUnobserved = Duration.seconds(2 * 86_400)

    /// Forgives the slots of a long time without an observation, up to now. A time that is longer than a retention is
    /// long, because backups can have been made and deleted in it.
    mutating func noteUnobserved(until now: Timestamp) {
        let limit = min(Self.longestUnobserved, schedules?.shortestRetention ?? Self.longestUnobserved)
        guard isWatched, let lastObserved, now - lastObserved > limit else { return }
        forgiven = lastObserved..<now
    }

    /// Marks the addon as not watched. An addon that is not watched already stays away since then.
    package mutating func noteAway(_ new: Absence) {
        let confirmed = new.isGone ? absence?.confirmed ?? new.confirmed : nil
        absence = Absence(since: absence?.since ?? new.since, isGone: new.isGone, confirmed: confirmed)
    }
}

extension AddonChange {
    /// Whether the change is about another addon of the same name than a record.
    package func replaces(_ record: AddonRecord) -> Bool {
        guard case .listed(_, let facts?) = self else { return false }
        return record.isReplaced(by: facts)
    }
}
