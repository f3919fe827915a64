/// Which slots of a type are known to be missed if no attempt is known for them. An attempt for another slot can have been
/// made and deleted before the addon was first seen.
struct SlotKnowledge {
    /// Earlier slots are judged, and have no influence any more.
    let start: Timestamp
    private let firstSeen: Timestamp
    /// The schedules of the type that have slots, with their retentions.
    private let schedules: [(calendar: SlotCalendar, retention: Duration?)]
    /// The creation of the oldest known backup of the type: while it was listed, younger ones were, too.
    private let oldest: Timestamp?

    /// - Parameters:
    ///   - attempts: of the type, newest first.
    ///   - reach: the longest time from a slot to the creation of its backup.
    init(_ type: BackupType, _ attempts: [Attempt], reach: Duration, _ judge: Judge) {
        firstSeen = judge.record.firstSeen
        schedules = (judge.record.schedules ?? []).filter { $0.type == type }.compactMap { schedule in
            let calendar = SlotCalendar([schedule], zone: judge.objectives.zone)
            return calendar.isEmpty ? nil : (calendar, schedule.retention)
        }
        oldest = attempts.last?.createdAt
        // Without any retention, slots are known however old they are.
        let kept = schedules.compactMap(\.retention).max().map { [firstSeen] in firstSeen - $0 } ?? .distantPast
        let judged = judge.record.slots[type].map { min($0.judgedThrough, $0.missedSince ?? $0.judgedThrough) } ?? kept
        start = min(judged, oldest.map { $0 - reach } ?? judged).adding(milliseconds: -1)
    }

    func isKnown(_ slot: Timestamp) -> Bool {
        if slot >= firstSeen { return true }
        if let oldest, slot > oldest { return true }
        return retention(of: slot).map { slot + $0 > firstSeen } ?? true
    }

    /// The shortest retention of the schedules that are due at a slot, because a backup does not say which schedule made
    /// it; nil if none of them has one.
    private func retention(of slot: Timestamp) -> Duration? {
        if schedules.count == 1 { return schedules[0].retention }
        return schedules.filter { $0.calendar.next(after: slot.adding(milliseconds: -1)) == slot }
            .compactMap(\.retention).min()
    }
}
