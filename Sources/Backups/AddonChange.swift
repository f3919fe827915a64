/// What was read about an addon besides its backups, or what became of it: a change of its record.
package enum AddonChange: Equatable, Sendable {
    /// What the lists of projects and addons say; nil is not said.
    case listed(projectName: String?, AddonFacts?)
    /// The backup schedules, as the API lists them.
    case schedules([BackupSchedule])
    /// The token is not allowed to read the schedules.
    case schedulesForbidden
    /// The API answered the question for schedules with something that cannot be understood: the ones that are known
    /// stay in force.
    case schedulesNotUnderstood
    /// The restores, by status; and the end of the last one that completed, if one has.
    case restores(StatusCounts, lastCompleted: Timestamp?)
    /// The addon is no longer watched: deleted, unknown to the API, or left out by the configuration.
    case unwatched
}

/// What a list of addons says of one.
package struct AddonFacts: Equatable, Sendable {
    /// The display name.
    package var name: String
    /// Such as `postgresql`.
    package var type: String
    package var isPaused: Bool

    package init(name: String, type: String, isPaused: Bool) {
        self.name = name
        self.type = type
        self.isPaused = isPaused
    }
}

extension AddonRecord {
    /// Takes a change over.
    ///
    /// - Parameter now: when it was read.
    package mutating func apply(_ change: AddonChange, at now: Timestamp) {
        switch change {
        case .listed(let projectName, let facts):
            if let projectName { self.projectName = projectName }
            guard let facts else { return }
            noteWatched(at: now)
            (addonName, addonType) = (facts.name, facts.type)
            note(isPaused: facts.isPaused, at: now)
        case .schedules(let read): observe(schedules: read, at: now)
        case .schedulesForbidden: (mayReadSchedules, schedules, schedulesObserved) = (false, nil, now)
        case .schedulesNotUnderstood: mayReadSchedules = false
        case .restores(let counts, let lastCompleted):
            restores = counts
            // A restore that completed stays proof when the list no longer has it.
            lastCompletedRestore = [lastCompleted, lastCompletedRestore].compactMap(\.self).max()
        case .unwatched: isWatched = false
        }
    }
}
