/// The protection of an addon at an observation: a pure function of its backups, schedules, history and objectives.
/// Stays with the addon until the next observation.
package struct Assessment: Equatable, Sendable {
    /// The state of the slots of one type.
    package struct Slots: Equatable, Sendable {
        package var type: BackupType
        /// The number of slots missed in a row, up to the newest judged slot.
        package var missedInARow: Int
        /// The first of these slots; nil if there is none.
        package var missedSince: Timestamp?
        /// When the first of them counted as missed; nil if there is none.
        package var missedFrom: Timestamp?
        /// Slots missed since the last judgement.
        package var newlyMissed: Int
        /// Slots judged since the last judgement, missed or not.
        package var newlyDue: Int
        /// For each slot filled since the last judgement: the creation of its attempt, unless that has completed.
        package var newlyUncompleted: [Timestamp]
        /// Slots up to this instant have a final judgement.
        package var judgedThrough: Timestamp
        /// The longest allowed age of the newest completed backup.
        package var objective: Duration
        /// Slots that were due and can still get their backup.
        package var pending: [Timestamp]
        /// Whether a slot counts as missed only if the schedules have not changed since their last reading: they are
        /// read again before a finding reports the slot.
        package var isScheduleDoubtful: Bool
        /// The times from a slot to the end of its completed backup.
        package var lags: Durations
    }

    /// The summary of the backups that are listed now.
    package let summary: BackupSummary
    /// All findings, in no particular order.
    package let findings: [Finding]
    /// Attempts that failed in a row, up to the newest finished attempt, as far as a finding counts them; aborted
    /// attempts do not count. Without types that have no finished attempt.
    package let failedInARow: ByType<Int>
    /// The end of the first attempt of the row that each finding about a failed attempt counts.
    package let failedSince: ByType<Timestamp>
    /// For each type that has a schedule.
    package let slots: [Slots]
    /// The largest sizes of each type so far.
    package let sizes: ByType<SizeMemory>
    /// The time by which the first backup is due; nil if it was due already, or if there is a completed one.
    package let firstDueBy: Timestamp?
    /// The configured `max_age` if it is for all types together; else nil.
    package let generalObjective: Duration?
    /// The configured `max_age` for each type that is required and has no schedule.
    package let requiredObjectives: ByType<Duration>
    /// When the newest completed backup of a type falls out of retention, as far as that can be inferred.
    package let expiry: ByType<Timestamp>
    /// The expected size of the next completed backup, where enough are known; includes gone backups.
    package let nextBand: ByType<SizeBand>
    /// Each unfinished backup, without imports, newest first.
    package let unfinished: [Unfinished]
    /// A list that is newest first and was read back to this instant contains every possible change.
    package let reach: Timestamp?
    /// The end of the backup that ended last, with any terminal status; nil if no backup has ended.
    package let lastEnd: Timestamp?
    /// What the addon says about the zone of its schedules' times.
    package let zoneEvidence: ZoneEvidence
    /// Whether no slot is judged, because the zone is not decided yet and can explain what was not punctual.
    package let isZoneInDoubt: Bool
    /// What became of the backups of the last days, as far as it is known.
    package let days: RecentDays
    /// From the observation on: the instants at which the same backups would be judged in the same way. Empty if that
    /// can change at any moment.
    package let validity: Range<Timestamp>

    package struct Unfinished: Equatable, Sendable {
        package var type: BackupType
        package var since: Timestamp
        /// Of the completed backups of the type, including gone backups.
        package var durations: Durations
    }

    /// Judges an addon.
    ///
    /// - Parameters:
    ///   - record: the facts about the addon besides its backups.
    ///   - known: the addon's listed backups and its newest gone backups, in any order.
    ///   - observedAt: when the list was read.
    init(_ record: AddonRecord, _ known: [KnownBackup], _ objectives: Objectives, observedAt: Timestamp) {
        let all = known.attempts
        let horizon = Horizon(observedAt, clockAhead: record.remarks.clockAhead)
        let future = all.filter(horizon.isBeyond)
        // A backup that is dated in the future is counted, and is otherwise as if it were not there.
        let attempts = future.isEmpty ? all : all.filter { !horizon.isBeyond($0) }
        let listed = attempts.listed
        let judge = Judge(record, attempts, objectives, observedAt: observedAt)
        summary = BackupSummary(
            of: listed, undated: future.listed.map(\.status), undatedScheduled: record.remarks.undatedScheduled
        ).withVersions(of: known)
        nextBand = judge.nextBand
        sizes = judge.sizes
        let tracks = judge.tracks()
        slots = tracks.compactMap(\.slots)
        var expiry: ByType<Timestamp> = [:]
        for track in tracks { if let type = track.type { expiry[type] = track.expiry } }
        self.expiry = expiry
        generalObjective = tracks.first { $0.type == nil }?.maxAge
        var required: ByType<Duration> = [:]
        for track in tracks where track.slots == nil { if let type = track.type { required[type] = track.maxAge } }
        requiredObjectives = required
        zoneEvidence = ZoneEvidence(
            record.schedules ?? [], attempts, zone: objectives.zone, observedAt: observedAt)
        let isZoneInDoubt = objectives.isZoneOpen && zoneEvidence.isDoubtful(inForce: objectives.zone)
        self.isZoneInDoubt = isZoneInDoubt
        // With a wrong clock, or a zone that may be wrong, only what held before still holds, of what time makes.
        let found = judge.findings(tracks).filter { finding in
            (record.isClockTrusted && !isZoneInDoubt) || !finding.isMadeByTime || record.standing?.since(finding) != nil
        }
        // As for findings: no slot is shown as missed that the zone or the clock may explain.
        let isTimeTrusted = record.isClockTrusted && !isZoneInDoubt
        days = RecentDays(
            judge.attempts, missed: isTimeTrusted ? tracks.flatMap(\.missedSlots) : [], observedAt: observedAt)
        let upgrade = record.isPaused ? nil : known.notSinceUpgrade(horizon)
        findings =
            found + [upgrade].compactMap(\.self)
            + (record.isPaused ? [] : record.remarks.findings(future: future.listed))
        failedInARow = judge.failedInARow(findings)
        failedSince = judge.failedSince(findings)
        firstDueBy = judge.firstDueBy(tracks, findings)
        let running = listed.filter { $0.status.isUnfinished }
        unfinished = running.filter { $0.type != .imported }.map { attempt in
            Unfinished(type: attempt.type, since: attempt.createdAt, durations: judge.learned(attempt.type).durations)
        }
        // A backup that has been running for longer than a day is left to the daily reading of all pages.
        let oldest = running.last { observedAt - $0.createdAt < .seconds(86_400) } ?? listed.first
        reach = oldest?.createdAt
        lastEnd = listed.lazy.filter { $0.status.isTerminal }.map { $0.endOrCreation }.max()
        let isChanging = !running.isEmpty || slots.contains { !$0.pending.isEmpty }
        let changes = [judge.nextChange(tracks), future.map(horizon.reaches).min()]
        validity =
            observedAt..<(isChanging ? observedAt : changes.compactMap(\.self).min() ?? Timestamp(milliseconds: .max))
    }
}

extension Assessment {
    /// When the first of the facts happened that a finding counts; nil for a finding that counts nothing.
    func began(_ finding: Finding) -> Timestamp? {
        switch finding {
        case .attemptFailed(let type, _, _, _): failedSince[type]
        case .slotsMissed(let type, _, _): slots.first { $0.type == type }?.missedFrom
        default: nil
        }
    }
}

extension ListRemarks {
    /// The findings about the list itself.
    ///
    /// - Parameter future: the listed backups that are dated in the future.
    fileprivate func findings(future: [Attempt]) -> [Finding] {
        // An import protects nothing, whatever its date.
        let ours = future.filter { $0.type != .imported }
        return [
            ours.map(\.latestDate).max().map { .futureDated(count: ours.count, latest: $0) },
            unreadable.map { .unreadable($0) },
            cutAfter.map { .cut(after: $0) },
        ].compactMap(\.self)
    }
}
