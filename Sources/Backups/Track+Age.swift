/// Whether the newest completed backup is too old.
extension Track {
    /// The stricter of both limits; nil if the age has no limit.
    var objective: Duration? { [slotObjective, maxAge].compactMap(\.self).min() }

    var newestCompleted: Attempt? { listed.first { $0.status == .completed } }

    var tooOld: Finding? {
        // While the schedules may have changed, no backup is too old by their slots.
        let isDoubtful = slots?.isScheduleDoubtful == true
        let starts = [isDoubtful ? nil : tooOldBySlotsFrom, tooOldByMaxAgeFrom]
        guard let objective, starts.contains(where: { $0.map { judge.observedAt >= $0 } ?? false }) else { return nil }
        return .tooOld(type: type, since: newestCompleted?.endOrCreation, objective: objective)
    }

    /// The instant from which on the age of the newest completed backup counts; nil if none exists and none was due.
    private var ageStart: Timestamp? {
        // A backup of another type that covers a slot counts as if it had this type.
        guard let start = [newestCompleted?.endOrCreation, cover?.end].compactMap(\.self).max() ?? firstDue
        else { return nil }
        // After a pause the full objective applies again, from the end of the pause.
        return max(start, judge.record.activeSince ?? start)
    }

    /// The instant from which on the newest completed backup is too old by the slots; nil if it never is.
    var tooOldBySlotsFrom: Timestamp? {
        guard let slotObjective, let ageStart else { return nil }
        let isOlder = (ageStart + slotObjective).adding(milliseconds: 1)
        // Not before a later slot was due, either: clocks may have been put back, or the schedule changed.
        guard let calendar = judge.calendar(type),
            let last = [newestCompleted?.createdAt, cover?.slot].compactMap(\.self).max()
        else { return isOlder }
        return calendar.next(after: last).map { max(isOlder, $0 + judge.objectives.grace(durations)) }
    }

    /// The instant from which on the newest completed backup is too old by `max_age`; nil if it never is.
    var tooOldByMaxAgeFrom: Timestamp? {
        guard let maxAge, let ageStart else { return nil }
        return (ageStart + maxAge).adding(milliseconds: 1)
    }
}
