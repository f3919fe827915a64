import Testing

@testable import Backups

@Suite struct RecordBaselineTests {
    @Test(
        "a backup that appears late but ended before the first observation is part of the baseline",
        arguments: [
            // Ended before the latest that the first observation showed.
            (one(.failed, 100, end: 150), 0), (one(.failed, 199), 0), (one(.failed, 200), 0),
            // Ended later, or began later.
            (one(.failed, 100, end: 201), 1), (one(.failed, 201), 1),
        ] as [(Backup, Int)])
    func late(entry: Backup, failed: Int) {
        var addon = Recorded()
        addon.observe([one(.completed, 190, end: 200, id: "y")], isWhole: false, at: 1000)
        addon.observe([one(.completed, 190, end: 200, id: "y"), entry], at: 2000)
        #expect(addon.record.outcomes == OutcomeCounts(failed: failed))
        // It is as little news later on.
        addon.observe([one(.inProgress, entry.createdAt.milliseconds)], at: 3000)
        addon.observe([entry], at: 4000)
        #expect(addon.record.outcomes == OutcomeCounts(failed: failed))
    }

    @Test(
        "the baseline is the latest creation or end by the server's clock, never later than now",
        arguments: [
            ([], .distantPast), ([one(.completed, 5)], at(5)), ([one(.completed, 5, end: 7)], at(7)),
            ([one(.completed, 5, end: 7), one(.scheduled, 9)], at(9)),
            // The end of one that has not ended says nothing; an end before the creation is wrong.
            ([one(.inProgress, 5, end: 7)], at(5)), ([one(.failed, 5, end: 3)], at(5)),
            ([one(.completed, 5, end: .max)], at(1000)), ([one(.completed, .max)], at(1000)),
            ([one(.completed, .min, end: .min)], .distantPast),
        ] as [([Backup], Timestamp)])
    func baseline(first: [Backup], expected: Timestamp) {
        var addon = Recorded()
        addon.observe(first, at: 1000)
        #expect(addon.record.baseline == expected)
        addon.observe([one(.failed, 2000, id: "z")] + first, at: 3000)
        #expect(addon.record.baseline == expected)
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
    }

    @Test("an addon that was known before it was observed has its baseline nevertheless")
    func knownBefore() {
        var addon = Recorded()
        addon.record.note(isPaused: false, at: at(10))
        addon.observe([one(.failed, 20)], at: 30)
        #expect(addon.record.outcomes == OutcomeCounts())
    }

    @Test("outcomes while the addon was not watched are part of a new baseline", arguments: [true, false])
    func comesBack(isListedFirst: Bool) {
        var addon = Recorded()
        addon.observe([one(.inProgress, 50, id: "b"), one(.completed, 10, id: "a")], at: 100)
        addon.observe([one(.inProgress, 50, id: "b")], at: 200)
        addon.observe([one(.failed, 150, id: "c"), one(.inProgress, 50, id: "b")], at: 300)
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
        addon.record.noteAway(Absence(since: at(400), isGone: false))
        if isListedFirst { addon.record.noteWatched(at: at(990)) }
        // New, ended since, and gone before: nothing of it is news.
        let entries = [one(.failed, 900, id: "d"), one(.failed, 50, end: 800, id: "b"), one(.failed, 10, id: "a")]
        addon.observe(entries, at: 1000)
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
        #expect(addon.record.baseline == at(900))
        #expect(addon.record.forgiven == at(400)..<at(isListedFirst ? 990 : 1000))
        #expect(addon.record.activeSince == nil)
        #expect(addon.record.isWatched)
        addon.observe([one(.completed, 1100, id: "e")] + entries, at: 2000)
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 1))
    }

    @Test(
        "whether every list was newest first",
        arguments: [
            ([[]], true), ([[3, 2, 1]], true), ([[3, 3, 1]], true), ([[1, 2]], false), ([[3, 1, 2]], false),
            ([[3, 2], [1, 2], [3, 2]], false), ([[2], [3, 2]], true),
        ] as [([[Int64]], Bool)])
    func order(lists: [[Int64]], isNewestFirst: Bool) {
        var addon = Recorded()
        for (tick, list) in lists.enumerated() {
            let entries = list.enumerated().map { one(.completed, $1, id: "\($1)-\($0)") }
            addon.observe(entries, isWhole: false, at: 100 + Int64(tick))
        }
        #expect(addon.record.isNewestFirst == isNewestFirst)
        #expect(addon.record.lastWhole == nil)
    }

    @Test("only the observed beginning and end of a pause set since when an addon is paused or active")
    func pause() {
        var record = Recorded().record
        func note(_ isPaused: Bool, at tick: Int64) -> [Timestamp?] {
            record.note(isPaused: isPaused, at: at(tick))
            return [record.activeSince, record.pausedSince]
        }
        #expect(note(false, at: 1) == [nil, nil])
        #expect(note(true, at: 2) == [nil, at(2)])
        #expect(note(true, at: 3) == [nil, at(2)])
        #expect(note(false, at: 4) == [at(4), nil])
        #expect(note(false, at: 5) == [at(4), nil])
        #expect(note(true, at: 6) == [nil, at(6)])
        #expect(note(false, at: 7) == [at(7), nil])
    }

    @Test("counts by status")
    func counts() {
        let counts = StatusCounts([.failed, .completed, .failed])
        #expect(BackupStatus.allCases.map { counts[status: $0] } == [0, 0, 1, 0, 0, 2, 0, 0])
        var outcomes = OutcomeCounts()
        for (index, status) in BackupStatus.allCases.enumerated() { outcomes[status: status] = index + 1 }
        #expect(outcomes == OutcomeCounts(completed: 3, failed: 6, aborted: 5, notSupported: 7))
        #expect(BackupStatus.allCases.map { outcomes[status: $0] } == [0, 0, 3, 0, 5, 6, 7, 0])
    }

    @Test("the names are the slugs at first")
    func names() {
        let record = Recorded(firstSeen: 7).record
        #expect([record.projectName, record.addonName, record.addonType] == ["p", "d", "unknown"])
        #expect(record.firstSeen == at(7))
    }
}
