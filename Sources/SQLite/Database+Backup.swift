import CSQLite

extension Database {
    /// Replaces the whole content of another database with the content of this one. If it throws, the other database is
    /// as it was.
    ///
    /// - Throws: the error of reading this database or of writing the other one.
    package func copy(to other: Database) throws(SQLiteError) {
        let (source, target) = (try opened(), try other.opened())
        guard let backup = sqlite3_backup_init(target, "main", source, "main") else {
            throw SQLiteError(sqlite3_extended_errcode(target), of: target)
        }
        let code = sqlite3_backup_step(backup, -1)
        let result = sqlite3_backup_finish(backup)
        // A busy database is not an error to `finish`.
        guard code == SQLITE_DONE, result == SQLITE_OK else {
            throw SQLiteError(code == SQLITE_DONE ? result : code, of: target)
        }
    }
}
