/// Northflank takes one backup for schedules that are due at the same instant, also if they have different types.
extension Judge {
    /// What the other types have for slots without an attempt of their type.
    struct Covers {
        /// The attempts that were due at the same instant.
        var attempts: [(slot: Timestamp, attempt: Attempt)] = []
        /// The slots for which such an attempt can have been made and deleted before the addon was first seen.
        var unknown: Set<Timestamp> = []
    }

    /// - Parameter slots: those without an attempt of `type`, ascending.
    func covers(_ slots: [Timestamp], of type: BackupType) -> Covers {
        var covers = Covers()
        guard let first = slots.first else { return covers }
        for (other, calendar) in calendars where other != type {
            let due = calendar.slots(after: first.adding(milliseconds: -1), through: observedAt)
            let shared = Set(due).intersection(slots)
            if shared.isEmpty { continue }
            let newestFirst = attempts(of: other)
            let knowledge = SlotKnowledge(other, newestFirst, self)
            let attempts = Array(newestFirst.reversed())
            let outcomes = SlotMatching.match(
                slots: due, creations: attempts.map(\.createdAt), grace: objectives.grace(learned(other).durations),
                observedAt: observedAt)
            let found = SlotMatching.covers(shared, due: due, outcomes: outcomes, isKnown: knowledge.isKnown)
            covers.attempts += found.filled.map { ($0.slot, attempts[$0.creation]) }
            covers.unknown.formUnion(found.unknown)
        }
        return covers
    }
}
