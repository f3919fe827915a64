extension ReportedAddon {
    /// The figures of a range. Nil if the addon was not watched in it.
    ///
    /// - Parameters:
    ///   - zone: of the schedules' times.
    ///   - zones: the zone of an IANA name, for maintenance windows.
    package init?(_ past: AddonPast, zone: Zone, zones: (String) -> Zone, in range: Range<Timestamp>) {
        let record = past.record
        guard let observedAt = record.lastObserved else { return nil }
        // Nothing is claimed about a time before the addon was first seen, or after its last observation.
        let start = max(range.lowerBound, record.firstSeen)
        let end = min(range.upperBound, observedAt)
        guard start < end else { return nil }
        let known = start..<end
        // A slot of the week before can have been covered by a backup that counts for its type in the range.
        let context = LedgerContext(past, zone: zone, zones: zones, in: start - Self.lead..<end)
        let absences = context.absence.pieces(in: known)
        let watched = [known].without(absences.filter { $0.value != nil }.map(\.range))
        guard !watched.isEmpty else { return nil }
        self.init(key: record.key, type: record.addonType, watchedSince: record.firstSeen)
        self.watched = watched
        tags = record.tags
        let decided = context.decisions[end.adding(milliseconds: -1)]
        (policy, owner) = (decided.policy, decided.owner)
        let observed = watched.without(past.unobserved)
        unobserved = watched.without(observed)
        self.observed = observed.length
        let allPauses = context.paused.ranges(until: observedAt)
        pauses = allPauses.clamped(to: known)
        let allWaivers = context.decisions.waivers
        waivers = allWaivers.filter { $0.range.overlaps(range) }
        let ledger = SlotLedger(context)
        take(ledger.entries.filter { known.contains($0.due) })
        let active = observed.without(allPauses)
        takeAges(
            ObjectiveLimits(context, covers: ledger.covers), active: active,
            judged: active.without(allWaivers.map(\.range)), end: end)
        takePoints(context, at: end)
        removedEarly = max(0, past.removedEarly(at: end) - past.removedEarly(before: start))
        restores = RestoreFigures(
            record.pastRestores, decided, from: range.lowerBound, to: end, since: record.firstSeen,
            isKnown: record.restores != nil)
        let last = context.absence[end.adding(milliseconds: -1)]
        goneSince = last.flatMap { $0.isGone ? $0.since : nil }
        isLeftOut = last.map { !$0.isGone } ?? false
        if share.ratio == nil, allSlots.judged == 0 {
            notJudged =
                observed.isEmpty
                ? .notObserved
                : active.isEmpty
                    ? .paused
                    : active.without(allWaivers.map(\.range)).isEmpty ? .waived : .noObjective
        }
    }

    /// The longest time that a backup for a weekly slot counts, and more.
    private static let lead = Duration.seconds(15 * 86_400)

    private mutating func take(_ entries: [SlotLedger.Entry]) {
        for entry in entries {
            var slots = self.slots[entry.type] ?? Slots()
            switch entry.outcome {
            case .forgiven(.maintenanceWindow): slots.forgiven += 1
            case .forgiven: break
            case .missed: slots.missed += 1
            case .pending, .notJudged, .running: slots.notJudged += 1
            case .completed, .failed, .aborted, .covered:
                if entry.isKept {
                    slots.kept += 1
                } else if entry.isFailed {
                    slots.failed += 1
                } else {
                    slots.notJudged += 1
                }
            }
            if slots != Slots() { self.slots[entry.type] = slots }
        }
    }

    private mutating func takeAges(
        _ limits: ObjectiveLimits, active: [Range<Timestamp>], judged: [Range<Timestamp>], end: Timestamp
    ) {
        let any = limits.restorable(nil)
        let teeth = active.flatMap { time in
            any.pieces(in: time).flatMap { piece -> [RecoveryPoint.Tooth] in
                let start = piece.range.lowerBound
                if let newest = piece.newest {
                    let since = max(newest.end, limits.resumed(before: start) ?? newest.end)
                    return [RecoveryPoint.Tooth(range: piece.range, since: since)]
                }
                if let first = any.first, first <= start { return [RecoveryPoint.Tooth(range: piece.range)] }
                // Before the first backup was due, none was missing.
                return limits.pieces(in: piece.range).map { part in
                    let due = limits.objectives(part).map(\.from).min() ?? part.upperBound
                    return RecoveryPoint.Tooth(range: min(max(due, part.lowerBound), part.upperBound)..<part.upperBound)
                }
            }
        }
        recoveryPoint = RecoveryPoint(teeth, end: end)
        let times = ObjectiveTimes(limits, times: judged)
        share = Share(within: .milliseconds(times.within), outside: .milliseconds(times.outside))
        breach = times.worst.map {
            Breach(type: $0.type, age: $0.age, limit: $0.limit, ended: $0.end < end ? $0.end : nil)
        }
    }

    private mutating func takePoints(_ context: LedgerContext, at end: Timestamp) {
        // Of an addon that is gone, nothing can be restored.
        if context.absence[end.adding(milliseconds: -1)]?.isGone == true { return }
        let points = context.backups.filter { known in
            known.backup.status == .completed && known.backup.endOrCreation <= end
                && known.goneAt.map { $0 > end } ?? true
        }
        restorablePoints = points.count
        oldestPointAge = points.map(\.backup.endOrCreation).min().map { end - $0 }
    }
}

extension AddonPast {
    /// Completed backups that were removed early up to an instant; those of the first record before it.
    func removedEarly(at instant: Timestamp) -> Int {
        counts.last { $0.at <= instant }?.count ?? counts.first?.count ?? 0
    }

    func removedEarly(before instant: Timestamp) -> Int {
        counts.last { $0.at < instant }?.count ?? counts.first?.count ?? 0
    }

    private var counts: [(at: Timestamp, count: Int)] {
        changes.compactMap { change in
            guard case .removedEarly(let counts) = change.fact else { return nil }
            return (change.at, counts.reduce(0) { $0 + $1.value })
        }
    }
}

extension SlotLedger {
    /// For each type, the completed backups of another type that count for it.
    var covers: [BackupType: [RestorableBackups.Life]] {
        var covers: [BackupType: [RestorableBackups.Life]] = [:]
        for entry in entries {
            guard case .covered = entry.outcome, entry.isKept, let backup = entry.backup else { continue }
            covers[entry.type, default: []].append(RestorableBackups.Life(backup, covering: entry.due))
        }
        return covers
    }
}
