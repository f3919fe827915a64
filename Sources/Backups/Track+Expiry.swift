extension Track {
    /// When the newest completed backup falls out of retention, by the shortest of its type.
    ///
    /// Nil if that cannot be inferred: a backup that fills no slot was made by hand, and one that is still listed after
    /// its retention is retained.
    var expiry: Timestamp? {
        guard let type, let calendar = judge.calendar(type), let newest = newestCompleted,
            let retention = judge.retention(type), retention.milliseconds < .max
        else { return nil }
        let expiry = newest.createdAt + retention
        return expiry > judge.observedAt && isScheduled(newest, calendar) ? expiry : nil
    }

    /// Whether a backup is the one of a slot.
    private func isScheduled(_ attempt: Attempt, _ calendar: SlotCalendar) -> Bool {
        guard let gap = calendar.longestGap else { return false }
        let grace = judge.objectives.grace(durations)
        // The slots and the backups around it decide which slot it fills.
        let reach = gap * 2 + grace
        let (first, last) = (attempt.createdAt - reach, min(attempt.createdAt + reach, judge.observedAt))
        let creations = attempts.reversed().map(\.createdAt).filter { (first...max(first, last)).contains($0) }
        let slots = calendar.slots(after: first, through: last)
        let outcomes = SlotMatching.match(
            slots: slots, creations: creations, grace: grace, observedAt: judge.observedAt)
        // Of backups that were created at once, the last is the newest.
        guard let index = creations.lastIndex(of: attempt.createdAt) else { return false }
        return outcomes.contains(.matched(index))
    }
}
