import CSQLite

/// The reason for which SQLite could not do something.
package struct SQLiteError: Error, Equatable, Sendable {
    /// SQLite's primary result codes for errors.
    package enum Code: Int32, CaseIterable, Sendable {
        /// The statement cannot be compiled: a table or a column is missing, or the text is wrong.
        case error = 1
        case `internal`
        case permission
        case abort
        /// Another connection has a lock on the file.
        case busy
        /// Another statement has a lock on a table.
        case locked
        case noMemory
        case readOnly
        case interrupt
        case io
        /// The file's content is damaged.
        case corrupt
        case notFound
        /// The disk is full, or the file has reached its largest permitted size.
        case full
        case cannotOpen
        case `protocol`
        case empty
        case schema
        case tooBig
        case constraint
        /// A value has another type than expected.
        case mismatch
        /// A call that the connection or the statement does not permit in its state.
        case misuse
        case noLargeFiles
        case authorization
        case format
        case range
        /// The file is not an SQLite database.
        case notADatabase
        /// A code that SQLite does not document as an error.
        case unknown
    }

    /// SQLite's extended result code; equal to the primary one if there is no finer reason.
    package let extendedCode: Int32
    /// For people. Names tables and columns, and never contains the values of a statement or of a row.
    package let message: String

    package init(extendedCode: Int32, message: String) {
        self.extendedCode = extendedCode
        self.message = message
    }

    /// The primary result code.
    package var code: Code { Code(rawValue: extendedCode & 0xFF) ?? .unknown }
}

extension SQLiteError: CustomStringConvertible {
    /// The message with the extended code.
    package var description: String { "\(message) (SQLite code \(extendedCode))" }
}

extension SQLiteError {
    static let closed = misuse("the database is closed")

    static func misuse(_ message: String) -> SQLiteError {
        SQLiteError(extendedCode: SQLITE_MISUSE, message: message)
    }

    /// The error with SQLite's usual text for its code.
    init(_ extendedCode: Int32) {
        self.init(extendedCode: extendedCode, message: String(cString: sqlite3_errstr(extendedCode)))
    }

    /// The error of the last call of a connection.
    ///
    /// - Parameter code: what the call returned.
    init(_ code: Int32, of connection: OpaquePointer?) {
        // Without a connection, SQLite has no memory for it. Calls that SQLite calls a misuse do not set the message.
        guard let connection, sqlite3_extended_errcode(connection) & 0xFF == code & 0xFF else {
            self.init(code)
            return
        }
        self.init(
            extendedCode: sqlite3_extended_errcode(connection), message: String(cString: sqlite3_errmsg(connection)))
    }
}
