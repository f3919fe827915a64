/// The facts about one addon that survive a restart, except its backups.
package struct AddonRecord: Equatable, Sendable {
    /// How far the slots of one type have been judged.
    package struct SlotCount: Equatable, Sendable {
        /// Slots up to this instant have a final judgement.
        package var judgedThrough: Timestamp
        /// Slots with a final judgement since the addon was first observed.
        package var due: Int
        /// Those of them that were missed.
        package var missed: Int
        /// Those of them whose attempt ended without completing.
        package var failed: Int
        /// The creations of the attempts that fill such slots and had not ended at the last judgement, once for each
        /// slot.
        package var unended: [Timestamp]
        /// The first of the slots that are missed in a row up to `judgedThrough`; nil if the last one was not missed.
        package var missedSince: Timestamp?
        /// Since when a slot waits for the schedules to be read again; nil if none waits.
        package var doubtfulSince: Timestamp?

        package init(
            judgedThrough: Timestamp, due: Int = 0, missed: Int = 0, failed: Int = 0, unended: [Timestamp] = [],
            missedSince: Timestamp? = nil, doubtfulSince: Timestamp? = nil
        ) {
            self.judgedThrough = judgedThrough
            self.due = due
            self.missed = missed
            self.failed = failed
            self.unended = unended
            self.missedSince = missedSince
            self.doubtfulSince = doubtfulSince
        }
    }

    package let key: AddonKey
    /// Display names, else the slugs.
    package var projectName: String
    package var addonName: String
    /// Such as `postgresql`; `unknown` before a list shows it.
    package var addonType: String
    /// When a list or a poll first showed the addon.
    package let firstSeen: Timestamp
    /// The end of the last successful poll of the backups; nil before the first.
    package var lastObserved: Timestamp?
    /// The end of the last such poll that read the whole list; nil before the first.
    package var lastWhole: Timestamp?
    /// Whether every list so far was newest first.
    package var isNewestFirst = true
    /// What the list of backups shows besides the backups.
    package var remarks = ListRemarks()
    /// The latest creation or end, by the server's clock, in the first observation since the addon was last not
    /// watched; nil before that observation. Backups that had ended by then belong to the baseline, even if they appear
    /// later.
    package var baseline: Timestamp?
    /// Terminal outcomes since the first observation; each terminal status of a backup counts once.
    package var outcomes = OutcomeCounts()
    /// By type of backup; without types that have never been judged.
    package var slots: ByType<SlotCount> = [:]
    /// The largest sizes of completed backups so far.
    package var sizes: ByType<SizeMemory> = [:]
    /// The time by which a completed backup was due while there was none; nil since there is one.
    package var overdueSince: Timestamp?
    /// Nil before the first reading.
    package var schedules: [BackupSchedule]?
    /// The longest gap between the slots of the schedules before they changed last.
    package var formerGaps: ByType<Duration> = [:]
    /// The time of the last reading of the schedules; nil before the first, and for schedules that an earlier version
    /// of the exporter has read.
    package var schedulesObserved: Timestamp?
    /// Whether the token may read the schedules.
    package var mayReadSchedules = true
    /// The API's id of this very addon, which another addon of the same name does not have; nil if the API does not say.
    package var uid: String?
    /// In alphabetical order.
    package var tags: [String] = []
    /// Nil while the addon is watched.
    package var absence: Absence?
    /// Nil while the lists have the addon.
    package var missed: Missed?
    /// The last time in which the addon was not watched, or not observed for long: its slots are not judged.
    package var forgiven: Range<Timestamp>?
    package var isPaused = false
    /// When the addon was last found to be paused, or not to be paused any more; nil before.
    package var pauseChangedAt: Timestamp?
    package var removals = Removals()
    /// Since when the last known state and findings hold; nil before the first verdict.
    package var standing: Standing?
    /// Whether a completed backup was ever listed, imports aside. Only an addon that had one can be missed.
    package var hadCompleted = false
    package var lastCompletedRestore: CompletedRestore?
    /// The end of the last failed restore; nil if none has failed.
    package var lastFailedRestore: Timestamp?
    /// The restores that have ended, the newest first.
    package var pastRestores: [PastRestore] = []
    /// What was decided for the addon at its last judgement; nil if nothing was.
    package var decisions: Shared<Decisions>?
    /// Whether the restores can be read, as far as known; true while they are known from earlier.
    package var mayReadRestores = true
    /// Restores by status; nil before the first reading.
    package var restores: StatusCounts?

    /// - Parameter firstSeen: now.
    package init(
        key: AddonKey, firstSeen: Timestamp, projectName: String? = nil, addonName: String? = nil,
        addonType: String = "unknown"
    ) {
        self.key = key
        self.firstSeen = firstSeen
        self.projectName = projectName ?? key.project
        self.addonName = addonName ?? key.addon
        self.addonType = addonType
    }

    /// Takes over the addon's state from a list.
    package mutating func note(isPaused: Bool, at now: Timestamp) {
        if self.isPaused != isPaused { pauseChangedAt = now }
        self.isPaused = isPaused
    }

    /// The end of the last pause that was observed; nil before, and while the addon is paused.
    package var activeSince: Timestamp? { isPaused ? nil : pauseChangedAt }

    /// The beginning of the pause, as far as it was observed; nil while the addon is not paused.
    package var pausedSince: Timestamp? { isPaused ? pauseChangedAt : nil }
}

/// The number of ended backups by terminal status.
package struct OutcomeCounts: Equatable, Sendable {
    package var completed = 0
    package var failed = 0
    package var aborted = 0
    package var notSupported = 0

    package init(completed: Int = 0, failed: Int = 0, aborted: Int = 0, notSupported: Int = 0) {
        self.completed = completed
        self.failed = failed
        self.aborted = aborted
        self.notSupported = notSupported
    }

    /// 0 for a status that is not terminal; setting it has no effect.
    package subscript(status status: BackupStatus) -> Int {
        get {
            switch status {
            case .completed: completed
            case .failed: failed
            case .aborted: aborted
            case .notSupported: notSupported
            case .scheduled, .inProgress, .aborting, .unknown: 0
            }
        }
        set {
            switch status {
            case .completed: completed = newValue
            case .failed: failed = newValue
            case .aborted: aborted = newValue
            case .notSupported: notSupported = newValue
            case .scheduled, .inProgress, .aborting, .unknown: break
            }
        }
    }
}
