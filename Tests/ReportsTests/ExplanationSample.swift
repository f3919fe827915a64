import Backups
import Fleet
import FoundationEssentials
import Settings
import TestSupport

@testable import Reports

/// One addon in a situation, as an explanation needs it. Now is 2026-11-27, 03:12.
struct ExplanationSample {
    static let now = time("2026-11-27T03:12:00Z")

    var key = AddonKey(account: "acme", project: "billing", addon: "invoices-db")
    var name = "Invoices DB"
    var type = "mysql"
    var schedules: [BackupSchedule] = []
    var backups: [Backup] = []
    var decided = ResolvedDecisions()
    var restores: [PastRestore] = []
    var firstSeen = time("2025-10-11T08:00:00Z")
    var observedAt = now - .seconds(240)
    var schedulesReadAt = now - .seconds(22_320)
    var standings: [Standing] = []
    var isGone = false
    var failedPolls: [(Trouble, Timestamp)] = []
    var trouble: Trouble?

    var facts: ExplanationFacts {
        var record = AddonRecord(key: key, firstSeen: firstSeen)
        record.apply(
            .listed(projectName: nil, AddonFacts(name: name, type: type, isPaused: false, tags: ["tier-gold"])),
            at: firstSeen)
        record.apply(.schedules(schedules), at: schedulesReadAt)
        record.standing = standings.last
        record.pastRestores = restores
        record.lastCompletedRestore = restores.first { $0.hasCompleted }.map { CompletedRestore(end: $0.end) }
        var known: [KnownBackup] = []
        record.observe(backups, isWhole: true, isNewestFirst: true, at: observedAt, known: &known) { _ in nil }
        let assessment = record.judge(known, Objectives(decided.decisions))
        if isGone { record.noteAway(Absence(since: observedAt, isGone: true, confirmed: observedAt + .seconds(120))) }
        var addon = Addon(record, assessment, isCounting: true)
        addon.lastPollReason = .sweep
        for (trouble, at) in failedPolls { addon.failedPolls.note(trouble, isNext: false, at: at) }
        (addon.isUp, addon.trouble) = (trouble == nil, trouble)
        addon.review(now: Self.now, limit: .seconds(7200), zone: .utc)
        var account = AccountStatus(name: key.account)
        account.polling.pollInterval = .seconds(2400)
        account.clockAhead = .zero
        var configuration = AccountConfiguration(token: .environment("TOKEN"))
        configuration.name = key.account
        configuration.webhookToken = .environment("SECRET")
        return ExplanationFacts(
            addon, past: AddonPast(record: record, backups: known, standings: standings), decided: decided,
            account: account, configuration: configuration, usesSlots: true, now: Self.now)
    }

    var explanation: Explanation { Explanation(facts, days: Explanation.defaultDays) }

    /// The lines of a file of `testdata`.
    static func golden(_ name: String) throws -> [String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "testdata/\(name).txt")
        return try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
    }
}

extension ExplanationSample {
    /// A dump each evening, of which the last three failed after an upgrade, and a snapshot each Sunday.
    static var failing: Self {
        var sample = Self()
        sample.schedules = [
            daily("daily-dump", .dump, hour: 19, minute: 50, kept: 30),
            BackupSchedule(
                id: "weekly-snap", type: .snapshot,
                rule: .init(interval: .weekly, minutes: [15], hours: [2], days: [6]), retention: .seconds(60 * 86_400),
                effectiveFrom: time("2025-10-11T08:00:00Z")),
        ]
        let first = time("2026-11-26T19:50:00Z")
        sample.backups = (0..<30).map { day in
            let created = first - .seconds(86_400 * day) + .seconds(5 + day % 5)
            let isFailed = day < 3
            return Backup(
                identity: BackupIdentity("dump-\(day)"), status: isFailed ? .failed : .completed, type: .dump,
                createdAt: created, completedAt: created + .seconds(isFailed ? 130 + day : 600 + day * 7),
                size: isFailed ? nil : 6_700_000_000 - Int64(day) * 10_000_000,
                version: isFailed ? "8.0.39" : "8.0.36")
        }
        let sunday = time("2026-11-22T02:15:04Z")
        sample.backups += (0..<5).map { week in
            let created = sunday - .seconds(7 * 86_400 * week)
            return Backup(
                identity: BackupIdentity("snapshot-\(week)"), status: .completed, type: .snapshot, createdAt: created,
                completedAt: created + .seconds(38 + week), size: 330_000_000, version: "8.0.36")
        }
        // By hand, in the morning.
        let byHand = time("2026-11-08T09:12:00Z")
        sample.backups.append(
            Backup(
                identity: "by-hand", status: .completed, type: .dump, createdAt: byHand,
                completedAt: byHand + .seconds(630), size: 6_500_000_000, version: "8.0.36"))
        sample.backups.sort { $0.isNewer(than: $1) }
        sample.decided = gold
        sample.restores = [
            PastRestore(
                end: time("2026-11-15T09:31:00Z"), hasCompleted: true, duration: .seconds(760),
                backup: "dump-12", backupCreatedAt: first - .seconds(86_400 * 12) + .seconds(7))
        ]
        sample.standings = [
            Standing(state: .ok, since: time("2025-10-11T08:00:00Z"), findings: []),
            Standing(
                state: .failing, since: time("2026-11-24T19:52:19Z"),
                findings: [.init(kind: .attemptFailed, type: .dump, since: time("2026-11-24T19:52:19Z"))]),
        ]
        sample.failedPolls = [
            (Trouble(reason: "timeout", message: "no answer", since: now), time("2026-11-26T14:07:00Z"))
        ]
        return sample
    }

    /// A snapshot each hour, of which the last two did not start.
    static var late: Self {
        var sample = Self()
        (sample.key, sample.name, sample.type) = (
            AddonKey(account: "acme", project: "shop", addon: "carts-cache"), "Carts cache", "redis"
        )
        sample.schedules = [
            BackupSchedule(
                id: "hourly-snapshot", type: .snapshot, rule: .init(interval: .hourly),
                retention: .seconds(86_400 * 20),
                effectiveFrom: time("2026-11-13T00:59:00Z"))
        ]
        sample.schedulesReadAt = now - .seconds(300)
        let first = time("2026-11-27T00:00:04Z")
        sample.backups = (0..<336).map { hour in
            let created = first - .seconds(3600 * hour)
            return Backup(
                identity: BackupIdentity("snapshot-\(hour)"), status: .completed, type: .snapshot, createdAt: created,
                completedAt: created + .seconds(30), size: 20_000_000, version: "7.2.4")
        }
        sample.firstSeen = first - .seconds(3600 * 335 + 60)
        return sample
    }

    /// As `failing`, before the upgrade.
    static var ok: Self {
        var sample = failing
        sample.backups = sample.backups.map { backup in
            var backup = backup
            guard backup.status == .failed else { return backup }
            (backup.status, backup.size, backup.version) = (.completed, 6_700_000_000, "8.0.36")
            backup.completedAt = backup.createdAt + .seconds(600)
            return backup
        }
        sample.standings = [Standing(state: .ok, since: time("2026-09-07T04:02:00Z"), findings: [])]
        sample.failedPolls = []
        return sample
    }

    static var gone: Self {
        var sample = ok
        sample.isGone = true
        return sample
    }

    /// Nothing was ever backed up, and that was decided.
    static var waived: Self {
        var sample = Self()
        (sample.key, sample.name) = (AddonKey(account: "acme", project: "perf", addon: "load-test-db"), "Load test DB")
        sample.decided.decisions.policy = "scratch"
        sample.decided.decisions.owner = "ops@acme.example"
        sample.decided.decisions.maxAge = .seconds(93_600)
        sample.decided.decisions.waiver = Waiver(
            reason: "rebuilt from fixtures", owner: "ops@acme.example", until: time("2026-12-31T00:00:00Z"))
        let key = "accounts[0].policies[1]"
        sample.decided.sources = [
            "name": DecisionSource(policy: "scratch", key: key, file: "config.yml", line: 52),
            "waive": DecisionSource(policy: "scratch", key: key, file: "config.yml", line: 54),
            "max_age": DecisionSource(policy: "scratch", key: key, file: "config.yml", line: 53),
        ]
        return sample
    }

    private static func daily(_ id: String, _ type: BackupType, hour: Int, minute: Int, kept days: Double)
        -> BackupSchedule
    {
        BackupSchedule(
            id: id, type: type, rule: .init(interval: .daily, minutes: [minute], hours: [hour]),
            retention: .seconds(days * 86_400), effectiveFrom: time("2025-10-11T08:00:00Z"))
    }

    private static var gold: ResolvedDecisions {
        var decided = ResolvedDecisions()
        decided.decisions.policy = "gold"
        decided.decisions.owner = "payments@acme.example"
        decided.decisions.minBackups = 14
        decided.decisions.minSpan = .seconds(14 * 86_400)
        decided.decisions.restoreEvery = .seconds(90 * 86_400)
        for key in ["name", "owner", "min_backups", "min_span", "restore_every"] {
            decided.sources[key] = DecisionSource(
                policy: "gold", key: "accounts[0].policies[0]", file: "config.yml", line: 31)
        }
        return decided
    }
}
