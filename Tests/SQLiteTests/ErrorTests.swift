import CSQLite
import Testing

@testable import SQLite

/// Every error that SQLite reports has its code and its message.
@Suite struct ErrorTests {
    @Test("the codes are those of SQLite")
    func codes() {
        #expect(SQLiteError.Code.allCases.map(\.rawValue) == Array(1...27))
        #expect(SQLiteError.Code.notADatabase.rawValue == SQLITE_NOTADB)
        for code in SQLiteError.Code.allCases.dropLast() {
            #expect(SQLiteError(extendedCode: code.rawValue | 7 << 8, message: "").code == code)
        }
        #expect(SQLiteError(extendedCode: 100, message: "").code == .unknown)
    }

    @Test("the description has message and extended code")
    func description() {
        let error = SQLiteError(266)
        #expect(error.code == .io)
        #expect("\(error)" == "disk I/O error (SQLite code 266)")
    }

    @Test("wrong text, missing tables and columns")
    func compiling() throws {
        let db = try memory()
        for (sql, message) in [
            ("SELEC", "near \"SELEC\": syntax error"), ("SELECT * FROM u", "no such table: u"),
            ("SELECT y FROM t", "no such column: y"),
        ] {
            #expect(try error { try db.execute(sql) } == SQLiteError(extendedCode: 1, message: message))
            #expect(try error { _ = try db.statement(SQL(sql)) } == SQLiteError(extendedCode: 1, message: message))
            #expect(try error { try db.rows(sql) { _ in } } == SQLiteError(extendedCode: 1, message: message))
        }
    }

    @Test("a text without a statement is a misuse", arguments: ["", " ", "-- comment"])
    func empty(sql: String) throws {
        #expect(try error { _ = try memory().statement(SQL(sql)) }.code == .misuse)
    }

    @Test("a file that another connection has locked is busy, at once")
    func busy() throws {
        let folder = try Folder()
        let (first, second) = (try folder.open(), try folder.open())
        try first.execute("BEGIN EXCLUSIVE")
        #expect(
            try error { _ = try second.integers("SELECT 1 FROM sqlite_master") }
                == SQLiteError(extendedCode: 5, message: "database is locked"))
        #expect(try error { try second.transaction {} }.code == .busy)
        #expect(try error { try second.copy(to: memory()) }.code == .busy)
        first.close()
        try second.transaction {}
    }

    @Test("a table that is being read is locked")
    func locked() throws {
        let db = try memory()
        try db.execute("INSERT INTO t VALUES (1)")
        let found = try error { try db.rows("SELECT x FROM t") { _ in try db.execute("DROP TABLE t") } }
        #expect(found == SQLiteError(extendedCode: 6, message: "database table is locked"))
        #expect(try db.integers("SELECT x FROM t") == [1])
    }

    @Test("damaged pages, and files that are no database")
    func damaged() throws {
        let folder = try Folder()
        let db = try folder.open()
        try db.execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        db.close()
        var bytes = try #require(Bytes.read(folder.file))
        for index in 4096..<8192 { bytes[index] = 0xA5 }
        try folder.write(bytes)
        let found = try error { _ = try folder.open().integers("SELECT x FROM t") }
        #expect(found.code == .corrupt)
        #expect(found.message == "database disk image is malformed")

        try folder.write(Array(String(repeating: "no database ", count: 100).utf8))
        let other = try error { _ = try folder.open().integers("SELECT 1 FROM sqlite_master") }
        #expect(other == SQLiteError(extendedCode: 26, message: "file is not a database"))
    }

    @Test("a full disk: the transaction has no effect, and the connection can be used")
    func full() throws {
        let folder = try Folder()
        let db = try folder.open()
        try db.execute("CREATE TABLE t (x); PRAGMA max_page_count = 10")
        let found = try error {
            try db.transaction {
                try db.execute("INSERT INTO t VALUES (1)")
                try db.execute("INSERT INTO t VALUES (randomblob(100000))")
            }
        }
        #expect(found == SQLiteError(extendedCode: 13, message: "database or disk is full"))
        #expect(try db.integers("SELECT COUNT(*) FROM t") == [0])
        try db.transaction { try db.execute("INSERT INTO t VALUES (2)") }
        #expect(try db.integers("SELECT x FROM t") == [2])
    }

    @Test("writing where only reading is possible")
    func readOnly() throws {
        let folder = try Folder()
        try folder.open().execute("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
        let db = try Database(.immutableFile(path: folder.file))
        #expect(try db.integers("SELECT x FROM t") == [1])
        let found = try error { try db.execute("INSERT INTO t VALUES (2)") }
        #expect(found == SQLiteError(extendedCode: 8, message: "attempt to write a readonly database"))
        #expect(try error { try memory().copy(to: db) }.code == .readOnly)
    }

    @Test(
        "constraints, without the value in the message",
        arguments: [
            ("INSERT INTO t VALUES (1, 'a', 1)", 1555, "UNIQUE constraint failed: t.id"),
            ("INSERT INTO t VALUES (2, 'secret', 1)", 2067, "UNIQUE constraint failed: t.name"),
            ("INSERT INTO t VALUES (2, NULL, 1)", 1299, "NOT NULL constraint failed: t.name"),
            ("INSERT INTO t VALUES (2, 'b', 0)", 275, "CHECK constraint failed: n > 0"),
            ("INSERT INTO t VALUES (2, 'b', 'secret')", 3091, "cannot store TEXT value in INTEGER column t.n"),
            ("INSERT INTO t VALUES ('secret', 'b', 1)", 20, "datatype mismatch"),
        ])
    func constraints(sql: String, code: Int32, message: String) throws {
        let db = try Database(.memory)
        try db.execute(
            """
            CREATE TABLE t (id INTEGER NOT NULL, name TEXT NOT NULL UNIQUE, n INTEGER CHECK (n > 0), PRIMARY KEY (id))
                STRICT;
            INSERT INTO t VALUES (1, 'secret', 1)
            """)
        #expect(try error { try db.execute(sql) } == SQLiteError(extendedCode: code, message: message))
    }

    @Test("files that cannot be opened", arguments: ["missing", "", "/", "/dev/null/x", "db\0x"])
    func cannotOpen(path: String) throws {
        let folder = try Folder()
        try folder.write([])
        let full = path.hasPrefix("/") || path.isEmpty ? path : "\(folder.path)/\(path)"
        #expect(try error { _ = try Database(.file(path: full)) }.code == .cannotOpen)
        #expect(
            try error { _ = try Database(.immutableFile(path: full)).integers("SELECT 1 FROM sqlite_master") }.code
                == .cannotOpen)
    }
}
