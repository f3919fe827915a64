import CSQLite

extension Database {
    /// Lets SQLite write its log into the file only when `checkpoint` is called, and when the file is closed.
    package func takeOverCheckpoints() throws(SQLiteError) {
        // The hook replaces SQLite's own, which writes the log into the file.
        _ = sqlite3_wal_hook(
            try opened(),
            { context, _, _, pages in
                if let context { Unmanaged<Database>.fromOpaque(context).takeUnretainedValue().logPages = Int(pages) }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Writes the log into the file, as far as no other connection reads it.
    ///
    /// - Returns: the number of pages in the log, which are still there afterwards; -1 without a log.
    @discardableResult
    package func checkpoint() throws(SQLiteError) -> Int {
        let handle = try opened()
        var pages: Int32 = -1
        let code = sqlite3_wal_checkpoint_v2(handle, "main", SQLITE_CHECKPOINT_PASSIVE, &pages, nil)
        guard code == SQLITE_OK else { throw SQLiteError(code, of: handle) }
        logPages = 0
        return Int(pages)
    }
}
