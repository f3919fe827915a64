import CSQLite

/// A copy of the whole content of a database into another one, made in steps. Between two steps the source can be written
/// by its own connection; the copy then has these changes too. The target is as it was until the copy is complete.
package final class DatabaseCopy {
    package let source: Database
    private let target: Database
    /// Nil after the end.
    private var backup: OpaquePointer?

    package init(of source: Database, to target: Database) throws(SQLiteError) {
        let (from, to) = (try source.opened(), try target.opened())
        guard let backup = sqlite3_backup_init(to, "main", from, "main") else {
            throw SQLiteError(sqlite3_extended_errcode(to), of: to)
        }
        (self.source, self.target, self.backup) = (source, target, backup)
    }

    deinit { if let backup { sqlite3_backup_finish(backup) } }

    /// Copies so many more pages; all that are left, if the number is negative.
    ///
    /// - Returns: whether the copy is complete.
    /// - Throws: the error of reading the source or of writing the target, which ends the copy.
    package func step(pages: Int32) throws(SQLiteError) -> Bool {
        guard let backup else { throw .misuse("the copy has ended") }
        let code = sqlite3_backup_step(backup, pages)
        if code == SQLITE_OK { return false }
        self.backup = nil
        let result = sqlite3_backup_finish(backup)
        // A busy database is not an error to `finish`.
        guard code == SQLITE_DONE, result == SQLITE_OK else {
            throw SQLiteError(code == SQLITE_DONE ? result : code, of: try target.opened())
        }
        return true
    }
}

extension Database {
    /// Replaces the whole content of another database with the content of this one. If it throws, the other database is
    /// as it was.
    ///
    /// - Throws: the error of reading this database or of writing the other one.
    package func copy(to other: Database) throws(SQLiteError) {
        _ = try DatabaseCopy(of: self, to: other).step(pages: -1)
    }
}
