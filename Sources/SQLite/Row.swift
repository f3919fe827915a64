import CSQLite

/// The current row of a statement. Rows are outside data: a value of another type, or NULL, causes the error `mismatch`
/// and never a crash. Columns count from 0.
///
/// Not copyable, so that no row is kept after its statement has gone on.
package struct Row: ~Copyable {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) {
        self.statement = statement
    }

    /// An integer.
    package func integer(_ column: Int32) throws(SQLiteError) -> Int64 {
        guard type(column) == SQLITE_INTEGER else { throw mismatch(column, "an integer") }
        return sqlite3_column_int64(statement, column)
    }

    /// An integer; nil for NULL.
    package func optionalInteger(_ column: Int32) throws(SQLiteError) -> Int64? {
        try isNull(column) ? nil : integer(column)
    }

    /// A text; bytes that are not UTF-8 are replaced by `U+FFFD`.
    package func text(_ column: Int32) throws(SQLiteError) -> String {
        guard type(column) == SQLITE_TEXT else { throw mismatch(column, "a text") }
        // The bytes first: only then their number is that of the UTF-8 text.
        guard let bytes = sqlite3_column_text(statement, column) else { throw SQLiteError(SQLITE_NOMEM) }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// A text; nil for NULL.
    package func optionalText(_ column: Int32) throws(SQLiteError) -> String? {
        try isNull(column) ? nil : text(column)
    }

    /// A BLOB of 16 bytes as its first and last eight bytes; nil for a text.
    package func uuid(_ column: Int32) throws(SQLiteError) -> (UInt64, UInt64)? {
        if type(column) == SQLITE_TEXT { return nil }
        guard type(column) == SQLITE_BLOB, let bytes = sqlite3_column_blob(statement, column),
            sqlite3_column_bytes(statement, column) == 16
        else { throw mismatch(column, "a BLOB of 16 bytes") }
        return (
            UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        )
    }

    /// The result of `body` for the bytes of a BLOB.
    package func blob<Value>(_ column: Int32, _ body: (Span<UInt8>) throws -> Value) throws -> Value {
        guard type(column) == SQLITE_BLOB else { throw mismatch(column, "a BLOB") }
        let bytes = sqlite3_column_blob(statement, column)
        let count = Int(sqlite3_column_bytes(statement, column))
        // An empty BLOB has no address, and neither has one for which there is no memory.
        if bytes == nil, count > 0 { throw SQLiteError(SQLITE_NOMEM) }
        let buffer = UnsafeRawBufferPointer(start: bytes, count: count)
        return try buffer.withMemoryRebound(to: UInt8.self) { try body($0.span) }
    }

    /// The result of `body` for the bytes of a BLOB; nil for NULL.
    package func optionalBlob<Value>(_ column: Int32, _ body: (Span<UInt8>) throws -> Value) throws -> Value? {
        try isNull(column) ? nil : blob(column, body)
    }

    private func isNull(_ column: Int32) -> Bool { type(column) == SQLITE_NULL }

    private func type(_ column: Int32) -> Int32 { sqlite3_column_type(statement, column) }

    private func mismatch(_ column: Int32, _ expected: String) -> SQLiteError {
        SQLiteError(extendedCode: SQLITE_MISMATCH, message: "column \(column) of a row is not \(expected)")
    }
}
