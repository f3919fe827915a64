/// What is known of one addon besides its backups, and has to survive a restart.
package struct AddonRecord: Equatable, Sendable {
    /// How far the slots of one type have been judged.
    package struct SlotCount: Equatable, Sendable {
        /// Slots up to this instant are judged for good.
        package var judgedThrough: Timestamp
        /// Slots that were found missed since the addon was first seen.
        package var missed: Int

        package init(judgedThrough: Timestamp, missed: Int = 0) {
            self.judgedThrough = judgedThrough
            self.missed = missed
        }
    }

    package let key: AddonKey
    /// Display names, else the slugs.
    package var projectName: String
    package var addonName: String
    /// Such as `postgresql`; `unknown` while nobody has said.
    package var addonType: String
    /// When a list or a poll first showed the addon.
    package let firstSeen: Timestamp
    /// The end of the last collection of backups that worked; nil if none has.
    package var lastObserved: Timestamp?
    /// The same of the last whole listing.
    package var lastWhole: Timestamp?
    /// Whether every list so far was newest first.
    package var isNewestFirst = true
    /// By the server's clock, the latest creation or end that the first observation showed, the first since it was
    /// last not watched; nil before it. What had ended by then is the baseline, however late it turns up.
    package var baseline: Timestamp?
    /// Terminal outcomes since the first observation, each backup's once for ever.
    package var outcomes = OutcomeCounts()
    /// By type of backup; without those that have never been judged.
    package var slots: [BackupType: SlotCount] = [:]
    /// Nil if they were never read.
    package var schedules: [BackupSchedule]?
    /// When they were last read.
    package var schedulesObserved: Timestamp?
    /// Whether the token may read them.
    package var mayReadSchedules = true
    /// Whether it was there when it was last looked for, and ours; not, if a whole discovery no longer had it, the API
    /// did not know it, or the configuration or the shards leave it out. It is not shown after a restart then.
    package var isWatched = true
    package var isPaused = false
    /// When a pause that we saw ended.
    package var activeSince: Timestamp?
    package var lastCompletedRestore: Timestamp?
    /// Restores by status; nil if they were never read.
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

    /// The addon is there. If it was not, its duties begin now, and what happened meanwhile is not counted: it may be
    /// another one by the same name, or may have been watched by somebody else.
    package mutating func noteWatched(at now: Timestamp) {
        if !isWatched { (activeSince, baseline) = (now, nil) }
        isWatched = true
    }

    /// Takes the addon's state from a list.
    package mutating func note(isPaused: Bool, at now: Timestamp) {
        if self.isPaused, !isPaused { activeSince = now }
        self.isPaused = isPaused
    }
}

/// How many backups ended in which way.
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

    /// 0 for a status that is not terminal, which cannot be set either.
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

/// A number for each status, terminal or not.
package struct StatusCounts: Equatable, Sendable {
    private var counts = [Int](repeating: 0, count: BackupStatus.allCases.count)

    package init() {}

    package init(_ statuses: some Sequence<BackupStatus>) {
        for status in statuses { self[status: status] += 1 }
    }

    package subscript(status status: BackupStatus) -> Int {
        get { counts[Int(status.rawValue)] }
        set { counts[Int(status.rawValue)] = newValue }
    }
}
