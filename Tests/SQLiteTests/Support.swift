import CSQLite
import Glibc
import Testing

@testable import SQLite

/// A folder that is deleted with this object.
final class Folder {
    let path: String

    init() throws {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/sqlite-tests-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in ["db", "db-wal", "db-shm", "db-journal", "a%20#?b"] { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var file: String { path + "/db" }

    func write(_ bytes: [UInt8], _ name: String = "db") throws {
        let file = try #require(fopen("\(path)/\(name)", "w"))
        defer { fclose(file) }
        try #require(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// A connection to the file `db`, which is created if it is missing.
    func open() throws -> Database {
        if access(file, F_OK) != 0 { try write([]) }
        return try Database(.file(path: file))
    }
}

/// A database in memory with a table of one column.
func memory(_ column: String = "x ANY") throws -> Database {
    let db = try Database(.memory)
    try db.execute("CREATE TABLE t (\(column)) STRICT")
    return db
}

extension Database {
    func integers(_ query: String) throws -> [Int64] {
        var integers: [Int64] = []
        try rows(query) { row in integers.append(try row.integer(0)) }
        return integers
    }
}

/// The error that `body` throws.
func error(_ body: () throws -> Void) throws -> SQLiteError {
    try #require(throws: SQLiteError.self, performing: body)
}
