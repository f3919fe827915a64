/// Whether the newest completed backup is too old.
extension Track {
    /// The stricter of both limits; nil if the age has no limit.
    var objective: Duration? { [slotObjective, maxAge].compactMap(\.self).min() }

    var newestCompleted: Attempt? { listed.first { $0.status == .completed } }

    /// The newest completed backup that is listed, or that its retention has deleted.
    private var newestKnown: Attempt? { expired ?? newestCompleted }

    var tooOld: Finding? {
        guard let objective else { return nil }
        let finding = Finding.tooOld(type: type, since: newestKnown?.endOrCreation, objective: objective)
        // While the schedules may have changed, no backup becomes too old by their slots.
        let isDoubtful = slots?.isScheduleDoubtful == true && judge.record.standing?.since(finding) == nil
        let starts = [isDoubtful ? nil : tooOldBySlotsFrom, tooOldByMaxAgeFrom]
        return starts.contains { $0.map { judge.observedAt >= $0 } ?? false } ? finding : nil
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
        guard let type, let ageStart, let calendar = judge.calendar(type) else { return nil }
        let limit = SlotAgeLimit(
            calendar, grace: judge.objectives.grace(durations), formerGap: judge.record.formerGaps[type],
            forgiven: judge.objectives.forgiven)
        return limit?.tooOldFrom(ageStart, last: [newestKnown?.createdAt, cover?.slot].compactMap(\.self).max())
    }

    /// The instant from which on the newest completed backup is too old by `max_age`; nil if it never is.
    var tooOldByMaxAgeFrom: Timestamp? {
        guard let maxAge, let ageStart else { return nil }
        return (ageStart + maxAge).adding(milliseconds: 1)
    }
}
