/// The slots of one type of backups, while a ledger of slots is made.
struct LedgerColumn {
    /// A slot, with the schedules that it is of.
    private struct Slot {
        var due: Timestamp
        var period: Int
        /// When its schedule was found to be deleted or changed; nil for one that is in force.
        var endedAt: Timestamp?
    }

    let type: BackupType
    let due: [Timestamp]
    let outcomes: [SlotMatching.Outcome]
    let backups: [KnownBackup]
    private let slots: [Slot]
    private let graces: [Duration]
    /// By period of the schedules.
    private let knowledge: [SlotKnowledge]

    /// Nil if the type never had a slot.
    init?(_ type: BackupType, _ context: LedgerContext) {
        self.type = type
        let backups = context.backups.filter { $0.backup.type == type }
        self.backups = backups
        let periods = context.schedules.map { (range: $0.range, schedules: $0.value.filter { $0.type == type }) }
        let gap = periods.compactMap { $0.schedules.calendar(of: type, zone: .utc).longestGap }.max()
        guard let gap else { return nil }
        let completed = backups.map(Attempt.init).filter { $0.status == .completed }
            .sorted { $0.endOrCreation < $1.endOrCreation }
        let longest = context.decisions.steps.compactMap(\.value.grace).max() ?? .zero
        let reach = gap * 2 + max(Objectives.leastGrace, longest, completed.compactMap(\.duration).max() ?? .zero)
        let (first, last) = (context.range.lowerBound - reach, context.range.upperBound + reach)
        let through = min(last, context.observedAt)
        slots = Self.slots(periods, zone: context.zone, after: first, through: through)
        due = slots.map(\.due)
        graces = context.graces(due, completed: completed)
        let (near, limits) = (first...max(first, last), graces.map(\.milliseconds))
        let creations = backups.map(\.backup.createdAt)
        let lead = creations.prefix { $0 < near.lowerBound }.count
        outcomes = SlotMatching.match(
            slots: due, creations: creations.dropFirst(lead).filter(near.contains), observedAt: context.observedAt
        ) { limits[$0] }
        .map { if case .matched(let index) = $0 { .matched(index + lead) } else { $0 } }
        knowledge = periods.map {
            SlotKnowledge(
                type, $0.schedules, zone: context.zone, firstSeen: context.past.record.firstSeen,
                oldest: backups.first?.backup.createdAt)
        }
    }

    /// The slots of all periods, each once. A schedule that was found at the beginning of a period counts from its
    /// creation, which is in the period before.
    private static func slots(
        _ periods: [(range: Range<Timestamp>, schedules: [BackupSchedule])], zone: Zone, after: Timestamp,
        through: Timestamp
    ) -> [Slot] {
        var slots: [Slot] = []
        for (index, period) in periods.enumerated() {
            func add(_ schedules: [BackupSchedule], _ range: Range<Timestamp>, endedAt: Timestamp?) {
                let last = min(range.upperBound.adding(milliseconds: -1), through)
                let start = max(range.lowerBound.adding(milliseconds: -1), after)
                guard start < last else { return }
                slots += SlotCalendar(schedules, zone: zone).slots(after: start, through: last)
                    .map { Slot(due: $0, period: index, endedAt: endedAt) }
            }
            let before = index > 0 ? periods[index - 1] : nil
            let after = index + 1 < periods.count ? periods[index + 1] : nil
            if let before {
                add(period.schedules.filter { !before.schedules.contains($0) }, before.range, endedAt: nil)
            }
            for schedule in period.schedules {
                let next = after?.schedules.first { $0.id == schedule.id }
                let isOver = after != nil && next?.rule != schedule.rule
                // A changed rule counts from some time before it was read.
                let end = isOver ? min(period.range.upperBound, next?.effectiveFrom ?? period.range.upperBound) : nil
                add(
                    [schedule], period.range.lowerBound..<max(period.range.lowerBound, end ?? period.range.upperBound),
                    endedAt: isOver ? period.range.upperBound : nil)
            }
        }
        slots.sort { ($0.due, $0.endedAt != nil ? 1 : 0) < ($1.due, $1.endedAt != nil ? 1 : 0) }
        var last: Timestamp?
        return slots.filter { slot in
            defer { last = slot.due }
            return slot.due != last
        }
    }

    func entries(others: [LedgerColumn], _ context: LedgerContext) -> [SlotLedger.Entry] {
        let open = Set(due.indices.lazy.filter { outcomes[$0] == .missed }.map { due[$0] })
        var covers: [Timestamp: KnownBackup] = [:]
        var unknown = Set<Timestamp>()
        for other in open.isEmpty ? [] : others {
            let found = SlotMatching.covers(
                open, due: other.due, outcomes: other.outcomes,
                isKnown: { slot in
                    other.due.firstIndex(of: slot).map { other.doubt($0, context) == nil } ?? true
                })
            for (slot, creation) in found.filled { covers[slot] = other.backups[creation] }
            unknown.formUnion(found.unknown)
        }
        return slots.indices.compactMap { index in
            let slot = slots[index].due
            var entry = SlotLedger.Entry(type: type, due: slot, grace: graces[index], outcome: .missed)
            if case .matched(let creation) = outcomes[index] {
                entry.backup = backups[creation]
                entry.outcome = Self.outcome(backups[creation])
            } else if outcomes[index] == .pending {
                entry.outcome = .pending
            } else if let cover = covers[slot] {
                entry.backup = cover
                entry.outcome = .covered(by: cover.backup.type)
            } else if let doubt = doubt(index, context) ?? (unknown.contains(slot) ? .beforeWatching : nil) {
                entry.outcome = .notJudged(doubt)
            } else if let ended = slots[index].endedAt, slot + graces[index] + Track.longestDoubt > ended {
                // The schedule was deleted before the slot, or the slot was not judged when that was found.
                return nil
            } else if isDoubtful(slot, grace: graces[index], context) {
                entry.outcome = .pending
            }
            if let forgiveness = context.forgiveness(slot) { entry.outcome = .forgiven(forgiveness) }
            return entry
        }
    }

    /// Why it is not known that the slot at an index had no attempt; nil if it is known.
    private func doubt(_ index: Int, _ context: LedgerContext) -> SlotLedger.Doubt? {
        let slot = slots[index].due
        let knowledge = knowledge[slots[index].period]
        if !knowledge.isKnown(slot) { return .beforeWatching }
        // The backup of a slot just before the time can have been made within it.
        for time in context.unobserved where time.upperBound > slot && time.lowerBound <= slot + graces[index] {
            let isLong = time.contains(slot) && time.upperBound - time.lowerBound > AddonRecord.longestUnobserved
            if isLong || knowledge.isDeleted(slot, by: time.upperBound) { return .notObserved }
        }
        return nil
    }

    /// Whether the schedules may have changed before a slot, and are read again before it counts as missed.
    private func isDoubtful(_ slot: Timestamp, grace: Duration, _ context: LedgerContext) -> Bool {
        guard let read = context.past.record.schedulesObserved, read < slot else { return false }
        return context.observedAt < slot + grace + Track.longestDoubt
    }

    private static func outcome(_ known: KnownBackup) -> SlotLedger.Outcome {
        switch known.backup.status {
        case .completed: .completed
        case .failed, .notSupported: .failed
        case .aborted: .aborted
        case .scheduled, .inProgress, .aborting, .unknown: known.isListed ? .running : .notJudged(.vanished)
        }
    }
}
