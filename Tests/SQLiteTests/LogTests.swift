import CSQLite
import Glibc
import TestSupport
import Testing

@testable import SQLite

/// The write-ahead log of a file.
@Suite struct LogTests {
    private func logged(_ folder: Folder) throws -> Database {
        let db = try folder.open()
        try db.execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE t (x)")
        return db
    }

    /// The size of the file alone.
    private func size(_ folder: Folder) -> Int {
        var status = stat()
        return stat(folder.file, &status) == 0 ? Int(status.st_size) : -1
    }

    private func hasLog(_ folder: Folder) -> Bool { access(folder.file + "-wal", F_OK) == 0 }

    @Test("the log is written into the file when it is asked for, and not by itself")
    func checkpoint() throws {
        let folder = try Folder()
        let db = try logged(folder)
        try db.takeOverCheckpoints()
        #expect(db.logPages == 0)
        // More pages than SQLite's own limit of 1000.
        try db.execute("INSERT INTO t VALUES (zeroblob(5000000))")
        #expect(db.logPages > 1000)
        #expect(size(folder) < 10_000)
        let pages = db.logPages
        #expect(try db.checkpoint() == pages)
        #expect(db.logPages == 0)
        #expect(size(folder) > 5_000_000)
        // They stay in the log until the next change.
        #expect(try db.checkpoint() == pages)
        try db.execute("INSERT INTO t VALUES (1)")
        #expect(db.logPages == 1)
    }

    @Test("without a log there is none to write")
    func noLog() throws {
        #expect(try memory().checkpoint() == -1)
        let closed = try memory()
        closed.close()
        #expect(try error { try closed.checkpoint() } == .closed)
        #expect(try error { try closed.takeOverCheckpoints() } == .closed)
    }

    @Test("the log is written into the file at the end, unless it is to stay", arguments: [false, true])
    func close(keepsLog: Bool) throws {
        let folder = try Folder()
        let db = try logged(folder)
        try db.takeOverCheckpoints()
        try db.execute("INSERT INTO t VALUES (7)")
        db.close(keepsLog: keepsLog)
        #expect(hasLog(folder) == keepsLog)
        #expect(try folder.open().integers("SELECT x FROM t") == [7])
    }
}
