import Backups
import Fleet
import Settings

extension Explanation.Evidence {
    init(_ facts: ExplanationFacts) {
        let addon = facts.addon
        let record = addon.record
        self.init(
            checkedAt: addon.lastObserved.map(UTCTime.init), checkedFor: addon.lastPollReason?.rawValue,
            wholeListAt: record?.lastWhole.map(UTCTime.init), listed: addon.summary?.count,
            error: (addon.trouble ?? facts.account.polling.trouble).map(Explanation.Problem.init),
            schedules: (record?.schedules ?? []).map(Explanation.Schedule.init),
            schedulesReadAt: record?.schedulesObserved.map(UTCTime.init),
            mayReadSchedules: record?.mayReadSchedules ?? true, timeZone: facts.zone.identifier,
            isTimeZoneAuto: facts.configuration.objective.isTimeZoneAuto,
            failedPolls: addon.failedPolls.runs(at: facts.now).map(Explanation.FailedPolls.init),
            clockAheadSeconds: facts.account.clockAhead?.components.seconds, uid: record?.uid,
            watchedSince: record.map { UTCTime($0.firstSeen) },
            goneSince: facts.goneSince.map(UTCTime.init),
            goneUntil: facts.isConfigured
                ? nil : facts.goneSince.map { UTCTime($0 + facts.configuration.discovery.goneFor) },
            changes: Explanation.Change.all(facts.past?.standings ?? []),
            unobserved: (facts.past?.unobserved ?? []).reversed()
                .map { Explanation.Gap(from: UTCTime($0.lowerBound), to: UTCTime($0.upperBound)) })
    }
}

extension Explanation.Change {
    /// The changes of the state, the newest first. Standings of one state differ in their findings alone.
    fileprivate static func all(_ standings: [Standing]) -> [Self] {
        var changes: [Self] = []
        for standing in standings where standing.state.rawValue != changes.last?.state {
            changes.append(
                Self(at: UTCTime(standing.since), before: changes.last?.state, state: standing.state.rawValue))
        }
        return changes.reversed()
    }
}

extension Explanation.Problem {
    init(_ trouble: Trouble) {
        self.init(
            reason: trouble.reason, message: trouble.message, since: UTCTime(trouble.since), remedy: trouble.remedy)
    }
}

extension Explanation.FailedPolls {
    init(_ run: Backups.FailedPolls.Run) {
        self.init(
            reason: run.reason, status: run.status, first: UTCTime(run.first), last: UTCTime(run.last),
            count: run.count)
    }
}

extension Explanation.Schedule {
    init(_ schedule: BackupSchedule) {
        self.init(
            id: schedule.id, type: schedule.type.label, times: schedule.timesText,
            keptSeconds: schedule.retention?.components.seconds)
    }
}
