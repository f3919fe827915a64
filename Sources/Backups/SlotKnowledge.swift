/// Which slots of a type are known to be missed if no attempt is known for them. An attempt for another slot can have
/// been made and deleted before the addon was watched.
struct SlotKnowledge {
    /// The shortest of the type's schedules; nil if no schedule has one.
    let retention: Duration?
    /// Before this instant a backup can have been deleted by its retention.
    private let kept: Timestamp
    /// From this instant on, the history has every attempt, or has judged the slots already.
    private let watchedSince: Timestamp
    /// Earlier slots are judged, and have no influence any more.
    let start: Timestamp
    /// The creation of the oldest listed backup of the type: no younger one was deleted by the retention.
    private let oldestListed: Timestamp?

    /// - Parameters:
    ///   - attempts: of the type, newest first.
    ///   - reach: the longest time from a slot to the creation of its backup.
    init(_ type: BackupType, _ attempts: [Attempt], reach: Duration, _ judge: Judge) {
        retention = judge.retention(type)
        kept = retention.map { judge.observedAt - $0 } ?? .distantPast
        let (firstSeen, before) = (judge.record.firstSeen, judge.record.slots[type])
        watchedSince = min(firstSeen, before?.missedSince ?? firstSeen)
        oldestListed = attempts.last { $0.isListed }?.createdAt
        let judgedThrough = before.map { min($0.judgedThrough, $0.missedSince ?? $0.judgedThrough) } ?? firstSeen
        let oldest = attempts.last.map { $0.createdAt - reach } ?? kept
        start = min(kept, oldest, judgedThrough).adding(milliseconds: -1)
    }

    func isKnown(_ slot: Timestamp) -> Bool {
        slot > kept || slot >= watchedSince || oldestListed.map { slot > $0 } ?? false
    }

    /// The instants from which on slots are no longer known to be missed, unless they are judged before.
    func ends(_ slots: [Timestamp]) -> [Timestamp] {
        guard let retention else { return [] }
        return slots.filter { $0 > kept && $0 < watchedSince }.map { $0 + retention }
    }

    /// The newest completed backup, if its retention has deleted it.
    ///
    /// - Parameter attempts: of the type, newest first.
    func expired(of attempts: [Attempt]) -> Attempt? {
        guard let retention, let newest = attempts.first(where: { $0.status == .completed }),
            let goneAt = newest.goneAt,
            goneAt >= newest.createdAt + retention - Removals.slack
        else { return nil }
        return newest
    }
}
