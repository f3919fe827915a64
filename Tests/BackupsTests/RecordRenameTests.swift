import TestSupport
import Testing

@testable import Backups

@Suite struct RecordRenameTests {
    private let ids = [one(.inProgress, 300, id: "c"), one(.failed, 200, id: "b"), one(.completed, 100, id: "a")]

    private func renamed(_ backup: Backup) -> Backup {
        var backup = backup
        backup.identity = BackupIdentity("uid-" + backup.identity.text)
        return backup
    }

    @Test("backups that get identities of another kind are the same ones, in a whole list", arguments: [true, false])
    func whole(isBaseline: Bool) {
        var addon = Recorded()
        if !isBaseline { addon.observe([], at: 50) }
        addon.observe(ids, at: 400)
        let before = addon.record.outcomes
        #expect(before == (isBaseline ? OutcomeCounts() : OutcomeCounts(completed: 1, failed: 1)))
        let changes = addon.observe(ids.map(renamed), at: 500)
        #expect(changes.renamed == ["c", "b", "a"])
        #expect(changes.written.map(\.backup) == ids.map(renamed))
        #expect(changes.written.map(\.counted) == [[], .failed, .completed])
        #expect(changes.gone == [])
        #expect(addon.record.outcomes == before)
        #expect(addon.listed == ["uid-a", "uid-b", "uid-c"])
    }

    @Test("in a part of the list, too; the other backups follow when they are listed")
    func part() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe(ids, at: 400)
        addon.observe(ids.prefix(2).map(renamed), isWhole: false, at: 500)
        #expect(addon.listed == ["a", "uid-b", "uid-c"])
        addon.observe(ids.map(renamed), at: 600)
        #expect(addon.listed == ["uid-a", "uid-b", "uid-c"])
        #expect(addon.gone == [])
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 1))
    }

    @Test("an identity that comes and goes is not a new backup, and an end meanwhile counts once")
    func backAndForth() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe(ids, at: 400)
        var ended = ids
        ended[0].status = .failed
        for (tick, list) in [ended.map(renamed), ended, ended.map(renamed), ended].enumerated() {
            addon.observe(list, isWhole: tick % 2 == 0, at: 500 + Int64(tick))
        }
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 2))
        #expect(addon.listed == ["a", "b", "c"])
    }

    @Test("a gone backup that returns with another identity is the same backup", arguments: [true, false])
    func afterGone(recalls: Bool) {
        var addon = Recorded(recalls: recalls)
        addon.observe([], at: 50)
        addon.observe(ids, at: 400)
        addon.observe([], at: 500)
        #expect(addon.gone == ["a", "b", "c"])
        let changes = addon.observe(ids.map(renamed), at: 600)
        #expect(changes.returned.map(\.backup.identity) == ["c", "b", "a"])
        #expect(changes.renamed == [])
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 1))
        #expect(addon.gone == [])
    }

    @Test(
        "another creation or type is another backup, and so is an entry beside the known backup",
        arguments: [
            ([backup(.failed, 201, id: "n")], OutcomeCounts(failed: 2)),
            ([backup(.failed, 200, type: .snapshot, id: "n")], OutcomeCounts(failed: 2)),
            ([backup(.failed, 200, id: "n"), backup(.failed, 200, id: "b")], OutcomeCounts(failed: 2)),
            ([backup(.failed, 200, id: "n")], OutcomeCounts(failed: 1)),
        ] as [([Backup], OutcomeCounts)])
    func others(list: [Backup], outcomes: OutcomeCounts) {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe([backup(.failed, 200, id: "b")], at: 300)
        addon.observe(list, at: 400)
        #expect(addon.record.outcomes == outcomes)
    }

    @Test("of two known backups of one origin, the one with the same status is renamed")
    func twins() {
        var addon = Recorded()
        addon.observe([], at: 50)
        addon.observe([one(.failed, 200, id: "a"), one(.completed, 200, id: "b")], at: 300)
        let changes = addon.observe([one(.completed, 200, id: "B"), one(.failed, 200, id: "A")], at: 400)
        #expect(changes.renamed == ["b", "a"])
        #expect(addon.record.outcomes == OutcomeCounts(completed: 1, failed: 1))
    }

    @Test("among two of one origin and status the listed one is meant, not the one that is gone")
    func goneTwin() {
        var addon = Recorded(recalls: false)
        addon.observe([], at: 50)
        addon.observe(["a", "b"].map { one(.failed, 200, id: $0) }, at: 300)
        addon.observe([one(.failed, 200, id: "b")], at: 400)
        let changes = addon.observe([one(.failed, 200, id: "c")], at: 500)
        #expect(changes.renamed == ["b"])
        #expect(changes.returned == [])
        #expect(addon.listed == ["c"])
        #expect(addon.gone == ["a"])
    }

    @Test("an identity that looks the same and has other bytes is another identity of the same backup")
    func equivalentText() {
        var addon = Recorded()
        addon.observe([one(.completed, id: "caf\u{E9}")], at: 200)
        let changes = addon.observe([one(.failed, id: "cafe\u{301}")], at: 300)
        #expect(changes.renamed == ["caf\u{E9}"])
        #expect(changes.written.map(\.backup.identity) == ["cafe\u{301}"])
    }
}
