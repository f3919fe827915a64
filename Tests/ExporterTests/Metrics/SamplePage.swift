import Backups
import Exposition
import FoundationEssentials
import Northflank

@testable import Exporter
@testable import History

/// One addon with all that can be known of it, a paused one, one with nothing, and the account that they are of.
enum SamplePage {
    static let now = Timestamp(milliseconds: 1_767_225_600_000)

    static func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: 1_767_000_000 + seconds) }

    static let backups = [
        Backup(
            identity: "s1", status: .completed, type: .snapshot, createdAt: at(0), completedAt: at(10), size: 1000),
        Backup(
            identity: "s2", status: .completed, type: .snapshot, createdAt: at(86_400), completedAt: at(86_401.319),
            size: 234),
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
            retention: 14 * 86_400, effectiveFrom: at(-1)),
        BackupSchedule(
            id: "daily", type: .snapshot, rule: .init(interval: .daily, minutes: [20], hours: [9]),
            effectiveFrom: at(-1)),
    ]

    /// Observed on 2025-12-31 at 16:53, and looked at seven hours later.
    static var rich: AddonState {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "orders-db"), firstSeen: at(0),
            projectName: "Shop \"1\"", addonName: "Orders\\DB\nmain", addonType: "postgresql")
        var known = gone
        record.observe(backups, isWhole: true, at: at(200_000.125), known: &known) { _ in nil }
        record.outcomes = OutcomeCounts(completed: 41, failed: 3, aborted: 1)
        record.observe(schedules: schedules, at: at(200_000))
        // Two slots were missed long ago; the snapshot of 2025-12-31 is missing now.
        record.slots[.snapshot] = .init(judgedThrough: at(86_400), missed: 2)
        record.restores = StatusCounts([.completed, .completed, .failed])
        record.lastCompletedRestore = at(150_000.25)
        return state(record, known, Objectives(), isUp: false)
    }

    /// Paused, its schedules unreadable, and without any backup; `max_age` is its objective.
    static var paused: AddonState {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "paused-db"), firstSeen: at(0), addonType: "redis")
        var known: [KnownBackup] = []
        record.observe([], isWhole: true, at: at(225_000), known: &known) { _ in nil }
        record.mayReadSchedules = false
        record.isPaused = true
        return state(record, known, Objectives(maxAge: 93_600_000), isUp: true)
    }

    private static func state(
        _ record: AddonRecord, _ known: [KnownBackup], _ objectives: Objectives, isUp: Bool
    ) -> AddonState {
        var record = record
        let assessment = record.judge(known, objectives)
        var state = AddonState(key: record.key)
        state.take(record, assessment)
        state.isUp = isUp
        state.review(now: now, limit: 900, zone: .utc)
        return state
    }

    static let unknown = AddonState(key: AddonKey(account: "acme", project: "shop", addon: "queue"))

    static var account: AccountStatus {
        var account = AccountStatus(name: "acme")
        account.record(.request(.backups, code: "200", duration: 0.3), now: now)
        account.record(.request(.backups, code: "404", duration: 31), now: now)
        account.record(.retry(.timeout), now: now)
        account.record(.failure(.backups, APIError(.notFound, "x")), now: now)
        account.record(.rateLimit(RateLimitHeaders(limit: 1000, remaining: 998, reset: 1800)), now: now)
        account.addons = 2
        account.addonsNotFound = 1
        account.pollInterval = 300
        account.listInterval = 600
        account.isDiscoveryUp = true
        account.lastDiscovery = at(200_001)
        account.requestsByReason["slot"] = 7
        account.requestsByReason["schedules"] = 2
        account.queued = ["new": 3, "slot": 1]
        account.expectedRequests = 612.4
        account.budgetUsedUpAt = at(225_700)
        return account
    }

    static let process: ProcessStatus? = {
        var process = ProcessStatus(
            stat: "1 (x) S 1 1 1 0 -1 0 0 0 0 0 125 50 0 0 20 0 9 0 6000 2147483648 1024", bootTime: 1_767_000_000,
            ticksPerSecond: 100, pageSize: 4096)
        process?.openFiles = 12
        process?.maxFiles = 1024
        return process
    }()

    static let history = HistoryStatus(
        isPersistent: true, path: "/var/lib/exporter/history.sqlite", bytes: 1_234_567, writeErrors: 1, corruptions: 2)

    static func render(
        _ addons: [AddonState] = [rich, paused, unknown], accounts: [AccountStatus] = [account],
        process: ProcessStatus? = process, format: ExpositionFormat = .text, now: Timestamp = now,
        includingAges: Bool = true, history: HistoryStatus? = history
    ) -> String {
        let reload = ReloadStatus(isSuccessful: true, lastSuccess: at(1.5))
        var status = ExporterStatus(accounts: accounts, reload: reload, process: process)
        status.history = history
        status.webhooks = [.accepted: 12, .coalesced: 5, .unknown: 1, .forged: 2]
        status.observedAges = ObservedAges.byAccount(addons, now: now)
        let bytes = MetricCatalog.render(
            addons.map(RenderedAddon.init), status, format: format, now: now, includingAges: includingAges)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A page of `testdata`, with what depends on the build put in.
    static func golden(_ name: String) throws -> String {
        try String(contentsOf: URL(filePath: "\(Testdata.directory)/\(name)"), encoding: .utf8)
            .replacing("${version}", with: BuildInfo.version).replacing("${revision}", with: BuildInfo.revision)
            .replacing("${swift}", with: BuildInfo.swiftVersion).replacing("${libcurl}", with: BuildInfo.libcurlVersion)
    }
}
