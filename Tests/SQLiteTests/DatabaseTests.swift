import Glibc
import Testing

@testable import SQLite

/// All bytes of a file; nil if there is none.
enum Bytes {
    static func read(_ path: String) -> [UInt8]? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }
}

@Suite struct DatabaseTests {
    @Test("a path is a path, whatever it looks like")
    func paths() throws {
        #expect(Database.name("/a/b") == "/a/b")
        #expect(Database.name("file:x?mode=memory") == "./file:x?mode=memory")
        #expect(Database.name(":memory:") == "./:memory:")
        #expect(Database.immutableName("/a") == "file:///a?immutable=1")
        #expect(Database.immutableName("//a") == "file:////a?immutable=1")
        #expect(Database.immutableName("a") == "file:a?immutable=1")

        let folder = try Folder()
        try folder.write([], "a%20#?b")
        let path = folder.path + "/a%20#?b"
        try Database(.file(path: path)).execute("CREATE TABLE t (x); INSERT INTO t VALUES (5)")
        #expect(try Database(.immutableFile(path: path)).integers("SELECT x FROM t") == [5])
    }

    @Test("an immutable file is read without its log, and leaves nothing behind")
    func immutable() throws {
        let folder = try Folder()
        let db = try folder.open()
        try db.execute("CREATE TABLE t (x); PRAGMA journal_mode = WAL; INSERT INTO t VALUES (1)")
        let bytes = try #require(Bytes.read(folder.file + "-wal"))
        #expect(!bytes.isEmpty)
        #expect(try Database(.immutableFile(path: folder.file)).integers("SELECT COUNT(*) FROM t") == [0])
        db.close()
        #expect(Bytes.read(folder.file + "-wal") == nil)
        #expect(try Database(.immutableFile(path: folder.file)).integers("SELECT COUNT(*) FROM t") == [1])
        #expect(Bytes.read(folder.file + "-shm") == nil)
    }

    @Test("a closed connection, in use or not, is a misuse and never a crash")
    func closed() throws {
        let db = try memory()
        let kept = try db.statement(SQL("SELECT x FROM t"))
        try db.execute("INSERT INTO t VALUES (1), (2)")
        var seen: [Int64] = []
        try kept.rows { row in
            db.close()
            seen.append(try row.integer(0))
        }
        #expect(seen == [1, 2])
        let expected = SQLiteError(extendedCode: 21, message: "the database is closed")
        #expect(try error { try kept.run() } == expected)
        #expect(try error { try db.execute("SELECT 1") } == expected)
        #expect(try error { _ = try db.statement(SQL("SELECT 1")) } == expected)
        #expect(try error { try db.transaction {} } == expected)
        #expect(try error { try db.rows("SELECT 1") { _ in } } == expected)
        #expect(try error { try db.copy(to: memory()) } == expected)
        #expect(try error { try memory().copy(to: db) } == expected)
        #expect((db.lastInsertedRow, db.changes) == (0, 0))
        db.close()
    }

    @Test("a connection that is released closes its file, although a statement is kept")
    func released() throws {
        let folder = try Folder()
        var db: Database? = try folder.open()
        try db?.execute("PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
        let kept = try db?.statement(SQL("SELECT x FROM t"))
        #expect(Bytes.read(folder.file + "-wal") != nil)
        db = nil
        #expect(Bytes.read(folder.file + "-wal") == nil)
        #expect(try error { try kept?.run() }.code == .misuse)
    }

    @Test("a transaction is whole or has no effect")
    func transaction() throws {
        struct Stop: Error {}
        let db = try memory()
        #expect(try db.transaction { try db.execute("INSERT INTO t VALUES (1)") } == ())
        #expect(throws: Stop.self) {
            try db.transaction {
                try db.execute("INSERT INTO t VALUES (2)")
                throw Stop()
            }
        }
        #expect(try db.integers("SELECT x FROM t") == [1])
        let inner = try error { try db.transaction { try db.transaction {} } }
        #expect(inner.message == "cannot start a transaction within a transaction")
        // A transaction that a statement has ended: committing fails.
        #expect(try error { try db.transaction { try db.execute("ROLLBACK") } }.code == .error)
        try db.transaction { try db.execute("INSERT INTO t VALUES (3)") }
        #expect(try db.integers("SELECT x FROM t") == [1, 3])
    }

    @Test("copies between files and memory, in both directions and over other content")
    func copies() throws {
        let folder = try Folder()
        let (file, memory) = (try folder.open(), try memory())
        try file.execute("PRAGMA journal_mode = WAL; PRAGMA user_version = 5; CREATE TABLE u (y)")
        try file.execute("INSERT INTO u VALUES (1)")
        let count = try memory.statement(SQL("SELECT COUNT(*) FROM t"))
        #expect(try count.first { row in try row.integer(0) } == 0)
        try file.copy(to: memory)
        #expect(try memory.version() == 5)
        #expect(try memory.integers("SELECT y FROM u") == [1])
        #expect(try error { try count.run() }.message == "no such table: t")
        try memory.transaction { try memory.execute("INSERT INTO u VALUES (2); PRAGMA user_version = 6") }
        try memory.copy(to: file)
        #expect(try file.version() == 6)
        #expect(try file.integers("SELECT y FROM u") == [1, 2])
        #expect(try error { try file.copy(to: file) }.code == .error)
    }

    @Test("a copy for which there is no room leaves the target as it was")
    func fullCopy() throws {
        let folder = try Folder()
        let (file, memory) = (try folder.open(), try memory())
        try file.execute("PRAGMA journal_mode = WAL; CREATE TABLE u (y); PRAGMA max_page_count = 5")
        try memory.execute("INSERT INTO t VALUES (randomblob(100000))")
        #expect(try error { try memory.copy(to: file) }.code == .full)
        #expect(try file.integers("SELECT COUNT(*) FROM u") == [0])
    }

    @Test("steps of a schema run once, in their order, all or none")
    func migration() throws {
        let db = try Database(.memory)
        let first = { (db: Database) in try db.execute("CREATE TABLE a (x)") }
        let second = { (db: Database) in try db.execute("INSERT INTO a VALUES (1)") }
        try db.migrate([(version: 2, make: first)])
        #expect(try db.version() == 2)
        try db.migrate([(version: 2, make: first)])
        #expect(throws: SQLiteError.self) { try db.migrate([(2, first), (3, second), (4, first)]) }
        #expect(try (db.version(), db.integers("SELECT x FROM a")) == (2, []))
        try db.migrate([(version: 2, make: first), (version: 3, make: second)])
        #expect(try (db.version(), db.integers("SELECT x FROM a")) == (3, [1]))
        // A later version stays.
        try db.migrate([(version: 2, make: first)])
        #expect(try db.version() == 3)
    }
}
