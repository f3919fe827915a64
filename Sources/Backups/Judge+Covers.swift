/// Northflank takes one backup for schedules that are due at the same instant, also if they have different types.
extension Judge {
    /// An attempt of another type, in place of one that was due at the same instant.
    struct Cover {
        let slot: Timestamp
        /// Nil if retention can have deleted the backup before the addon was first seen.
        let attempt: Attempt?
    }

    /// The covers of slots that have no attempt of their type.
    ///
    /// - Parameter slots: ascending.
    func covers(_ slots: [Timestamp], of type: BackupType) -> [Cover] {
        guard let first = slots.first else { return [] }
        return calendars.filter { $0.type != type }.flatMap { other, calendar in
            let due = calendar.slots(after: first.adding(milliseconds: -1), through: observedAt)
            let shared = Set(due).intersection(slots)
            if shared.isEmpty { return [Cover]() }
            let attempts = Array(attempts(of: other).reversed())
            let outcomes = SlotMatching.match(
                slots: due, creations: attempts.map(\.createdAt), grace: objectives.grace(learned(other).durations),
                observedAt: observedAt)
            let kept = retention(other).map { observedAt - $0 } ?? .distantPast
            return zip(due, outcomes).compactMap { slot, outcome in
                guard shared.contains(slot) else { return nil }
                if case .matched(let index) = outcome { return Cover(slot: slot, attempt: attempts[index]) }
                return slot < min(kept, record.firstSeen) ? Cover(slot: slot, attempt: nil) : nil
            }
        }
    }
}
