import TestSupport
import Testing

@testable import Backups

/// Restores, and which backups they have proven.
@Suite struct CompletedRestoreTests {
    private static func restore(_ end: Int64, _ backup: String?) -> CompletedRestore {
        CompletedRestore(end: at(end), duration: .seconds(end), backup: backup)
    }

    private static func found(_ end: Int64, _ backup: String?, created: Int64?) -> CompletedRestore {
        CompletedRestore(
            end: at(end), duration: .seconds(end), backup: backup, backupCreatedAt: created.map(at),
            isBackupSought: false)
    }

    @Test(
        "the restore that ended last counts, with what is known of its backup",
        arguments: [
            (restore(5, "b"), nil, restore(5, "b")),
            (restore(5, "b"), found(4, "a", created: 1), restore(5, "b")),
            (restore(5, "b"), found(6, "a", created: 1), found(6, "a", created: 1)),
            // The same backup once more, or the same restore again.
            (restore(5, "a"), found(4, "a", created: 1), found(5, "a", created: 1)),
            (restore(4, "a"), found(4, "a", created: 1), found(4, "a", created: 1)),
            (restore(5, "a"), found(4, "a", created: nil), found(5, "a", created: nil)),
            // An earlier version of the exporter did not keep the backup.
            (restore(4, "a"), found(4, nil, created: nil), restore(4, "a")),
            (restore(5, nil), found(4, "a", created: 1), found(5, nil, created: nil)),
        ] as [(CompletedRestore, CompletedRestore?, CompletedRestore)])
    func merged(read: CompletedRestore, known: CompletedRestore?, expected: CompletedRestore) {
        var record = Recorded().record
        record.lastCompletedRestore = known
        record.apply(.restores(StatusCounts(), lastCompleted: read, lastFailed: nil), at: at(9))
        #expect(record.lastCompletedRestore == expected)
        record.apply(.restores(StatusCounts(), lastCompleted: nil, lastFailed: nil), at: at(10))
        #expect(record.lastCompletedRestore == expected)
    }

    @Test("the last failed restore is kept when the list no longer contains it")
    func failed() {
        var record = Recorded().record
        for (read, expected) in [(nil, nil), (5, 5), (3, 5), (nil, 5), (6, 6)] as [(Int64?, Int64?)] {
            record.apply(.restores(StatusCounts(), lastCompleted: nil, lastFailed: read.map(at)), at: at(9))
            #expect(record.lastFailedRestore == expected.map(at))
        }
    }

    @Test(
        "a backup whose identity the restore names is found, listed or gone",
        arguments: [("u", 7), ("0f000000-0000-4000-8000-000000000001", 3), ("other", nil)] as [(String, Int64?)])
    func known(name: String, created: Int64?) {
        var record = Recorded().record
        record.lastCompletedRestore = Self.restore(9, name)
        #expect(record.soughtBackup == name)
        var gone = KnownBackup(backup(.completed, 3, id: "0f000000-0000-4000-8000-000000000001"))
        gone.goneAt = at(8)
        record.seekRestored(among: [KnownBackup(backup(.completed, 7, id: "u")), gone])
        #expect(record.lastCompletedRestore?.backupCreatedAt == created.map(at))
        #expect(record.soughtBackup == (created == nil ? name : nil))
    }

    @Test(
        "a searched list answers what it was searched for; only a whole one says that it has no such backup",
        arguments: [
            (SoughtBackup(name: "b", createdAt: at(4)), true, at(4), nil),
            (SoughtBackup(name: "b", createdAt: at(4)), false, at(4), nil),
            (SoughtBackup(name: "b", createdAt: nil), true, nil, nil),
            (SoughtBackup(name: "b", createdAt: nil), false, nil, "b"),
            (SoughtBackup(name: "a", createdAt: at(4)), true, nil, "b"), (nil, true, nil, "b"),
        ] as [(SoughtBackup?, Bool, Timestamp?, String?)])
    func searched(sought: SoughtBackup?, isWhole: Bool, created: Timestamp?, still: String?) {
        var record = Recorded().record
        record.lastCompletedRestore = Self.restore(9, "b")
        record.take(sought: sought, isWhole: isWhole)
        #expect(record.lastCompletedRestore?.backupCreatedAt == created)
        #expect(record.soughtBackup == still)
    }

    @Test("nothing is sought without a restore, or without the name of its backup")
    func nothing() {
        var record = Recorded().record
        #expect(record.soughtBackup == nil)
        record.lastCompletedRestore = Self.restore(9, nil)
        #expect(record.soughtBackup == nil)
        record.take(sought: SoughtBackup(name: "b", createdAt: at(4)), isWhole: true)
        record.seekRestored(among: [KnownBackup(backup(.completed, 7))])
        #expect(record.lastCompletedRestore == Self.restore(9, nil))
    }
}
