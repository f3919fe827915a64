import Backups
import Freshness
import TestSupport
import Testing

@testable import Polling

/// What schedules and history let one expect, in the plan's time: the uptime is 100,000 at the moment of judging.
struct OutlookTests {
    private let now = time("2027-01-15T08:00:00Z")
    private let uptime = 100_000.0

    private func outlook(
        _ backups: [Backup], _ schedules: [BackupSchedule] = [], observed: Timestamp? = nil, isPaused: Bool = false
    ) throws -> Outlook {
        var record = AddonRecord(
            key: AddonKey(account: "acme", project: "shop", addon: "db"), firstSeen: time("2027-01-01T00:00:00Z"))
        var known: [KnownBackup] = []
        record.observe(backups, isWhole: true, isNewestFirst: true, at: observed ?? now, known: &known) { _ in nil }
        record.observe(schedules: schedules, at: observed ?? now)
        record.isPaused = isPaused
        let assessment = record.judge(known, Objectives())
        let addon = Addon(record, assessment, isCounting: true)
        return try #require(Outlook(addon, zone: .utc, now: Instant(wall: now, uptime: uptime)))
    }

    private func hourly(minute: Int = 0) -> BackupSchedule {
        BackupSchedule(
            id: "hourly", type: .dump, rule: .init(interval: .hourly, minutes: [minute]),
            effectiveFrom: time("2027-01-15T00:00:00Z"))
    }

    @Test("an addon without backups and schedules has no expectations")
    func nothing() throws {
        #expect(try outlook([]) == Outlook())
    }

    @Test("a backup that runs counts from its creation, and takes as long as the ones before it")
    func unfinished() throws {
        let running = Backup.dump(.inProgress, "2027-01-15T07:50:00Z")
        let outlook = try outlook([running] + Backup.daily(14...15))
        #expect(outlook.expected == [.init(from: 99_400, lag: Spread([600, 600]), isRunning: true)])
        #expect(outlook.lastEnd == 71_805)
    }

    @Test("a backup of a type that never completed takes the assumed default")
    func unknownLag() throws {
        var running = Backup.dump(.scheduled, "2027-01-15T07:59:59Z")
        running.type = .snapshot
        #expect(
            try outlook([running] + Backup.daily(14...15)).expected
                == [.init(from: 99_999, lag: .unknown, isRunning: true)])
    }

    @Test("a running import is not waited for")
    func imports() throws {
        var running = Backup.dump(.inProgress, "2027-01-15T07:50:00Z")
        running.type = .imported
        #expect(try outlook([running]).expected == [])
    }

    @Test("a slot that was due and may still get its backup is expected, with the delay of the start")
    func pending() throws {
        // Due at 07:45, fifteen minutes ago, with a grace of thirty; the two before ended after 605 seconds.
        let schedule = BackupSchedule(
            id: "daily", type: .dump, rule: .init(interval: .daily, minutes: [45], hours: [7]),
            effectiveFrom: time("2027-01-13T00:00:00Z"))
        let before = ["14", "13"].map { Backup.dump(.completed, "2027-01-\($0)T07:45:05Z", minutes: 10) }
        let lag = Spread([605, 605])
        #expect(
            try outlook(before, [schedule]).expected == [
                .init(from: 99_100, lag: lag), .init(from: 185_500, lag: lag), .init(from: 271_900, lag: lag),
            ])
    }

    @Test("the slots of two days to come, but no more than six")
    func coming() throws {
        #expect(
            try outlook(Backup.daily(1...15), [.daily()]).expected.map(\.from)
                == [157_600, 244_000])
        let backups = (0...7).reversed().map { Backup.dump(.completed, "2027-01-15T0\($0):30:00Z", minutes: 1) }
        #expect(
            try outlook(backups, [hourly(minute: 30)]).expected.map(\.from)
                == [101_800, 105_400, 109_000, 112_600, 116_200, 119_800])
    }

    @Test("slots that came due since the last observation are expected")
    func sinceObservation() throws {
        let backups = (0...6).reversed().map { Backup.dump(.completed, "2027-01-15T0\($0):00:00Z", minutes: 1) }
        let outlook = try outlook(backups, [hourly()], observed: time("2027-01-15T06:30:00Z"))
        #expect(outlook.expected.map(\.from) == [96_400, 100_000, 103_600, 107_200, 110_800, 114_400])
        #expect(outlook.expected.allSatisfy { !$0.isRunning && $0.lag == Spread([60, 60, 60, 60, 60, 60, 60]) })
    }

    @Test("slots from longer than two days ago are not expected any more")
    func longAgo() throws {
        let outlook = try outlook(Backup.daily(1...10), [.daily()], observed: time("2027-01-10T08:00:00Z"))
        // Those of the 11th to the 13th are forgotten.
        #expect(outlook.expected.map(\.from) == [-15_200, 71_200, 157_600, 244_000])
    }

    @Test("running backups and due slots come in the order of their times")
    func order() throws {
        let running = Backup.dump(.inProgress, "2027-01-15T07:50:00Z")
        let outlook = try outlook([running] + Backup.daily(14...15), [.daily()])
        #expect(outlook.expected.map(\.isRunning) == [true, false, false])
    }

    @Test("a paused addon has no expectations")
    func paused() throws {
        let running = Backup.dump(.inProgress, "2027-01-15T07:50:00Z")
        let outlook = try outlook([running] + Backup.daily(14...15), [.daily()], isPaused: true)
        #expect(outlook.expected == [])
        #expect(outlook.lastEnd != nil)
    }

    @Test("the last end is the latest of all, however the backup ended")
    func lastEnd() throws {
        #expect(try outlook(Backup.daily(13...15)).lastEnd == 71_805)
        let failed = Backup.dump(.failed, "2027-01-15T07:00:00Z", minutes: 30)
        #expect(try outlook([failed] + Backup.daily(13...15)).lastEnd == 98_200)
    }

    @Test("before the first observation there is no outlook")
    func unobserved() {
        let key = AddonKey(account: "acme", project: "shop", addon: "db")
        let at = Instant(wall: now, uptime: uptime)
        #expect(Outlook(Addon(key: key), zone: .utc, now: at) == nil)
        let record = AddonRecord(key: key, firstSeen: now)
        #expect(Outlook(Addon(record, nil, isCounting: true), zone: .utc, now: at) == nil)
    }
}
