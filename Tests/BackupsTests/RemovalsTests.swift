import TestSupport
import Testing

@testable import Backups

/// Backups of a daily schedule at midnight, kept for 30 days, that leave the list at noon of 2026-03-10.
struct RemovalsTests {
    private static let noon = time("2026-03-10T12:00:00Z")
    private static let days = (1...9).map { "2026-03-0\($0)" } + ["2026-03-10"]

    private struct Lists {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        var known: [KnownBackup] = []
        var objectives = Objectives()

        init(_ backups: [Backup], retention: Duration? = day * 30) {
            read(schedules: retention, at: noon - hour)
            observe(backups, at: noon - hour)
        }

        mutating func read(schedules retention: Duration?, at now: Timestamp) {
            var schedule = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
            schedule.retention = retention
            record.observe(schedules: [schedule], at: now)
        }

        @discardableResult
        mutating func observe(_ backups: [Backup], at now: Timestamp, isWhole: Bool = true) -> [Finding] {
            record.observe(backups, isWhole: isWhole, isNewestFirst: true, at: now, known: &known) { _ in nil }
            return record.judge(known, objectives)?.findings ?? []
        }
    }

    private static let backups = Array(World.daily(days).reversed())

    @Test("R60: nine of ten backups that two lists lack, the schedules read in between, are a finding for a day")
    func removed() {
        var lists = Lists(Self.backups)
        #expect(lists.observe([Self.backups[0]], at: Self.noon) == [])
        #expect(lists.record.removals.suspects.count == 9)
        lists.read(schedules: day * 30, at: Self.noon + minute)
        #expect(lists.record.removals.counts.isEmpty)
        let removal = Removals.Removal(
            at: Self.noon + minute * 2, removed: 9, left: 1,
            early: .seconds(20 * 86_400 + 12 * 3600 + 5) ... .seconds(28 * 86_400 + 12 * 3600 + 5), retention: day * 30)
        #expect(lists.observe([Self.backups[0]], at: Self.noon + minute * 2) == [.removedEarly(type: .dump, removal)])
        #expect(lists.record.removals.counts[.dump] == 9)
        #expect(lists.record.removals.suspects == [])
        let end = Self.noon + minute * 2 + day
        func isFound(_ now: Timestamp) -> Bool { !lists.record.removalFindings(at: now).isEmpty }
        #expect(isFound(end.adding(milliseconds: -1)))
        #expect(!isFound(end))
    }

    @Test("R60: one list is not enough, nor are schedules of before, nor a part of the list")
    func undecided() {
        var lists = Lists(Self.backups)
        lists.observe([Self.backups[0]], at: Self.noon)
        lists.observe([Self.backups[0]], at: Self.noon + minute)
        #expect(lists.record.removals.counts.isEmpty)
        lists.read(schedules: day * 30, at: Self.noon + minute * 2)
        lists.observe([Self.backups[0]], at: Self.noon + minute * 3, isWhole: false)
        // The second whole list was read before the schedules, which is enough.
        #expect(lists.record.removals.counts[.dump] == 9)
        var once = Lists(Self.backups)
        once.observe([Self.backups[0]], at: Self.noon)
        once.read(schedules: day * 30, at: Self.noon + minute)
        once.observe([Self.backups[0]], at: Self.noon + minute * 2, isWhole: false)
        #expect(once.record.removals.counts.isEmpty)
    }

    @Test("R60: backups that return were not removed")
    func returned() {
        var lists = Lists(Self.backups)
        lists.observe([Self.backups[0]], at: Self.noon)
        lists.read(schedules: day * 30, at: Self.noon + minute)
        lists.observe(Self.backups, at: Self.noon + minute * 2)
        lists.observe(Self.backups, at: Self.noon + minute * 3)
        #expect(lists.record.removals == Removals())
    }

    @Test(
        "R60: a lowered retention, one that is over or nearly so, and none explain a removal",
        arguments: [(hour * 12, 0), (.seconds(46_795), 0), (.seconds(46_796), 1), (nil, 0)] as [(Duration?, Int)])
    func explained(retention: Duration?, count: Int) {
        var lists = Lists(Self.backups)
        // The newest, of five seconds after midnight. An hour before its end is too short to tell.
        lists.observe(Array(Self.backups.dropFirst()), at: Self.noon)
        lists.read(schedules: retention, at: Self.noon + minute)
        lists.observe(Array(Self.backups.dropFirst()), at: Self.noon + minute * 2)
        #expect((lists.record.removals.counts[.dump] ?? 0) == count)
    }

    @Test("R2, R61: a backup by hand, an import, one that failed and one of the future are not kept for any known time")
    func others() {
        var imported = World.dump(.completed, "2026-03-10T00:00:00Z")
        imported.type = .imported
        let others = [
            World.dump(.completed, "2026-03-09T15:00:00Z"), imported, World.dump(.failed, "2026-03-08T00:00:00Z"),
            World.dump(.completed, "2026-03-20T00:00:05Z"),
        ]
        var lists = Lists(others)
        lists.observe([], at: Self.noon)
        lists.read(schedules: day * 30, at: Self.noon + minute)
        lists.observe([], at: Self.noon + minute * 2)
        #expect(lists.record.removals.counts.isEmpty)
        #expect(lists.record.removals.suspects == [])
    }

    @Test("the first list after an absence is a baseline")
    func baseline() {
        var lists = Lists(Self.backups)
        lists.record.noteAway(Absence(since: Self.noon - minute, isGone: false))
        lists.observe([Self.backups[0]], at: Self.noon)
        #expect(lists.record.removals.suspects == [])
    }

    @Test("suspicions that nothing decides are given up after a week")
    func givenUp() {
        var lists = Lists(Self.backups)
        lists.observe([Self.backups[0]], at: Self.noon)
        lists.observe([Self.backups[0]], at: (Self.noon + day * 7).adding(milliseconds: -1))
        #expect(lists.record.removals.suspects.count == 9)
        lists.observe([Self.backups[0]], at: Self.noon + day * 7)
        #expect(lists.record.removals == Removals())
    }

    @Test("the schedules are read again once, and whole lists are read until it is decided")
    func whatIsNeeded() throws {
        var lists = Lists(Self.backups)
        func addon() -> Addon { Addon(lists.record, lists.record.judge(lists.known, Objectives()), isCounting: true) }
        #expect(!lists.record.needsSchedulesForRemovals)
        #expect(addon().reach == Self.backups[0].createdAt)
        lists.observe([Self.backups[0]], at: Self.noon)
        #expect(lists.record.needsSchedulesForRemovals)
        #expect(addon().reach == nil)
        #expect(!addon().isJudged(at: Self.noon))
        lists.read(schedules: day * 30, at: Self.noon + minute)
        #expect(!lists.record.needsSchedulesForRemovals)
        #expect(addon().reach == nil)
        lists.observe([Self.backups[0]], at: Self.noon + minute * 2)
        #expect(addon().reach == Self.backups[0].createdAt)
    }
}
