/// What all types of backups share when a ledger of slots is made.
struct LedgerContext {
    let past: AddonPast
    let zone: Zone
    let range: Range<Timestamp>
    /// The time up to which slots are known: the last observation.
    let observedAt: Timestamp
    /// The schedules with the times in which they were in force, in the order of time.
    let schedules: [(range: Range<Timestamp>, value: [BackupSchedule])]
    /// Times without an observation, and the last time whose slots are not judged.
    let unobserved: [Range<Timestamp>]
    let paused: Timeline<Bool>
    let absence: Timeline<Absence?>
    let decisions: Timeline<Decisions>
    /// The times of the maintenance windows of each step of `decisions`.
    private let forgivenTimes: [ForgivenTimes]
    /// Backups that count, the oldest first; a backup without a type has the type of the schedules of its time if all of
    /// them have one type.
    let backups: [KnownBackup]

    init(_ past: AddonPast, zone: Zone, zones: (String) -> Zone, in range: Range<Timestamp>) {
        (self.past, self.zone, self.range) = (past, zone, range)
        let observedAt = past.record.lastObserved ?? past.record.firstSeen
        self.observedAt = observedAt
        unobserved = past.unobserved + [past.record.forgiven].compactMap(\.self)
        let all = Timestamp.distantPast..<Timestamp(milliseconds: .max)
        let schedules = past.schedulesOverTime.pieces(in: all).map { ($0.range, $0.value ?? []) }
        self.schedules = schedules
        (paused, absence, decisions) = (past.pausedOverTime, past.absenceOverTime, past.decisionsOverTime)
        forgivenTimes = decisions.steps.map { ForgivenTimes($0.value.windows, zone: zones) }
        let horizon = Horizon(observedAt, clockAhead: past.record.remarks.clockAhead)
        let onlyTypes = schedules.map { range, schedules in
            (range, BackupType.scheduled.filter { !schedules.calendar(of: $0, zone: zone).isEmpty }.ofUntyped)
        }
        backups = past.backups.reversed().compactMap { known in
            guard known.backup.type != .imported, !horizon.isBeyond(Attempt(known)) else { return nil }
            guard known.backup.type == .unknown else { return known }
            var typed = known
            typed.backup.type = onlyTypes.first { $0.0.contains(known.backup.createdAt) }?.1 ?? .unknown
            return typed
        }
        .sorted { $1.backup.isNewer(than: $0.backup) }
    }

    /// Why no backup was due at an instant; nil if one was.
    func forgiveness(_ slot: Timestamp) -> SlotLedger.Forgiveness? {
        if absence[slot] != nil { return .notWatched }
        if paused[slot] { return .paused }
        if decisions[slot].waiver?.isInForce(at: slot) == true { return .waived }
        return forgivenTimes(at: slot).contains(slot) ? .maintenanceWindow : nil
    }

    /// The times of the maintenance windows that were in force.
    func forgivenTimes(at instant: Timestamp) -> ForgivenTimes {
        forgivenTimes[decisions.steps.lastIndex { $0.from <= instant } ?? 0]
    }

    /// The grace of each of some slots of a type, as it was then: what was decided, else what had been learned from the
    /// backups that had ended by then.
    ///
    /// - Parameters:
    ///   - slots: in any order.
    ///   - completed: the completed backups of the type, in the order of their ends.
    func graces(_ slots: [Timestamp], completed: [Attempt]) -> [Duration] {
        var learned: (ended: Int, durations: Durations) = (-1, Durations(milliseconds: []))
        return slots.map { slot in
            let ended = completed.partitioned { $0.endOrCreation <= slot }
            if learned.ended != ended {
                let latest = completed[..<ended].reversed().lazy.compactMap(\.milliseconds)
                learned = (ended, Durations(milliseconds: latest))
            }
            return Objectives(decisions[slot]).grace(learned.durations)
        }
    }
}
