import Backups
import Fleet
import Settings

extension Explanation.Evidence {
    init(_ facts: ExplanationFacts) {
        let addon = facts.addon
        let record = addon.record
        let standings = facts.past?.standings ?? []
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
            changes: standings.indices.reversed().map { index in
                Explanation.Change(
                    at: UTCTime(standings[index].since),
                    before: index > 0 ? standings[index - 1].state.rawValue : nil,
                    state: standings[index].state.rawValue)
            },
            unobserved: (facts.past?.unobserved ?? []).reversed()
                .map { Explanation.Gap(from: UTCTime($0.lowerBound), to: UTCTime($0.upperBound)) })
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
