import CSQLite
import Glibc
import TestSupport
import Testing

@testable import SQLite

/// A folder that is deleted with the last copy of this value.
struct Folder {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.path }

    var file: String { directory.file("db") }

    func write(_ bytes: [UInt8], _ name: String = "db") throws { try directory.writeBytes(name, bytes) }

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
