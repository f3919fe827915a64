import Backups
import SQLite
import TestSupport
import Testing

@testable import History

@Suite struct UpdateTests {
    private static let day: Int64 = 86_400_000

    @Test("a record is changed, and created if it is missing")
    func one() throws {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        func pause(_ isPaused: Bool, at now: Int64) -> [(AddonRecord, Int)] {
            let facts = AddonFacts(name: "d", type: "redis", isPaused: isPaused)
            return history.update([(key(), .listed(projectName: nil, facts))], at: at(now)) { $1.count }
        }
        let made = try #require(pause(true, at: 7).first)
        #expect(made.0.firstSeen == at(7))
        #expect(made.0.isPaused)
        #expect(made.1 == 0)
        history.observe([backup(.completed, 3)], at: 10)
        let (record, count) = try #require(pause(false, at: 20).first)
        #expect(record.activeSince == at(20))
        #expect(record.firstSeen == at(7))
        #expect(count == 1)
        #expect(history.all().map(\.record) == [record])
    }

    @Test("a tag that an addon has no more goes")
    func tags() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        for tags in [["a", "b"], ["b"], []] {
            let facts = AddonFacts(name: "d", type: "redis", isPaused: false, tags: tags)
            _ = history.update([(key(), .listed(projectName: nil, facts))], at: at(7)) { _, _ in }
            #expect(history.all().map(\.record.tags) == [tags])
        }
    }

    @Test("the judge's changes are kept")
    func judge() throws {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        let slots: ByType = [.dump: AddonRecord.SlotCount(judgedThrough: at(5), missed: 2)]
        let (record, names) = history.observe(
            key(), entries: [backup(.failed, 3)], isWhole: true, isNewestFirst: true, at: at(10)
        ) { record, backups in
            #expect(record.lastObserved == at(10))
            record.slots = slots
            return backups.map(\.backup.identity)
        }
        #expect(names == ["x"])
        #expect(record.slots == slots)
        #expect(history.all().map(\.record) == [record])
    }

    @Test("only changed addons are judged, in the order of the keys")
    func many() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let keys = (0..<20).map { key("\($0)") }
        for key in keys.prefix(10) { history.observe([backup(.completed, 3)], of: key, at: 10) }
        let changes = keys.reversed().map { key -> (key: AddonKey, change: AddonChange) in
            let facts = AddonFacts(name: "renamed", type: "redis", isPaused: false)
            return (key, .listed(projectName: nil, key.addon.hasSuffix("5") ? facts : nil))
        }
        let changed = history.update(changes, at: at(20)) { record, backups in
            record.slots[.dump] = AddonRecord.SlotCount(judgedThrough: at(1))
            return backups.count
        }
        #expect(changed.map(\.0.key.addon) == (10..<20).reversed().map(String.init) + ["5"])
        #expect(changed.map(\.1) == [Int](repeating: 0, count: 10) + [1])
        #expect(changed.filter { $0.0.addonName == "renamed" }.map(\.0.key.addon) == ["15", "5"])
        #expect(
            Set(history.all().map(\.record).filter { !$0.slots.isEmpty }.map(\.key)) == Set(changed.map(\.0.key)))
        #expect(history.update([], at: at(30)) { _, _ in }.isEmpty)
    }

    @Test("without a change only the time of the last sight is written, once a day")
    func unchanged() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 3)], at: 10)
        let log = try folder.bytes("history.sqlite-wal")
        for now in [20, Self.day + 9] {
            history.see([key()], at: now) { Issue.record("judged \($0)") }
        }
        #expect(try folder.bytes("history.sqlite-wal") == log)
        history.see([key()], at: Self.day + 10) { Issue.record("judged \($0)") }
        #expect(try folder.bytes("history.sqlite-wal") != log)
    }

    @Test("pruning deletes backups that have been gone for longer than the retention, and never listed ones")
    func prune() throws {
        let folder = try Folder()
        let history = History.open(.file(folder.file), retention: .seconds(100), now: at(0)) { Issue.record("\($0)") }
        let list = [backup(.failed, 3, id: "c"), backup(.failed, 2, id: "b"), backup(.failed, 1, id: "a")]
        history.observe([], at: 0)
        history.observe(list, at: 10)
        history.observe(Array(list.prefix(2)), at: 1000)
        history.observe(Array(list.prefix(1)), at: 2000)
        history.prune(now: at(101_000))
        #expect(history.all()[0].backups.map(\.backup.identity) == ["a", "b", "c"])
        history.prune(now: at(101_001))
        #expect(history.all()[0].backups.map(\.backup.identity) == ["b", "c"])
        history.prune(now: at(Self.day))
        #expect(history.all()[0].backups.map(\.backup.identity) == ["c"])
        #expect(history.observe(Array(list.prefix(1)), at: Self.day).outcomes == OutcomeCounts(failed: 3))
    }

    @Test("pruning deletes addons that have not been seen for longer than the retention, with all their data")
    func pruneAddons() throws {
        let folder = try Folder()
        let history = History.open(.file(folder.file), retention: .seconds(100), now: at(0)) { Issue.record("\($0)") }
        for addon in ["listed", "polled", "forgotten"] {
            let (_, _) = history.observe(
                key(addon), entries: [backup(.failed, 3)], isWhole: true, isNewestFirst: true, at: at(10)
            ) { record, _ in
                record.slots[.dump] = AddonRecord.SlotCount(judgedThrough: at(1))
                let rule = BackupSchedule.Rule(interval: .hourly)
                record.observe(
                    schedules: [BackupSchedule(id: "s", type: .dump, rule: rule, effectiveFrom: at(1))], at: at(10))
            }
            history.observe([], of: key(addon), at: 20)
        }
        // What is watched is never pruned.
        history.prune(now: at(2 * Self.day))
        #expect(history.all().count == 3)
        let away = AddonChange.away(Absence(since: at(30), isGone: false))
        for addon in ["listed", "polled", "forgotten"] {
            _ = history.update([(key(addon), away)], at: at(30)) { _, _ in }
        }
        let later = 2 * Self.day
        history.see([key("listed")], at: later)
        history.observe([], of: key("polled"), at: later)
        history.prune(now: at(later))
        #expect(history.all().map(\.record.key.addon) == ["listed", "polled"])
        // It begins anew, with a baseline of its own.
        let record = history.observe([backup(.failed, 3)], of: key("forgotten"), at: later)
        #expect(record.firstSeen == at(later))
        #expect(record.outcomes == OutcomeCounts())
        #expect(record.slots.isEmpty)
        #expect(history.all().map { Array($0.record.slots).count } == [0, 1, 1])
        history.close()
        let db = try Database(.file(path: folder.file))
        let counts = try ["slot", "schedule", "listed_backups", "gone_backup"].map {
            try db.number("SELECT COUNT(*) FROM \($0)")
        }
        #expect(counts == [2, 2, 3, 0])
    }

    @Test(
        "a retention of any size works",
        arguments: [Duration.zero, .seconds(-1), .seconds(Int64.max), .nanoseconds(1)])
    func retention(_ retention: Duration) {
        let history = History.open(.memory, retention: retention, now: at(0)) { Issue.record("\($0)") }
        history.observe([], at: 10)
        history.prune(now: at(20))
        #expect(history.all().count == 1)
    }
}

/// Addons that are judged by other objectives than before.
@Suite struct JudgeAgainTests {
    @Test("known addons are judged again, with their backups; what the judge changes is kept")
    func judgeAgain() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 3, id: "x"), backup(.completed, 2, id: "y")], of: key("1"), at: 10)
        history.observe([backup(.completed, 3)], of: key("2"), at: 10)
        let judged = history.judgeAgain([key("2"), key("unknown"), key("1")], at: at(20)) { record, backups in
            record.slots[.dump] = AddonRecord.SlotCount(judgedThrough: at(5), missed: backups.count)
            return backups.count
        }
        #expect(judged.map(\.0.key.addon) == ["2", "1"])
        #expect(judged.map(\.1) == [1, 2])
        history.close()
        let kept = History.quiet(folder.file).all().map(\.record)
        #expect(kept.map { $0.slots[.dump]?.missed } == [2, 1])
        // It is no observation.
        #expect(kept.map(\.lastObserved) == [at(10), at(10)])
    }
}
