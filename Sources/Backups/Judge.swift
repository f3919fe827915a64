/// Sorts an addon's facts by type and finds faults. Created once for each observation.
struct Judge {
    let record: AddonRecord
    /// When the list was read.
    let observedAt: Timestamp
    let objectives: Objectives
    /// All backups but imports, newest first. A backup without a type gets the type of the schedules if all of them
    /// have one type.
    let attempts: [Attempt]
    /// The listed ones of these.
    let listed: [Attempt]
    /// The attempts of each type, in the order of all types.
    private let byType: [[Attempt]]
    /// In the order of all types.
    private let learnedByType: [Learned]
    let calendars: [(type: BackupType, calendar: SlotCalendar)]

    /// - Parameter attempts: the listed backups and the newest gone backups, newest first.
    init(_ record: AddonRecord, _ attempts: [Attempt], _ objectives: Objectives, observedAt: Timestamp) {
        self.record = record
        self.observedAt = observedAt
        self.objectives = objectives
        calendars = BackupType.scheduled.compactMap { type in
            let calendar = (record.schedules ?? []).calendar(of: type, zone: objectives.zone)
            return calendar.isEmpty ? nil : (type, calendar)
        }
        let onlyType = calendars.map(\.type).ofUntyped
        var ours = attempts.filter { $0.type != .imported }
        for index in ours.indices where ours[index].type == .unknown { ours[index].type = onlyType }
        self.attempts = ours
        listed = ours.listed
        byType = BackupType.allCases.map { type in ours.filter { $0.type == type } }
        learnedByType = zip(BackupType.allCases, byType).map { type, attempts in
            Learned(type, attempts, memory: record.sizes[type], since: objectives.sizesSince)
        }
    }

    /// The longest wait for the first reading of the schedules.
    private static let longestWait = Duration.seconds(86_400)

    /// Whether the addon has no known schedule: it has none, none can be understood, or the schedules cannot be read.
    var isUnscheduled: Bool {
        guard calendars.isEmpty else { return false }
        let isLong = observedAt - record.firstSeen > Self.longestWait
        return record.schedules != nil || !record.mayReadSchedules || isLong
    }

    /// The first instant after the observation at which time alone can change what is found, apart from backups that
    /// run and slots that are pending; nil if there is none.
    func nextChange(_ tracks: [Track]) -> Timestamp? {
        var changes =
            tracks.flatMap(\.changes) + decidedChanges(tracks)
            + record.removals.last.map { $0.value.at + Removals.holds }
        if calendars.isEmpty { changes.append((record.firstSeen + Self.longestWait).adding(milliseconds: 1)) }
        return changes.filter { $0 > observedAt }.min()
    }

    /// The configured `max_age` if it is for a type; nil for all types together. If kinds are required, it is for these;
    /// else for each type that has a schedule, or for all together if none has one.
    func maxAge(of type: BackupType?) -> Duration? {
        let required = objectives.decisions.required
        let isMeant = required.isEmpty ? type != nil || isUnscheduled : required.contains { $0.type == type }
        return isMeant ? objectives.maxAge : nil
    }

    /// Listed and gone backups of a type, newest first.
    func attempts(of type: BackupType) -> [Attempt] { byType[Int(type.rawValue)] }

    /// What the completed backups of a type show.
    func learned(_ type: BackupType) -> Learned { learnedByType[Int(type.rawValue)] }

    /// The expected size of the next backup of each type.
    var nextBand: ByType<SizeBand> {
        var bands: ByType<SizeBand> = [:]
        for type in BackupType.allCases { bands[type] = learned(type).nextBand }
        return bands
    }

    /// The largest sizes of each type that has some.
    var sizes: ByType<SizeMemory> {
        var sizes: ByType<SizeMemory> = [:]
        for type in BackupType.allCases {
            let memory = learned(type).memory
            if memory != SizeMemory() { sizes[type] = memory }
        }
        return sizes
    }

    /// One track for each type with a schedule; without a schedule, one track for all types together. And one for each
    /// kind that is required and has none by that.
    func tracks() -> [Track] {
        let types = calendars.isEmpty ? [nil] : calendars.map(\.type)
        let required = objectives.decisions.required.map(\.type).filter { !types.contains($0) }
        return types.map(track)
            + required.map { Track(type: $0, attempts: attempts($0), isOfAgeAlone: true, judge: self) }
    }

    private func attempts(_ type: BackupType?) -> [Attempt] { type.map(attempts(of:)) ?? attempts }

    private func track(_ type: BackupType?) -> Track {
        Track(type: type, attempts: attempts(type), isOfAgeAlone: false, judge: self)
    }

    /// The creation of the oldest listed backup.
    var oldestListed: Timestamp? { listed.last?.createdAt }

    func calendar(_ type: BackupType?) -> SlotCalendar? { calendars.first { $0.type == type }?.calendar }

    /// The shortest retention of the schedules of a type; nil if no schedule has a retention.
    func retention(_ type: BackupType) -> Duration? { record.schedules?.shortestRetention(of: type) }

    /// The newest completed backup, if its retention has deleted it. An older one can be listed: it was retained by hand.
    ///
    /// - Parameter attempts: of the type, newest first.
    func expired(_ type: BackupType, _ attempts: [Attempt]) -> Attempt? {
        guard let retention = retention(type), let newest = attempts.first(where: { $0.status == .completed }),
            let goneAt = newest.goneAt, goneAt >= newest.createdAt + retention - Removals.slack
        else { return nil }
        return newest
    }

    /// Findings about stuck backups of types without a schedule, where another type has a schedule.
    private func strays(_ tracks: [Track]) -> [Finding] {
        let tracks = tracks.filter { !$0.isOfAgeAlone }
        let others = BackupType.allCases.filter { type in
            type != .imported && !tracks.contains { $0.covers(type) }
        }
        return others.compactMap { track($0).stuck }
    }

    /// The failed attempts in a row of each type with a finished attempt, as far as a finding counts them: failed
    /// manual backups that a scheduled backup has made up for do not count.
    func failedInARow(_ findings: [Finding]) -> ByType<Int> {
        var failed: ByType<Int> = [:]
        for attempt in listed where attempt.isFinished { failed[attempt.type] = 0 }
        for case .attemptFailed(let type, _, _, let inARow) in findings {
            failed[type] = max(inARow, failed[type] ?? 0)
        }
        return failed
    }

    /// For each finding about a failed attempt, the end of the first attempt of its row.
    func failedSince(_ findings: [Finding]) -> ByType<Timestamp> {
        var since: ByType<Timestamp> = [:]
        for case .attemptFailed(let type, _, _, _) in findings {
            // Without a schedule of the type, the row is one of all types.
            let row = calendar(type) == nil ? listed : listed.filter { $0.type == type }
            since[type] = Attempts(unforgiven(row))?.rowSince
        }
        return since
    }

    /// A schedule that is not understood counts for nothing while another one of its type is understood.
    private var noObjectives: [Finding] {
        if objectives.maxAge != nil { return [] }
        let odd = (record.schedules ?? []).compactMap { schedule in
            schedule.oddity.map { (schedule.type, $0, schedule.id) }
        }
        // A response that is not understood is not noted as a reading.
        if record.schedules == nil, !record.mayReadSchedules, record.schedulesObserved != nil {
            return [.schedulesForbidden]
        }
        if isUnscheduled {
            return [odd.first.map { .scheduleNotUnderstood(type: nil, oddity: $0.1, name: $0.2) } ?? .noObjective]
        }
        if isForgivenForever { return [.noObjective] }
        return BackupType.scheduled.filter { calendar($0) == nil }.compactMap { type in
            odd.first { $0.0 == type }.map { .scheduleNotUnderstood(type: type, oddity: $0.1, name: $0.2) }
        }
    }

    /// Whether maintenance windows forgive every slot of every schedule, so that no backup can be late.
    private var isForgivenForever: Bool {
        let forgiven = objectives.forgiven
        guard !forgiven.isEmpty, !calendars.isEmpty else { return false }
        return calendars.allSatisfy { $0.calendar.next(after: observedAt, outside: forgiven) == nil }
    }

    func findings(_ tracks: [Track]) -> [Finding] {
        guard !record.isPaused else { return [.paused] }
        var findings = tracks.flatMap(\.findings)
        if let expectedBy = overdueSince(tracks) { findings.append(.neverCompleted(expectedBy: expectedBy)) }
        // The newest attempt can be a manual one, of a type without a schedule.
        if let newest = Attempts(unforgiven(listed)), newest.isFailure,
            !tracks.contains(where: { !$0.isOfAgeAlone && $0.covers(newest.type) })
        {
            findings.append(newest.finding)
        }
        findings += strays(tracks)
        if let shallow = record.schedules?.tooShallow { findings.append(shallow) }
        return findings + decidedFindings(tracks) + record.removalFindings(at: observedAt) + noObjectives
    }

    /// The time by which a completed backup was due, if there is none and none has been due in vain; nil otherwise.
    private func overdueSince(_ tracks: [Track]) -> Timestamp? {
        guard !listed.contains(where: { $0.status == .completed }), !isFirstRunning else { return nil }
        // What the retention has deleted was a completed backup, until another one is due.
        if tracks.contains(where: { $0.expired != nil && $0.tooOld == nil }) { return nil }
        // The first slot of the row that nothing came of, where it is known, not the last one.
        let due = tracks.flatMap { [$0.expectedBy, $0.slots?.missedFrom] }
        return ([record.overdueSince] + due).compactMap(\.self).filter { $0 <= observedAt }.min()
    }

    /// Whether the first attempt is running. It is not overdue; if it runs for too long, it is stuck. The wait for an
    /// attempt after others ended in vain is no wait for the first.
    private var isFirstRunning: Bool {
        listed.contains { $0.status.isUnfinished } && !attempts.contains { $0.status.isTerminal }
    }

    /// The time by which the first backup is due; nil if it was due already, or if there is a completed one.
    func firstDueBy(_ tracks: [Track], _ findings: [Finding]) -> Timestamp? {
        if record.isPaused || listed.contains(where: { $0.status == .completed }) { return nil }
        if findings.contains(where: { $0.kind == .neverCompleted }) { return nil }
        return tracks.compactMap(\.nextExpectedBy).min()
    }
}
