import CSQLite

/// A connection to an SQLite database.
///
/// Not `Sendable`: SQLite does not guard it with locks, so one task at a time uses it. It never waits for a lock of
/// another connection, and throws `busy` instead.
package final class Database {
    /// What a connection opens.
    package enum Place {
        /// An empty database in memory.
        case memory
        /// An existing file, empty or a database. If it can only be read, then writing throws `readOnly`.
        case file(path: String)
        /// An existing file that does not change while it is open: read without locks and without its log.
        case immutableFile(path: String)
    }

    /// Nil after `close`.
    private(set) var handle: OpaquePointer?
    /// With their texts, so that no other text gets the same identifier.
    private var statements: [ObjectIdentifier: (sql: SQL, statement: Statement)] = [:]
    /// The pages in the log after the last transaction, since `checkpoint`; 0 without `takeOverCheckpoints`.
    package internal(set) var logPages = 0

    /// Opens a database. SQLite reads a file at its first use only, so that an error of its content comes later.
    ///
    /// - Throws: `cannotOpen` for a file that is missing or not accessible, or for a folder.
    package init(_ place: Place) throws(SQLiteError) {
        let (path, name, access) =
            switch place {
            case .memory: (":memory:", ":memory:", SQLITE_OPEN_READWRITE)
            case .file(let path): (path, Self.name(path), SQLITE_OPEN_READWRITE)
            case .immutableFile(let path): (path, Self.immutableName(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)
            }
        // An empty name is a file of SQLite's own. C would end the name at a NUL, and so open another file.
        guard !path.isEmpty, !path.utf8.contains(0) else { throw SQLiteError(SQLITE_CANTOPEN) }
        let code = sqlite3_open_v2(name, &handle, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK else {
            let error = SQLiteError(code, of: handle)
            close()
            throw error
        }
    }

    deinit { close() }

    /// Closes the connection; of the last connection of a file, SQLite writes the log into the file. Every later use
    /// throws `misuse`.
    ///
    /// - Parameter keepsLog: whether the log stays as it is.
    package func close(keepsLog: Bool = false) {
        if keepsLog, let handle { _ = csqlite_keep_log(handle) }
        for kept in statements.values { kept.statement.finalize() }
        statements = [:]
        sqlite3_close_v2(handle)
        handle = nil
    }

    /// Runs statements without results, or whose results do not matter.
    ///
    /// - Parameter script: statements that end with semicolons; a constant, never a text from outside.
    package func execute(_ script: String) throws(SQLiteError) {
        let handle = try opened()
        let code = sqlite3_exec(handle, script, nil, nil, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, of: handle) }
    }

    /// Runs a query once, and calls `body` with each row.
    ///
    /// - Parameter query: a constant, never a text from outside.
    package func rows(_ query: String, _ body: (borrowing Row) throws -> Void) throws {
        let statement = try Statement(query, of: opened(), isKept: false)
        defer { statement.finalize() }
        try statement.rows(body)
    }

    /// Runs a query once; the result of `body` for the first row, nil if there is no row.
    package func first<Value>(_ query: String, _ body: (borrowing Row) throws -> Value) throws -> Value? {
        let statement = try Statement(query, of: opened(), isKept: false)
        defer { statement.finalize() }
        return try statement.first(body)
    }

    /// The compiled statement of a text.
    package func statement(_ sql: SQL) throws(SQLiteError) -> Statement {
        let key = ObjectIdentifier(sql)
        if let kept = statements[key] { return kept.statement }
        let statement = try Statement(sql.text, of: opened(), isKept: true)
        statements[key] = (sql, statement)
        return statement
    }

    /// The row id of the last row that was inserted into a table that has row ids; 0 before, and after `close`.
    package var lastInsertedRow: Int64 { handle.map(sqlite3_last_insert_rowid) ?? 0 }

    /// The number of rows that the last `INSERT`, `UPDATE` or `DELETE` changed.
    package var changes: Int64 { handle.map(sqlite3_changes64) ?? 0 }

    func opened() throws(SQLiteError) -> OpaquePointer {
        guard let handle else { throw .closed }
        return handle
    }

    /// SQLite takes a name that begins with `file:` for a URI, and `:memory:` for no file.
    static func name(_ path: String) -> String { path.hasPrefix("/") ? path : "./\(path)" }

    static func immutableName(_ path: String) -> String {
        var name = path.hasPrefix("/") ? "file://" : "file:"
        for scalar in path.unicodeScalars {
            switch scalar {
            case "%": name += "%25"
            case "?": name += "%3f"
            case "#": name += "%23"
            default: name.unicodeScalars.append(scalar)
            }
        }
        return name + "?immutable=1"
    }
}
