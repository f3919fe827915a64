/// What policies demand besides ages and slots: numbers, reach and restores.
extension Judge {
    /// How long a backup of an addon without schedules and `max_age` takes to be made, where a number of them is demanded.
    private static let usualGap = Duration.seconds(86_400)

    /// The attempts without the failed ones of maintenance windows.
    func unforgiven(_ attempts: [Attempt]) -> [Attempt] {
        let forgiven = objectives.forgiven
        if forgiven.isEmpty { return attempts }
        return attempts.filter { $0.status == .completed || !$0.status.isTerminal || !forgiven.contains($0.createdAt) }
    }

    /// The findings about what was decided. Each is silent until the addon has had the time to be as it should.
    func decidedFindings(_ tracks: [Track]) -> [Finding] {
        let completed = listed.filter { $0.status == .completed }
        var findings: [Finding] = []
        for track in tracks where isDemandedInVain(track) {
            findings.append(.tooFew(type: track.type, count: 0, limit: 1))
        }
        if let least = objectives.decisions.minBackups, completed.count < least, canHave(least) {
            findings.append(.tooFew(type: nil, count: completed.count, limit: least))
        }
        if let span = objectives.decisions.minSpan, knownSince + span <= observedAt {
            let oldest = completed.last?.endOrCreation
            if oldest.map({ isTooShort($0, span) }) ?? true { findings.append(.tooShort(oldest: oldest, limit: span)) }
        }
        if let overdue, observedAt > overdue.deadline { findings.append(overdue.finding) }
        if let every = objectives.decisions.restoreEvery, !record.mayReadRestores {
            findings.append(.restoresUnreadable(limit: every))
        }
        return findings
    }

    /// Instants at which time alone can change these findings, before the observation or after it.
    func decidedChanges(_ tracks: [Track]) -> [Timestamp] {
        let decisions = objectives.decisions
        var changes = tracks.compactMap { demandedBy($0) }
        if let overdue { changes.append(overdue.deadline.adding(milliseconds: 1)) }
        if let span = decisions.minSpan {
            changes.append(knownSince + span)
            if let oldest = listed.last(where: { $0.status == .completed }) {
                changes.append(oldest.endOrCreation + span - reachSlack)
            }
        }
        if let least = decisions.minBackups {
            // One more can be due when the grace of a slot ends.
            changes += calendars.compactMap { _, calendar in
                calendar.next(after: observedAt - grace).map { $0 + grace }
            }
            changes.append(knownSince + usualGap * least)
        }
        return changes
    }

    /// Since when the addon is known to have existed and to have been running.
    private var knownSince: Timestamp {
        let known = min(record.firstSeen, attempts.last?.createdAt ?? record.firstSeen)
        return max(known, record.activeSince ?? known)
    }

    /// The longest grace of all schedules.
    private var grace: Duration {
        calendars.map { objectives.grace(learned($0.type).durations) }.max() ?? .zero
    }

    private var usualGap: Duration { objectives.maxAge ?? Self.usualGap }

    // MARK: Required kinds

    /// Whether a kind is required, was due, and has no completed backup, while another one has. Without any completed
    /// backup at all, the addon is `never`.
    private func isDemandedInVain(_ track: Track) -> Bool {
        guard let by = demandedBy(track), by <= observedAt, track.newestCompleted == nil else { return false }
        return listed.contains { $0.status == .completed }
    }

    /// When a required kind must be there; nil if the kind is not required, or if it is not known.
    private func demandedBy(_ track: Track) -> Timestamp? {
        guard let type = track.type, objectives.decisions.required.contains(where: { $0.type == type }) else {
            return nil
        }
        return calendar(type) == nil ? knownSince + usualGap : track.firstDue.map { $0 + grace }
    }

    // MARK: Number and reach

    /// Whether so many backups were due since the addon is known.
    private func canHave(_ count: Int) -> Bool {
        guard !calendars.isEmpty else { return isUnscheduled && knownSince + usualGap * count <= observedAt }
        let due = Set(
            calendars.flatMap { _, calendar -> [Timestamp] in
                let longest = (calendar.longestGap ?? .zero) * (count + 2)
                return calendar.slots(after: max(knownSince, observedAt - longest), through: observedAt - grace)
            })
        return due.count >= count
    }

    /// How much less than the demanded span the oldest backup may reach: the backup before it, which was deleted when its
    /// retention ended, reached further. The gap of the schedule that keeps backups longest.
    private var reachSlack: Duration {
        let longest = calendars.max { retention($0.type) ?? .zero < retention($1.type) ?? .zero }
        return longest?.calendar.longestGap.map { $0 + grace } ?? objectives.maxAge ?? .zero
    }

    private func isTooShort(_ oldest: Timestamp, _ span: Duration) -> Bool {
        observedAt - oldest < span - reachSlack
    }

    // MARK: Restores

    /// The next deadline of a restore; nil if none is demanded, or if the restores are not known.
    private var overdue: (deadline: Timestamp, finding: Finding)? {
        guard let every = objectives.decisions.restoreEvery, record.restores != nil else { return nil }
        let last = record.pastRestores.first { $0.isProof(maxAge: objectives.maxAge) }?.end
        let since = min(record.firstSeen, attempts.last?.createdAt ?? record.firstSeen)
        return ((last ?? since) + every, .restoreOverdue(last: last, since: since, limit: every))
    }
}

extension Decisions.RequiredKind {
    /// Nil for all types together.
    var type: BackupType? {
        switch self {
        case .dump: .dump
        case .snapshot: .snapshot
        case .any: nil
        }
    }
}

extension PastRestore {
    /// Whether the restore proves that what the objective demands can be restored: it completed, and its backup was not
    /// older at its start than it may be. A backup of unknown age counts.
    package func isProof(maxAge: Duration?) -> Bool {
        guard hasCompleted else { return false }
        guard let maxAge, let backupCreatedAt else { return true }
        return end - (duration ?? .zero) - backupCreatedAt <= maxAge
    }
}
