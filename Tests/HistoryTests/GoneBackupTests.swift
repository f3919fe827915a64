import Backups
import SQLite
import TestSupport
import Testing

@testable import History

/// Backups that left the list and come back.
@Suite struct GoneBackupTests {
    @Test("a backup that returns is found by its creation, and then by its identity, else by its type")
    func recall() throws {
        var medium = HistoryMedium(.memory, now: at(0)) { Issue.record("\($0)") }
        let gone = [
            backup(.completed, 5, id: "a"), backup(.failed, 5, id: "b"), backup(.failed, 5, type: .snapshot, id: "c"),
        ]
        let found = medium.perform(at: at(9)) { db in
            let addon = try AddonRows(db: db).insert(key(), at: at(0)).id
            let rows = BackupRows(db: db, addon: addon)
            try rows.write(gone: gone.map { KnownBackup($0, goneAt: at(8)) })
            let entries =
                gone + [
                    backup(.failed, 5, type: .snapshot, id: "new"), backup(.failed, 6, id: "new"),
                    backup(.failed, 6, id: "b"),
                ]
            return try entries.map { try rows.gone(like: $0)?.backup.identity }
        }
        #expect(found == ["a", "b", "c", "c", nil, nil])
    }

    @Test("a backup that returns is listed and no longer gone, also with another identity")
    func returns() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let list = [backup(.failed, 7, id: "b"), backup(.completed, 5, id: "a")]
        history.observe([], at: 8)
        history.observe(list, at: 10)
        history.observe([], at: 20)
        #expect(history.all()[0].backups.map(\.goneAt) == [at(20), at(20)])
        let later = [list[0], backup(.completed, 5, id: "new")]
        let record = history.observe(later, at: 30)
        // Each outcome has been counted before.
        #expect(record.outcomes == OutcomeCounts(completed: 1, failed: 1))
        let expected = [KnownBackup(list[0], counted: .failed), KnownBackup(later[1], counted: .completed)]
        #expect(history.all()[0].backups == expected)
        history.close()
        #expect(try Database(.file(path: folder.file)).number("SELECT COUNT(*) FROM gone_backup") == 0)
    }

    @Test("versions are kept, of listed and of gone backups")
    func versions() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let list = [
            backup(.failed, 7, version: "17", id: "b"), backup(.completed, 5, version: "16.4", id: "a"),
            backup(.completed, 4, id: "c"),
        ]
        history.observe(list, at: 10)
        history.observe([list[0]], at: 20)
        history.close()
        let kept = try #require(History.quiet(folder.file).all().first?.backups)
        #expect(
            Set(kept.map { [$0.backup.identity.text, $0.backup.version, $0.isListed ? "" : "gone"] }) == [
                ["b", "17", ""], ["a", "16.4", "gone"], ["c", nil, "gone"],
            ])
    }

    @Test("records change even when they cannot be kept")
    func closed() {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        history.close()
        let facts = AddonFacts(name: "renamed", type: "redis", isPaused: false)
        let changes = ["1", "2"].map { (key: key($0), change: AddonChange.listed(projectName: nil, facts)) }
        let changed = history.update(changes, at: at(20)) { record, backups in
            #expect(backups.isEmpty)
            return record.addonName
        }
        #expect(changed.map(\.0.key.addon) == ["1", "2"])
        #expect(changed.map(\.0.addonName) == ["renamed", "renamed"])
        #expect(changed.map(\.1) == ["renamed", "renamed"])
    }
}
