import Glibc
import SQLite
import TestSupport
import Testing

@testable import History

/// Files of version 1. `testdata/version-1.sqlite` was written by the exporter of that version, with all that it could
/// contain, and `version-1.txt` is what it read from the file, without the times of the last reading of schedules.
@Suite struct Version1Tests {
    private static let testdata = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/testdata/"

    private let expected: [UInt8]

    init() throws {
        expected = try Folder.bytes(Self.testdata + "version-1.txt")
    }

    private func version1() throws -> Folder {
        let folder = try Folder()
        try folder.write(Folder.bytes(Self.testdata + "version-1.sqlite"))
        return folder
    }

    /// The tables and indices with what they are made of.
    private func schema(_ path: String) throws -> [String] {
        var schema: [String] = []
        try Database(.file(path: path)).rows("SELECT name, ifnull(sql, '') FROM sqlite_master ORDER BY name") { row in
            schema.append(try row.text(0) + " " + row.text(1))
        }
        return schema
    }

    @Test("everything in it is there afterwards, to the byte, in the tables of a new file")
    func everything() throws {
        let folder = try version1()
        let history = History.quiet(folder.file)
        #expect(Array(history.dump().utf8) == expected)
        history.close()
        #expect(Array(History.quiet(folder.file).dump().utf8) == expected)

        let new = try Folder()
        History.quiet(new.file).close()
        #expect(try schema(folder.file) == schema(new.file))
        let db = try Database(.file(path: folder.file))
        #expect(try (db.version(), db.number("PRAGMA application_id")) == (6, 0x6e62_6568))
        #expect(try db.first("PRAGMA integrity_check") { row in try row.text(0) } == "ok")
    }

    @Test("the exporter of version 1 finds a later version in every file", arguments: [true, false])
    func downgrade(isMigrated: Bool) throws {
        let folder = isMigrated ? try version1() : try Folder()
        History.quiet(folder.file).close()
        #expect(try HistoryVersion1.versions(of: Database(.file(path: folder.file))) == ["1", "2"])
    }

    @Test("the times of the last sight, and who used the file last, stay")
    func unshown() throws {
        let folder = try version1()
        func facts(_ db: Database) throws -> [Int64] {
            var facts: [Int64] = []
            try db.rows("SELECT seen FROM addon ORDER BY id") { row in facts.append(try row.integer(0)) }
            return facts + [try #require(try HistoryHolder.token(db))]
        }
        let before = try facts(Database(.file(path: folder.file)))
        #expect(before.count > 20)
        #expect(try facts(HistoryFile(path: folder.file).open().0) == before)
    }

    @Test("a migration for which the disk has no room leaves the file as it was")
    func fullDisk() throws {
        let folder = try version1()
        let before = try folder.bytes()
        let db = try Database(.file(path: folder.file))
        try db.execute("PRAGMA journal_mode = WAL; PRAGMA max_page_count = 25")
        let error = #expect(throws: SQLiteError.self) { try HistorySchema.migrate(db) }
        #expect(error?.code == .full)
        db.close()
        #expect(try folder.bytes() == before)
        #expect(Array(History.quiet(folder.file).dump().utf8) == expected)
    }

    @Test("a process that is killed during the migration leaves a file of version 1")
    func killed() throws {
        let folder = try version1()
        let copy = try Folder()
        let db = try Database(.file(path: folder.file))
        // A cache of few pages, so that most of the migration is in the log before its end.
        try db.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA cache_size = 4")
        try db.transaction {
            for step in HistorySchema.steps { try step.make(db) }
            for name in folder.names { try copy.write(folder.bytes(name), name) }
        }
        #expect(try copy.bytes("history.sqlite-wal").count > 40_000)
        #expect(try Database(.file(path: copy.file)).version() == 0)
        #expect(Array(History.quiet(copy.file).dump().utf8) == expected)
    }

    @Test("a file that cannot be written is migrated in memory, and on the disk once it can be")
    func readOnly() throws {
        let folder = try version1()
        let before = try folder.bytes()
        // The log cannot be created.
        try #require(mkdir(folder.file + "-wal", 0o700) == 0)
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(Array(history.dump().utf8) == expected)
        #expect(try folder.bytes() == before)
        folder.remove("history.sqlite-wal")
        history.prune(now: at(300_000))
        #expect(events.all.last == .onDisk(path: folder.file, isTakenFromFile: false))
        #expect(Array(history.dump().utf8) == expected)
        history.close()
        #expect(try Database(.file(path: folder.file)).version() == 6)
    }

    @Test("a file of a later version than 1 that has its table of versions is left alone")
    func later() throws {
        let folder = try version1()
        try Database(.file(path: folder.file)).execute("INSERT INTO grdb_migrations VALUES ('2')")
        let before = try folder.bytes()
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(events.all == [.inMemory(.newerVersion, path: folder.file, detail: "it has a later version")])
        history.close()
        #expect(try folder.bytes() == before)
    }

    @Test(
        "a file without its version, or without one of its tables, is corrupt",
        arguments: ["DELETE FROM grdb_migrations", "DROP TABLE grdb_migrations", "DROP TABLE slot"])
    func damaged(sql: String) throws {
        let folder = try version1()
        try Database(.file(path: folder.file)).execute(sql)
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        guard case .setAside? = events.all.first, events.all.count == 1 else {
            Issue.record("\(events.all)")
            return
        }
        #expect(history.status.isPersistent)
        #expect(history.all() == [])
    }
}
