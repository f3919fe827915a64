package import Backups

/// An addon with all that can be known of it, a paused one, and one with nothing.
package enum SampleAddons {
    package static let now = Timestamp(milliseconds: 1_767_225_600_000)

    package static func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: 1_767_000_000 + seconds) }

    package static let backups = [
        Backup(
            identity: "s1", status: .completed, type: .snapshot, createdAt: at(0), completedAt: at(10), size: 1000),
        Backup(
            identity: "s2", status: .completed, type: .snapshot, createdAt: at(86_400), completedAt: at(86_401.319),
            size: 234, version: "16.4"),
        // Neither an end nor a size.
        Backup(identity: "d1", status: .completed, type: .dump, createdAt: at(3600)),
        Backup(
            identity: "i1", status: .completed, type: .imported, createdAt: at(100_000), completedAt: at(100_060.5),
            size: 0),
        Backup(identity: "f1", status: .failed, type: .dump, createdAt: at(90_000), completedAt: at(90_000.25)),
        Backup(identity: "f2", status: .failed, type: .dump, createdAt: at(93_600)),
        Backup(identity: "p1", status: .inProgress, type: .dump, createdAt: at(172_800)),
        Backup(identity: "p2", status: .scheduled, type: .dump, createdAt: at(180_000)),
        Backup(identity: "x1", status: .unknown, type: .unknown, createdAt: at(1)),
    ]

    /// Dumps of the weeks before, of ten minutes each, that retention has deleted.
    private static let gone = [1000, 1010, 990, 1005, 995].enumerated().map { week, size in
        let created = at(3600 - Double(week + 1) * 604_800)
        let backup = Backup(
            identity: "g\(week)", status: .completed, type: .dump, createdAt: created,
            completedAt: created.adding(milliseconds: 600_000), size: Int64(size))
        return KnownBackup(backup, counted: .completed, goneAt: at(0))
    }

    /// A snapshot at 09:20 each day, a dump on Mondays at 10:20; the first ones are `s1` and `d1`.
    private static let schedules = [
        BackupSchedule(
            id: "weekly", type: .dump, rule: .init(interval: .weekly, minutes: [20], hours: [10]),
            retention: .seconds(14 * 86_400), effectiveFrom: at(-1)),
        BackupSchedule(
            id: "daily", type: .snapshot, rule: .init(interval: .daily, minutes: [20], hours: [9]),
            effectiveFrom: at(-1)),
    ]

    /// Observed on 2025-12-31 at 16:53, and looked at seven hours later.
    package static var rich: Addon {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "orders-db"), firstSeen: at(0),
            projectName: "Shop \"1\"", addonName: "Orders\\DB\nmain", addonType: "postgresql")
        var known = gone
        record.observe(
            backups, isWhole: true, isNewestFirst: false, at: at(200_000.125), known: &known
        ) { _ in nil }
        record.outcomes = OutcomeCounts(completed: 41, failed: 3, aborted: 1)
        record.observe(schedules: schedules, at: at(200_000))
        // Two slots were missed long ago; the snapshot of 2025-12-31 is missing now.
        record.slots[.snapshot] = .init(judgedThrough: at(86_400), missed: 2)
        record.restores = StatusCounts([.completed, .completed, .failed])
        record.lastCompletedRestore = CompletedRestore(
            end: at(150_000.25), duration: .seconds(90.5), backup: "s1", backupCreatedAt: at(0))
        record.lastFailedRestore = at(140_000)
        record.tags = ["critical", "production"]
        return state(record, known, Objectives(), isUp: false)
    }

    /// Paused, its schedules unreadable, and without any backup; policies decide all that they can.
    package static var paused: Addon {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "paused-db"), firstSeen: at(0), addonType: "redis")
        var known: [KnownBackup] = []
        record.observe([], isWhole: true, isNewestFirst: true, at: at(225_000), known: &known) { _ in nil }
        record.mayReadSchedules = false
        record.note(isPaused: true, at: at(3))
        return state(record, known, Objectives(decisions), isUp: true)
    }

    /// All that can be decided; the waiver is over.
    private static var decisions: Decisions {
        var decisions = Decisions()
        (decisions.policy, decisions.owner, decisions.onGone) = ("production", "payments@acme.example", .page)
        (decisions.maxAge, decisions.grace) = (.seconds(93_600), .seconds(2700))
        (decisions.minBackups, decisions.minSpan) = (7, .seconds(30 * 86_400))
        decisions.restoreEvery = .seconds(90 * 86_400)
        decisions.required = [.dump]
        decisions.waiver = Waiver(reason: "moving", owner: "ops@acme.example", until: at(0))
        return decisions
    }

    private static func state(
        _ record: AddonRecord, _ known: [KnownBackup], _ objectives: Objectives, isUp: Bool
    ) -> Addon {
        var record = record
        let assessment = record.judge(known, objectives)
        var addon = Addon(record, assessment, isCounting: true)
        addon.isUp = isUp
        if !isUp { addon.trouble = Trouble(reason: "timeout", message: "no answer within 30s", since: at(225_000)) }
        addon.review(now: now, limit: .seconds(900), zone: .utc)
        return addon
    }

    package static let unknown = Addon(key: AddonKey(account: "acme", project: "shop", addon: "queue"))
}
