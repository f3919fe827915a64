extension Track {
    /// When the newest completed backup falls out of retention, by the shortest of its type.
    ///
    /// Nil if that cannot be inferred: a backup that fills no slot was made by hand, and one that is still listed after
    /// its retention is retained.
    func inferredExpiry(
        _ type: BackupType, _ calendar: SlotCalendar, grace: Duration, gap: Duration
    ) -> Timestamp? {
        guard let newest = newestCompleted, let retention = judge.retention(type), retention.milliseconds < .max
        else { return nil }
        let expiry = newest.createdAt + retention
        guard expiry > judge.observedAt else { return nil }
        // The slots and the backups around it decide which slot it fills.
        let reach = gap * 2 + grace
        let (first, last) = (newest.createdAt - reach, min(newest.createdAt + reach, judge.observedAt))
        let creations = attempts.reversed().map(\.createdAt).filter { (first...max(first, last)).contains($0) }
        let outcomes = SlotMatching.match(
            slots: calendar.slots(after: first, through: last), creations: creations, grace: grace,
            observedAt: judge.observedAt)
        // Of backups that were created at once, the last is the newest.
        return creations.lastIndex(of: newest.createdAt).flatMap { outcomes.contains(.matched($0)) ? expiry : nil }
    }
}
