/// The longest age of the newest completed backup of one type, by the slots of its schedules.
struct SlotAgeLimit {
    let calendar: SlotCalendar
    let grace: Duration
    /// The longest gap between the slots of the schedules before they changed last.
    let formerGap: Duration?
    /// The times whose slots do not count.
    let forgiven: ForgivenTimes
    let gap: Duration

    /// Nil without slots.
    init?(_ calendar: SlotCalendar, grace: Duration, formerGap: Duration?, forgiven: ForgivenTimes) {
        guard let gap = calendar.longestGap else { return nil }
        self.init(calendar, gap: gap, grace: grace, formerGap: formerGap, forgiven: forgiven)
    }

    /// - Parameter gap: the longest of the calendar.
    init(_ calendar: SlotCalendar, gap: Duration, grace: Duration, formerGap: Duration?, forgiven: ForgivenTimes) {
        (self.calendar, self.gap, self.grace) = (calendar, gap, grace)
        (self.formerGap, self.forgiven) = (formerGap, forgiven)
    }

    /// The instant from which on a backup is too old; nil if it never is.
    ///
    /// - Parameters:
    ///   - ageStart: from when on its age counts.
    ///   - last: its creation, or the slot that it fills; nil if there is no backup.
    func tooOldFrom(_ ageStart: Timestamp, last: Timestamp?) -> Timestamp? {
        func isOlder(_ limit: Duration) -> Timestamp { (ageStart + limit).adding(milliseconds: 1) }
        guard let last else { return isOlder(gap + grace) }
        // Not before a later slot was due, either, because clocks may have been put back.
        func isTooOld(_ calendar: SlotCalendar, gap: Duration) -> Timestamp? {
            calendar.next(after: last, outside: forgiven).map { max(isOlder(gap + grace), $0 + grace) }
        }
        let (older, newer) = (calendar.madeUntil(last), calendar.madeAfter(last))
        guard let firstNew = newer.next(after: last, outside: forgiven) else { return isTooOld(older, gap: gap) }
        // The backup is measured by the schedules of its time until the first slot of newer ones. If these are not
        // known, the hour alone may have changed.
        let byNewer = max(isTooOld(calendar, gap: gap) ?? firstNew, firstNew + grace)
        let byOlder =
            older.longestGap.map { isTooOld(older, gap: $0) }
            ?? isOlder(max(gap * 2, formerGap ?? .zero) + grace)
        return byOlder.map { min($0, byNewer) } ?? byNewer
    }
}
