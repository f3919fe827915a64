import CSQLite
import Testing

@testable import SQLite

/// Errors of one run of a statement, after which the connection works as before.
@Suite struct LimitTests {
    private static let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n"

    @Test("an interrupted query")
    func interrupt() throws {
        let db = try memory()
        let query = SQL(Self.endless)
        var last: Int64 = 0
        let found = try error {
            try db.statement(query).rows { row in
                last = try row.integer(0)
                if last == 3 { sqlite3_interrupt(db.handle) }
            }
        }
        #expect(found == SQLiteError(extendedCode: 9, message: "interrupted"))
        #expect(last == 3)
        #expect(try db.statement(query).first { row in try row.integer(0) } == 1)
    }

    @Test("values and texts that are too long")
    func tooBig() throws {
        let db = try memory()
        sqlite3_limit(db.handle, SQLITE_LIMIT_LENGTH, 100)
        let insert = try db.statement(SQL("INSERT INTO t VALUES (?)"))
        insert.bind(String(repeating: "x", count: 101))
        #expect(try error { try insert.run() } == SQLiteError(extendedCode: 18, message: "string or blob too big"))
        insert.bind([UInt8](repeating: 1, count: 101))
        #expect(try error { try insert.run() }.code == .tooBig)
        insert.bind("short")
        try insert.run()
        #expect(try error { _ = try db.integers("SELECT zeroblob(101)") }.code == .tooBig)
        #expect(try db.integers("SELECT COUNT(*) FROM t") == [1])
    }

    @Test("a statement for which there is no memory")
    func noMemory() async {
        await #expect(processExitsWith: .success) {
            // A limit of the whole process.
            sqlite3_hard_heap_limit64(4_000_000)
            let db = try memory()
            let query = try error { try db.rows("SELECT hex(randomblob(3000000))") { _ in } }
            let insert = try db.statement(SQL("INSERT INTO t VALUES (?)"))
            insert.bind([UInt8](repeating: 1, count: 5_000_000))
            let value = try error { try insert.run() }
            insert.bind(1)
            try insert.run()
            let rows = try db.integers("SELECT x FROM t")
            sqlite3_hard_heap_limit64(1000)
            let connection = try error { _ = try Database(.memory) }
            #expect(query == SQLiteError(extendedCode: 7, message: "out of memory"))
            #expect(value.code == .noMemory)
            #expect(rows == [1])
            #expect(connection.code == .noMemory)
        }
    }

    @Test("what an authorizer forbids")
    func authorization() throws {
        let db = try memory()
        sqlite3_set_authorizer(db.handle, { _, _, _, _, _, _ in SQLITE_DENY }, nil)
        #expect(
            try error { _ = try db.integers("SELECT 1") } == SQLiteError(extendedCode: 23, message: "not authorized"))
    }

    @Test("a table that another connection has changed: the statement is compiled again")
    func schema() throws {
        let folder = try Folder()
        let (first, second) = (try folder.open(), try folder.open())
        try first.execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        let count = try first.statement(SQL("SELECT COUNT(*) FROM t"))
        #expect(try count.first { row in try row.integer(0) } == 1)
        try second.execute("ALTER TABLE t ADD COLUMN y; INSERT INTO t VALUES (2, 2)")
        #expect(try count.first { row in try row.integer(0) } == 2)
        try second.execute("DROP TABLE t")
        #expect(try error { try count.run() } == SQLiteError(extendedCode: 1, message: "no such table: t"))
    }
}
