import TestSupport
import Testing

@testable import Backups

/// Which backups count for `removed-early`: one backup leaves the list at noon of 2026-03-10, and two lists lack it.
@Suite struct RemovalLimitTests {
    private static let noon = time("2026-03-10T12:00:00Z")

    /// The number of removals of each type that are found.
    private static func removed(
        _ backup: Backup, _ schedules: [BackupSchedule], _ objectives: Objectives = Objectives()
    ) -> ByType<Int> {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        var known: [KnownBackup] = []
        let other = World.dump(.completed, "2026-03-01T00:00:05Z", minutes: 1)
        record.observe(schedules: schedules, at: noon - hour)
        for (backups, now) in [([backup, other], noon - hour), ([other], noon), ([other], noon + minute * 2)] {
            record.observe(backups, isWhole: true, isNewestFirst: true, at: now, known: &known) { _ in nil }
            _ = record.judge(known, objectives)
            record.observe(schedules: schedules, at: now)
        }
        record.observe([other], isWhole: true, isNewestFirst: true, at: noon + minute * 4, known: &known) { _ in nil }
        _ = record.judge(known, objectives)
        return record.removals.counts
    }

    private static func daily(_ type: BackupType = .dump, retention: Duration? = day * 30) -> BackupSchedule {
        var schedule = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        (schedule.type, schedule.retention) = (type, retention)
        return schedule
    }

    private static func dump(_ created: Timestamp, type: BackupType = .dump) -> Backup {
        World.dump(.completed, created.text, minutes: 1, type: type)
    }

    @Test(
        "R60: more than an hour before the end of its shortest retention",
        arguments: [(hour * 13, 0), (hour * 13 + .milliseconds(1), 1)])
    func hourBefore(retention: Duration, count: Int) {
        let backup = Self.dump(time("2026-03-10T00:00:00Z"))
        let schedules = [Self.daily(), Self.daily(retention: retention)]
        #expect(Self.removed(backup, schedules)[.dump] ?? 0 == count)
    }

    @Test(
        "R61: only a backup that was created from a minute before a slot to objective.grace after it counts",
        arguments: [
            ("23:58:59.999", nil, 0), ("23:59:00.000", nil, 1), ("00:30:00.000", nil, 1), ("00:30:00.001", nil, 0),
            ("00:45:00.000", minute * 45, 1), ("00:45:00.001", minute * 45, 0), ("00:05:00.001", minute * 5, 0),
        ] as [(String, Duration?, Int)])
    func slot(clock: String, grace: Duration?, count: Int) {
        let day = clock.hasPrefix("23") ? "08" : "09"
        let backup = World.dump(.completed, "2026-03-\(day)T\(clock)Z", minutes: 1)
        #expect(Self.removed(backup, [Self.daily()], Objectives(grace: grace))[.dump] ?? 0 == count)
    }

    @Test("R5, R60: a backup without a type counts for the only type that has a schedule")
    func untyped() {
        let backup = Self.dump(time("2026-03-09T00:00:05Z"), type: .unknown)
        #expect(Self.removed(backup, [Self.daily()]) == [.dump: 1])
        #expect(Self.removed(backup, [Self.daily(.snapshot)]) == [.snapshot: 1])
        #expect(Self.removed(backup, [Self.daily(), Self.daily(.snapshot)]) == [:])
        #expect(Self.removed(backup, []) == [:])
        #expect(Self.removed(Self.dump(time("2026-03-09T00:00:05Z"), type: .snapshot), [Self.daily()]) == [:])
    }

    @Test("R62: a retention that is as long as the gap is too shallow, and a millisecond more is not")
    func shallow() {
        var world = World()
        world.schedules?[0].retention = day
        #expect(world.findings == [.tooShallow(type: .dump, retention: day, gap: day, hole: .zero)])
        world.schedules?[0].retention = day + .milliseconds(1)
        #expect(world.findings == [])
        // It is not known how often a schedule of any type is due that is not understood.
        world.schedules?[0].retention = day
        world.schedules?.append(
            BackupSchedule(id: "o", type: .unknown, times: .notUnderstood("x"), effectiveFrom: Self.noon))
        #expect(world.findings == [])
        // Two schedules that together keep a backup up to the next slot, and a millisecond less.
        var (monday, thursday) = (BackupSchedule.weekly(), BackupSchedule.weekly(days: [3]))
        (monday.retention, thursday.retention) = (day * 3 + .milliseconds(1), day * 4 + .milliseconds(1))
        #expect([monday, thursday].tooShallow == nil)
        thursday.retention = day * 4
        #expect(
            [monday, thursday].tooShallow
                == .tooShallow(type: .dump, retention: day * 4, gap: day * 4, hole: .zero))
    }
}
