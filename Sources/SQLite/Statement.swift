import CSQLite

/// A compiled statement. For each run, bind the value of every parameter in order, and then call one of `run`, `rows`
/// and `first`, which make it ready for the next run.
package final class Statement {
    /// Nil after the database was closed.
    private var handle: OpaquePointer?
    private let parameters: Int32
    /// How many values are bound for the next run.
    private var bound: Int32 = 0
    /// The first error of a binding since the last run; thrown by the next run, so that bindings need no `try`.
    private var refusal = SQLITE_OK
    private var isRunning = false
    private var isFinal = false

    /// - Parameter isKept: whether the statement will be run often.
    init(_ text: String, of database: OpaquePointer, isKept: Bool) throws(SQLiteError) {
        let code = sqlite3_prepare_v3(
            database, text, -1, isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0, &handle, nil)
        parameters = sqlite3_bind_parameter_count(handle)
        guard code == SQLITE_OK else { throw SQLiteError(code, of: database) }
        guard handle != nil else { throw .misuse("the statement is empty") }
    }

    deinit { finalize() }

    /// Frees the statement; one that is being run, at the end of this run.
    func finalize() {
        isFinal = true
        guard !isRunning else { return }
        sqlite3_finalize(handle)
        handle = nil
    }

    /// Binds an integer, or NULL, to the next parameter.
    package func bind(_ value: Int64?) {
        bound += 1
        if let value {
            note(sqlite3_bind_int64(handle, bound, value))
        } else {
            note(sqlite3_bind_null(handle, bound))
        }
    }

    /// Binds a text, or NULL, to the next parameter; a NUL character in the text is one like any other.
    package func bind(_ text: String?) {
        bound += 1
        if var text {
            note(text.withUTF8 { csqlite_bind_text(handle, bound, $0.baseAddress, UInt64($0.count)) })
        } else {
            note(sqlite3_bind_null(handle, bound))
        }
    }

    /// Binds a BLOB of 16 bytes to the next parameter.
    ///
    /// - Parameter uuid: the first and the last eight bytes; the most significant byte of each is the first.
    package func bind(uuid: (UInt64, UInt64)) {
        bound += 1
        let bytes = (uuid.0.bigEndian, uuid.1.bigEndian)
        note(withUnsafeBytes(of: bytes) { csqlite_bind_blob(handle, bound, $0.baseAddress, UInt64($0.count)) })
    }

    /// Binds a BLOB, or NULL, to the next parameter.
    package func bind(_ blob: [UInt8]?) {
        bound += 1
        guard let blob else { return note(sqlite3_bind_null(handle, bound)) }
        note(blob.withUnsafeBytes { csqlite_bind_blob(handle, bound, $0.baseAddress, UInt64($0.count)) })
    }

    /// Runs the statement to its end.
    package func run() throws(SQLiteError) {
        let handle = try start()
        defer { reset() }
        while try step(handle) {}
    }

    /// Calls `body` with each row, until there is no further row or `body` throws. `body` can run other statements.
    package func rows(_ body: (borrowing Row) throws -> Void) throws {
        let handle = try start()
        defer { reset() }
        while try step(handle) { try body(Row(handle)) }
    }

    /// The result of `body` for the first row; nil if there is no row.
    package func first<Value>(_ body: (borrowing Row) throws -> Value) throws -> Value? {
        let handle = try start()
        defer { reset() }
        return try step(handle) ? body(Row(handle)) : nil
    }
}

extension Statement {
    /// Checks that the statement can be run, and with which values.
    private func start() throws(SQLiteError) -> OpaquePointer {
        defer { (bound, refusal) = (0, SQLITE_OK) }
        guard !isFinal, let handle else { throw .closed }
        guard !isRunning else { throw .misuse("the statement is being run already") }
        guard refusal == SQLITE_OK else { throw SQLiteError(refusal) }
        // The values of the last run would stand for missing ones.
        guard bound == parameters else { throw .misuse("\(bound) values for \(parameters) parameters") }
        isRunning = true
        return handle
    }

    /// - Returns: whether there is another row.
    private func step(_ handle: OpaquePointer) throws(SQLiteError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteError(code, of: sqlite3_db_handle(handle))
        }
    }

    private func reset() {
        // Repeats the error of the run, if it had one.
        sqlite3_reset(handle)
        isRunning = false
        if isFinal { finalize() }
    }

    private func note(_ code: Int32) {
        if refusal == SQLITE_OK { refusal = code }
    }
}
