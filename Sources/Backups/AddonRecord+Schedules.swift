extension AddonRecord {
    /// Takes over schedules, as the API lists them.
    ///
    /// An unchanged schedule keeps its `effectiveFrom`. A schedule with a changed rule had the old rule at the last
    /// reading, so the new rule is in effect from that reading on at the earliest, whatever the API says. A schedule
    /// that was not understood at the last reading counts from its creation.
    ///
    /// - Parameter now: when the schedules were read.
    package mutating func observe(schedules read: [BackupSchedule], at now: Timestamp) {
        let lastRead = schedulesObserved ?? .distantPast
        // Without a last reading, it is not known when the known rules took effect.
        let before = schedulesObserved == nil ? [] : (schedules ?? []).filter { $0.rule != nil }
        schedules = read.map { schedule in
            var schedule = schedule
            guard schedule.rule != nil else { return schedule }
            if let same = before.first(where: { $0.id == schedule.id && $0.isDueLike(schedule) }) {
                schedule.effectiveFrom = same.effectiveFrom
            } else if before.contains(where: { $0.id == schedule.id }) {
                schedule.effectiveFrom = min(max(schedule.effectiveFrom, lastRead), now)
            }
            return schedule
        }
        noteFormerGaps(before)
        schedulesObserved = now
        mayReadSchedules = true
    }
}

extension AddonRecord {
    /// Keeps the longest gap of the schedules of a type that have changed. It outlives schedules that are deleted.
    private mutating func noteFormerGaps(_ before: [BackupSchedule]) {
        for type in BackupType.scheduled {
            let (old, new) = (before.filter { $0.type == type }, (schedules ?? []).filter { $0.type == type })
            let isSame =
                old.count == new.count && new.allSatisfy { schedule in old.contains(where: schedule.isDueLike) }
            if isSame { continue }
            if let gap = SlotCalendar(old, zone: .utc).longestGap { formerGaps[type] = gap }
        }
    }
}

extension BackupSchedule {
    /// Whether another schedule has the same type and the same times, in whatever way its rule is written.
    fileprivate func isDueLike(_ other: BackupSchedule) -> Bool {
        type == other.type && rule?.times == other.rule?.times
    }
}

extension BackupSchedule.Rule {
    /// The meaning of the rule: without order and repetitions, and without the lists that its interval does not use.
    fileprivate var times: [Set<Int>] {
        func orFirst(_ values: [Int]) -> Set<Int> { values.isEmpty ? [0] : Set(values) }
        return switch interval {
        case .hourly: [[0], orFirst(minutes), Set(hours)]
        case .daily: [[1], orFirst(minutes), orFirst(hours)]
        case .weekly: [[2], orFirst(minutes), orFirst(hours), orFirst(days)]
        }
    }
}
