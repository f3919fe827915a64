/// Which slots of a type are known to be missed if no attempt is known for them. An attempt for another slot can have been
/// made and deleted before the addon was first seen.
struct SlotKnowledge {
    private let firstSeen: Timestamp
    /// The schedules of the type that have slots, with their retentions.
    private let schedules: [(calendar: SlotCalendar, retention: Duration?)]
    /// The creation of the oldest known backup of the type: while it was listed, younger ones were, too.
    private let oldest: Timestamp?

    /// - Parameters:
    ///   - schedules: of all types.
    ///   - oldest: the creation of the oldest known backup of the type.
    init(
        _ type: BackupType, _ schedules: [BackupSchedule], zone: Zone, firstSeen: Timestamp, oldest: Timestamp?
    ) {
        self.firstSeen = firstSeen
        self.oldest = oldest
        self.schedules = schedules.filter { $0.type == type }.compactMap { schedule in
            let calendar = SlotCalendar([schedule], zone: zone)
            return calendar.isEmpty ? nil : (calendar, schedule.retention)
        }
    }

    /// - Parameter attempts: of the type, newest first.
    init(_ type: BackupType, _ attempts: [Attempt], _ judge: Judge) {
        self.init(
            type, judge.record.schedules ?? [], zone: judge.objectives.zone, firstSeen: judge.record.firstSeen,
            oldest: attempts.last?.createdAt)
    }

    /// Earlier slots are judged, and have no influence any more.
    ///
    /// - Parameters:
    ///   - count: how far the slots of the type have been judged.
    ///   - reach: the longest time from a slot to the creation of its backup.
    func start(after count: AddonRecord.SlotCount?, reach: Duration) -> Timestamp {
        // Without any retention, slots are known however old they are.
        let kept = schedules.compactMap(\.retention).max().map { firstSeen - $0 } ?? .distantPast
        let judged = count.map { min($0.judgedThrough, $0.missedSince ?? $0.judgedThrough) } ?? kept
        return min(judged, oldest.map { $0 - reach } ?? judged).adding(milliseconds: -1)
    }

    func isKnown(_ slot: Timestamp) -> Bool {
        if slot >= firstSeen { return true }
        if let oldest, slot > oldest { return true }
        return !isDeleted(slot, by: firstSeen)
    }

    /// Whether a backup of a slot can have been deleted by an instant, because its retention was over.
    func isDeleted(_ slot: Timestamp, by instant: Timestamp) -> Bool {
        retention(of: slot).map { slot + $0 <= instant } ?? false
    }

    /// The shortest retention of the schedules that are due at a slot, because a backup does not say which schedule made
    /// it; nil if none of them has one.
    private func retention(of slot: Timestamp) -> Duration? {
        if schedules.count == 1 { return schedules[0].retention }
        return schedules.filter { $0.calendar.next(after: slot.adding(milliseconds: -1)) == slot }
            .compactMap(\.retention).min()
    }
}
