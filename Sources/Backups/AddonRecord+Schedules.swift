extension AddonRecord {
    /// Takes over schedules that were read, as the API lists them.
    ///
    /// A schedule that is as it was counts from when it did. One whose rule changed had the old rule when it was last
    /// read, so that the new one counts from then on at the earliest, whatever the API says.
    ///
    /// - Parameter now: when they were read.
    package mutating func observe(schedules read: [BackupSchedule], at now: Timestamp) {
        let before = schedules ?? []
        schedules = read.map { schedule in
            var schedule = schedule
            if let same = before.first(where: { $0.id == schedule.id && $0.isDueLike(schedule) }) {
                schedule.effectiveFrom = same.effectiveFrom
            } else if before.contains(where: { $0.id == schedule.id }) {
                let lastRead = schedulesObserved ?? .distantPast
                schedule.effectiveFrom = min(max(schedule.effectiveFrom, lastRead), now)
            }
            return schedule
        }
        schedulesObserved = now
        mayReadSchedules = true
    }
}

extension BackupSchedule {
    /// Whether another schedule is of the same type and due at the same times, however they are written.
    fileprivate func isDueLike(_ other: BackupSchedule) -> Bool {
        type == other.type && rule.times == other.rule.times
    }
}

extension BackupSchedule.Rule {
    /// What the rule means: without order and repetitions, and without what its interval does not use.
    fileprivate var times: [Set<Int>] {
        func orFirst(_ values: [Int]) -> Set<Int> { values.isEmpty ? [0] : Set(values) }
        return switch interval {
        case .hourly: [[0], orFirst(minutes)]
        case .daily: [[1], orFirst(minutes), orFirst(hours)]
        case .weekly: [[2], orFirst(minutes), orFirst(hours), orFirst(days)]
        }
    }
}
