/// A change of an addon's record: facts from a list other than the list of backups, or the end of watching the addon.
package enum AddonChange: Equatable, Sendable {
    /// Facts from the lists of projects and addons; nil if the lists do not contain them.
    case listed(projectName: String?, AddonFacts?)
    /// The backup schedules, as the API lists them.
    case schedules([BackupSchedule])
    /// The token is not allowed to read the schedules.
    case schedulesForbidden
    /// The API's response to the request for schedules cannot be understood: the known schedules stay in force.
    case schedulesNotUnderstood
    /// The restores by status, the last completed restore, and the end of the last failed one, if any; and all that have
    /// ended.
    case restores(
        StatusCounts, lastCompleted: CompletedRestore?, lastFailed: Timestamp?, ended: [PastRestore] = [])
    /// The restores cannot be read: the token is not allowed to, or the response cannot be understood.
    case restoresUnreadable
    /// The addon is no longer watched: gone, as the API says, or left out by the configuration or the shards.
    case away(Absence)
    /// Complete readings of the lists lack the addon; nil if they have it again.
    case missed(Missed?)
}

/// The facts about one addon in a list of addons.
package struct AddonFacts: Equatable, Sendable {
    /// The display name.
    package var name: String
    /// Such as `postgresql`.
    package var type: String
    package var isPaused: Bool
    /// The API's id of this very addon; nil if the API does not say.
    package var uid: String?
    /// In alphabetical order.
    package var tags: [String]

    package init(name: String, type: String, isPaused: Bool, uid: String? = nil, tags: [String] = []) {
        self.name = name
        self.type = type
        self.isPaused = isPaused
        self.uid = uid
        self.tags = tags
    }
}

extension AddonRecord {
    /// Applies a change to the record.
    ///
    /// - Parameter now: when the change was read.
    package mutating func apply(_ change: AddonChange, at now: Timestamp) {
        switch change {
        case .listed(let projectName, let facts):
            if let projectName { self.projectName = projectName }
            guard let facts else { return }
            if isReplaced(by: facts) { self = AddonRecord(key: key, firstSeen: now, projectName: self.projectName) }
            noteWatched(at: now)
            uid = facts.uid ?? uid
            (addonName, addonType, tags) = (facts.name, facts.type, facts.tags)
            note(isPaused: facts.isPaused, at: now)
        case .schedules(let read): observe(schedules: read, at: now)
        case .schedulesForbidden: (mayReadSchedules, schedules, schedulesObserved) = (false, nil, now)
        case .schedulesNotUnderstood: mayReadSchedules = false
        case .restores(let counts, let lastCompleted, let lastFailed, let ended):
            (restores, mayReadRestores) = (counts, true)
            note(ended: ended)
            lastCompletedRestore = lastCompleted?.merged(with: lastCompletedRestore) ?? lastCompletedRestore
            lastFailedRestore = [lastFailed, lastFailedRestore].compactMap(\.self).max()
        case .restoresUnreadable:
            // What was known stays, and becomes old.
            if restores == nil { mayReadRestores = false }
        case .away(let absence): noteAway(absence)
        case .missed(let missed): self.missed = missed
        }
    }
}
