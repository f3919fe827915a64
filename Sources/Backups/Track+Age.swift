/// Whether the newest completed backup is too old.
extension Track {
    /// The stricter of both limits; nil if the age has no limit.
    var objective: Duration? { [slotObjective, maxAge].compactMap(\.self).min() }

    var newestCompleted: Attempt? { listed.first { $0.status == .completed } }

    /// The newest completed backup that is listed, or that its retention has deleted.
    private var newestKnown: Attempt? { newestCompleted ?? expired }

    var tooOld: Finding? {
        // While the schedules may have changed, no backup is too old by their slots.
        let isDoubtful = slots?.isScheduleDoubtful == true
        let starts = [isDoubtful ? nil : tooOldBySlotsFrom, tooOldByMaxAgeFrom]
        guard let objective, starts.contains(where: { $0.map { judge.observedAt >= $0 } ?? false }) else { return nil }
        return .tooOld(type: type, since: newestKnown?.endOrCreation, objective: objective)
    }

    /// The instant from which on the age of the newest completed backup counts; nil if none exists and none was due.
    private var ageStart: Timestamp? {
        // A backup of another type that covers a slot counts as if it had this type.
        guard let start = [newestKnown?.endOrCreation, cover?.end].compactMap(\.self).max() ?? firstDueKnown
        else { return nil }
        // After a pause the full objective applies again, from the end of the pause.
        return max(start, judge.record.activeSince ?? start)
    }

    /// The first slot that was due. If a backup can have been made and deleted within the objective, the time since the
    /// addon was first seen counts.
    private var firstDueKnown: Timestamp? {
        guard let firstDue, let type, let slotObjective, let retention = judge.retention(type),
            retention <= slotObjective
        else { return firstDue }
        return max(firstDue, judge.record.firstSeen)
    }

    /// The instant from which on the newest completed backup is too old by the slots; nil if it never is.
    var tooOldBySlotsFrom: Timestamp? {
        guard let type, let slotObjective, let ageStart else { return nil }
        func isOlder(_ limit: Duration) -> Timestamp { (ageStart + limit).adding(milliseconds: 1) }
        guard let calendar = judge.calendar(type), let gap = calendar.longestGap,
            let last = [newestKnown?.createdAt, cover?.slot].compactMap(\.self).max()
        else { return isOlder(slotObjective) }
        let grace = judge.objectives.grace(durations)
        // Not before a later slot was due, either, because clocks may have been put back.
        let (next, ever) = (calendar.next(after: last), calendar.nextEver(after: last))
        let isDue = next.map { max(isOlder(slotObjective), $0 + grace) }
        guard next != ever else { return isDue }
        // The schedules are newer than the backup. Before their first slot, the backup can be as old as a backup of the
        // former schedules, or as one from before a change of the hour.
        let former = max(gap * 2, judge.record.formerGaps[type] ?? .zero) + grace
        let isFarTooOld = isOlder(former)
        return isDue.map { min($0, isFarTooOld) } ?? isFarTooOld
    }

    /// The instant from which on the newest completed backup is too old by `max_age`; nil if it never is.
    var tooOldByMaxAgeFrom: Timestamp? {
        guard let maxAge, let ageStart else { return nil }
        return (ageStart + maxAge).adding(milliseconds: 1)
    }
}
