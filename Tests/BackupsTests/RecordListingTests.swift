import TestSupport
import Testing

@testable import Backups

@Suite struct RecordListingTests {
    @Test("the first observation is the baseline")
    func baseline() {
        var addon = Recorded()
        let list = BackupStatus.allCases.enumerated().map { backup($1, Int64(10 - $0), id: $1.word) }
        let changes = addon.observe(list, at: 50)
        #expect(addon.record.outcomes == OutcomeCounts())
        #expect(changes.news == OutcomeCounts())
        #expect(changes.written.map(\.backup) == list)
        #expect(
            changes.written.map(\.counted) == [[], [], .completed, [], .aborted, .failed, .notSupported, []])
        #expect(addon.record.baseline == at(10))
        #expect(addon.record.lastObserved == at(50))
        #expect(addon.record.lastWhole == at(50))
    }

    @Test("a terminal status is an outcome, and no other is", arguments: BackupStatus.allCases)
    func newBackup(status: BackupStatus) {
        var addon = Recorded()
        addon.observe([], at: 50)
        let changes = addon.observe([one(status)], at: 200)
        var expected = OutcomeCounts()
        expected[status: status] = 1
        #expect(addon.record.outcomes == expected)
        #expect(changes.news == expected)
        #expect(changes.written == [KnownBackup(one(status), counted: TerminalStatuses(status))])
        #expect(status.isTerminal == (expected != OutcomeCounts()))
    }

    @Test("a version that the API begins to send is written, and counts nothing anew")
    func newVersion() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe([one(.failed)], at: 200)
        var entry = one(.failed)
        entry.version = "16.4"
        let changes = addon.observe([entry], at: 300)
        #expect(changes.news == OutcomeCounts())
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
        #expect(changes.written == [KnownBackup(entry, counted: .failed)])
        #expect(changes.gone == [])
        #expect(addon.observe([entry], at: 400).written == [])
    }

    @Test(
        "each terminal status of a backup counts once, whatever it flaps through",
        arguments: [
            ([.inProgress, .failed], OutcomeCounts(failed: 1)),
            ([.failed, .failed], OutcomeCounts(failed: 1)),
            ([.failed, .inProgress, .failed], OutcomeCounts(failed: 1)),
            ([.scheduled, .inProgress, .aborting, .aborted], OutcomeCounts(aborted: 1)),
            ([.failed, .inProgress, .completed, .failed], OutcomeCounts(completed: 1, failed: 1)),
            ([.failed, .unknown, .failed], OutcomeCounts(failed: 1)),
            ([.notSupported, .scheduled, .notSupported], OutcomeCounts(notSupported: 1)),
            ([.unknown, .scheduled, .unknown], OutcomeCounts()),
        ] as [([BackupStatus], OutcomeCounts)])
    func flapping(statuses: [BackupStatus], outcomes: OutcomeCounts) {
        for isWhole in [true, false] {
            var addon = Recorded()
            addon.observe([], at: 50)
            for (tick, status) in statuses.enumerated() {
                addon.observe([one(status)], isWhole: isWhole, at: 200 + Int64(tick))
            }
            #expect(addon.record.outcomes == outcomes)
        }
    }

    @Test("the baseline does not count when it flaps, and counts when it ends in another way")
    func flappingBaseline() {
        var addon = Recorded()
        addon.observe([one(.failed)], at: 150)
        addon.observe([one(.inProgress)], at: 151)
        addon.observe([one(.failed)], at: 152)
        #expect(addon.record.outcomes == OutcomeCounts())
        addon.observe([one(.completed)], at: 153)
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1))
    }

    @Test("a backup that was unfinished at first counts when it ends")
    func unfinishedAtFirst() {
        var addon = Recorded()
        addon.observe([one(.inProgress)], at: 150)
        let changes = addon.observe([one(.failed, end: 160)], at: 170)
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
        #expect(changes.written == [KnownBackup(one(.failed, end: 160), counted: .failed)])
    }

    @Test("a whole list marks missing backups as gone, a part of it does not")
    func gone() {
        var addon = Recorded()
        addon.observe([one(.completed, 2, id: "b"), one(.completed, 1, id: "a")], at: 10)
        var changes = addon.observe([one(.completed, 2, id: "b")], isWhole: false, at: 20)
        #expect(changes == ListingChanges())
        #expect(addon.listed == ["a", "b"])
        changes = addon.observe([one(.completed, 2, id: "b")], at: 30)
        #expect(changes.gone == [KnownBackup(one(.completed, 1, id: "a"), counted: .completed, goneAt: at(30))])
        #expect(addon.listed == ["b"])
        #expect(addon.gone == ["a"])
        changes = addon.observe([one(.completed, 2, id: "b")], at: 40)
        #expect(changes == ListingChanges())
        #expect(addon.record.lastObserved == at(40))
    }

    @Test("a backup that comes back is not counted again, only its new status", arguments: [true, false])
    func comesBack(recalls: Bool) {
        var addon = Recorded(recalls: recalls)
        addon.observe([], at: 50)
        addon.observe([one(.failed)], at: 200)
        addon.observe([], at: 210)
        let changes = addon.observe([one(.failed)], isWhole: false, at: 220)
        #expect(changes.returned.map(\.backup.identity) == ["x"])
        #expect(changes.written == [KnownBackup(one(.failed), counted: .failed)])
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
        addon.observe([], at: 230)
        addon.observe([one(.completed)], at: 240)
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 1))
    }

    @Test("a backup that vanishes unfinished does not count until it returns with an end")
    func vanishes() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe([one(.inProgress)], at: 200)
        addon.observe([], at: 210)
        #expect(addon.record.outcomes == OutcomeCounts())
        addon.observe([one(.failed)], at: 220)
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
    }

    @Test("only changed backups are written, and none without a change")
    func changes() {
        var addon = Recorded()
        let list = [one(.inProgress, 3, id: "c"), one(.completed, 2, id: "b"), one(.completed, 1, id: "a")]
        addon.observe(list, at: 10)
        #expect(addon.observe(list, at: 20) == ListingChanges())
        var sized = list
        sized[1].size = 5
        #expect(addon.observe(sized, at: 30).written == [KnownBackup(sized[1], counted: .completed)])
    }

    @Test("a second entry with the same identity is ignored")
    func duplicates() {
        var addon = Recorded()
        addon.observe([], at: 50)
        let changes = addon.observe([one(.failed, 100), one(.completed, 100), one(.failed, 100)], at: 200)
        #expect(changes.written == [KnownBackup(one(.failed), counted: .failed)])
        #expect(addon.observe([one(.failed), one(.completed)], at: 210) == ListingChanges())
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
    }

    @Test("nor is one of a backup that comes back")
    func duplicateReturn() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe([one(.failed)], at: 200)
        addon.observe([], at: 210)
        #expect(addon.observe([one(.failed), one(.completed)], at: 220).returned.map(\.backup.identity) == ["x"])
        #expect(addon.listed == ["x"])
        #expect(addon.record.outcomes == OutcomeCounts(failed: 1))
    }
}
