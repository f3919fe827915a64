/// Puts an addon's facts in order and finds what is wrong. Used once for each observation.
struct Judge {
    let record: AddonRecord
    /// When the list was seen.
    let observedAt: Timestamp
    let objectives: Objectives
    /// Listed now, imports aside, the newest first. A backup that does not say its type has that of the only
    /// schedules there are.
    private let listed: [Backup]
    /// The same, with those that are gone.
    private let all: [Backup]
    /// By type, in the order of all types.
    let learned: [Assessment.Learned]
    private let calendars: [(type: BackupType, calendar: SlotCalendar)]

    /// - Parameter known: those that are listed and the newest of those that are gone, in any order.
    init(_ record: AddonRecord, _ known: [KnownBackup], _ objectives: Objectives, observedAt: Timestamp) {
        self.record = record
        self.observedAt = observedAt
        self.objectives = objectives
        calendars = BackupType.scheduled.compactMap { type in
            let calendar = (record.schedules ?? []).calendar(of: type, zone: objectives.zone)
            return calendar.isEmpty ? nil : (type, calendar)
        }
        let onlyType = calendars.count == 1 ? calendars[0].type : .unknown
        let inOrder = known.filter { $0.backup.type != .imported }
            .map { one in
                var one = one
                if one.backup.type == .unknown { one.backup.type = onlyType }
                return one
            }
            .sorted { $0.backup.isNewer(than: $1.backup) }
        listed = inOrder.filter(\.isListed).map(\.backup)
        let all = inOrder.map(\.backup)
        self.all = all
        learned = BackupType.allCases.map { type in
            Assessment.Learned(completed: all.filter { $0.type == type && $0.status == .completed }, type: type)
        }
    }

    /// The longest wait for the first reading of the schedules.
    private static let longestWait = Duration.seconds(86_400)

    /// Whether nothing is scheduled as far as anybody can tell: there is no schedule, none that we understand, or
    /// they cannot be read.
    private var isUnscheduled: Bool {
        guard calendars.isEmpty else { return false }
        let isLong = observedAt - record.firstSeen > Self.longestWait
        return record.schedules != nil || !record.mayReadSchedules || isLong
    }

    /// The configured `max_age`; nil unless that is what counts.
    var generalObjective: Duration? { isUnscheduled ? objectives.maxAge : nil }

    /// Each type that has a schedule by itself; without one, all of them together.
    func tracks() -> [Track] {
        calendars.isEmpty ? [track(nil)] : calendars.map { track($0.type) }
    }

    private func track(_ type: BackupType?) -> Track {
        Track(
            type: type, listed: listed.filter { type == nil || $0.type == type },
            all: all.filter { type == nil || $0.type == type }, judge: self)
    }

    /// The creation of the oldest listed backup.
    var oldestListed: Timestamp? { listed.last?.createdAt }

    func calendar(_ type: BackupType?) -> SlotCalendar? { calendars.first { $0.type == type }?.calendar }

    /// How long the schedules of a type keep backups at least; nil if they do not say.
    func retention(_ type: BackupType) -> Duration? { record.schedules?.shortestRetention(of: type) }

    /// Backups that do not end, of types without a schedule where another type has one.
    private func strays(_ tracks: [Track]) -> [Finding] {
        let others = BackupType.allCases.filter { type in
            type != .imported && !tracks.contains { $0.covers(type) }
        }
        return others.compactMap { track($0).stuck }
    }

    /// Attempts that failed in a row, of each type of which one has finished: as the findings say it, so that failed
    /// backups by hand, which one by schedule has made up for, are not held against the addon.
    func failedInARow(_ findings: [Finding]) -> [BackupType: Int] {
        var failed: [BackupType: Int] = [:]
        for type in BackupType.allCases where Attempts(listed.filter { $0.type == type }) != nil { failed[type] = 0 }
        for case .attemptFailed(let type, _, _, let inARow) in findings {
            failed[type] = max(inARow, failed[type, default: 0])
        }
        return failed
    }

    func findings(_ tracks: [Track]) -> [Finding] {
        guard !record.isPaused else { return [.paused] }
        var findings = tracks.flatMap(\.findings)
        let expected = tracks.compactMap(\.expectedBy).min()
        // A first backup that is still running may take its time; when that is too long, it is stuck.
        let isRunning = listed.contains(where: \.status.isUnfinished)
        if let expected, expected <= observedAt, !isRunning,
            !listed.contains(where: { $0.status == .completed })
        {
            findings.append(.neverCompleted(expectedBy: expected))
        }
        // The newest attempt may be one by hand, of a type without a schedule.
        if let newest = Attempts(listed), newest.isFailure, !tracks.contains(where: { $0.covers(newest.type) }) {
            findings.append(newest.finding)
        }
        findings += strays(tracks)
        if isUnscheduled, objectives.maxAge == nil { findings.append(.noObjective) }
        return findings
    }
}

/// The newest finished attempts.
struct Attempts {
    private let newest: Backup
    /// Those of them that did not complete, up to the newest.
    let inARow: Int

    /// An aborted one does not count: somebody wanted it so.
    ///
    /// - Parameter backups: the newest first.
    /// - Returns: nil if none has finished.
    init?(_ backups: [Backup]) {
        let finished = backups.filter { [.completed, .failed, .notSupported].contains($0.status) }
        guard let newest = finished.first else { return nil }
        self.newest = newest
        inARow = finished.prefix { $0.status != .completed }.count
    }

    var type: BackupType { newest.type }

    var isFailure: Bool { newest.status != .completed }

    var finding: Finding {
        .attemptFailed(type: newest.type, status: newest.status, at: newest.endOrCreation, inARow: inARow)
    }
}

extension Assessment.Learned {
    /// - Parameter completed: of one type, the newest first.
    init(completed: [Backup], type: BackupType) {
        durations = Durations(completed.lazy.compactMap(\.duration))
        let sizes = completed.map(\.size)
        let isDifference = type == .snapshot
        band = SizeBand(sizes: sizes.dropFirst().lazy.compactMap(\.self), isDifference: isDifference)
        nextBand = SizeBand(sizes: sizes.lazy.compactMap(\.self), isDifference: isDifference)
    }
}
