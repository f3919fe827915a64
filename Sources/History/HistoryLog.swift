import Backups
import SQLite

/// A mark in the history by which a lost write-ahead log is noticed.
///
/// SQLite reads a file whose log was deleted as it was when the log was last written into it, without an error. Therefore
/// the last change before the log is written into the file sets the mark, and the first change afterwards, which is in
/// the log alone, clears it: the file has the mark if it is read without its log, and only then. It also has no mark
/// after SQLite has closed it, or after another program has written the log into it.
enum HistoryLog {
    /// The pages in the log from which on it is written into the file, as many as SQLite's own default.
    static let limit = 1000
    /// Bytes to which the log shrinks after a large transaction; about those of `limit` pages.
    static let size: Int64 = 4_194_304

    /// Bytes of a log with one page: its header, the page's header, and the page.
    private static let shortest: Int64 = 32 + 24 + 4096

    private static let mark = SQL("UPDATE holder SET incomplete_since = ?")
    private static let clear = SQL("UPDATE holder SET incomplete_since = NULL WHERE incomplete_since IS NOT NULL")

    /// Writes the log into the file.
    static func fold(_ db: Database, at now: Timestamp) throws {
        try db.transaction {
            let statement = try db.statement(mark)
            statement.bind(now.milliseconds)
            try statement.run()
        }
        let written = Result { try db.checkpoint() }
        try clear(db)
        _ = try written.get()
    }

    /// Writes the log into the file and closes it.
    static func close(_ db: Database) {
        // A log that could not be told from a lost one must stay.
        let isClear = (try? clear(db)) != nil
        db.close(keepsLog: !isClear)
    }

    /// The time since which changes are missing, because the log is lost; nil if it is not.
    ///
    /// - Parameter logBytes: the size of the log before the file was opened. While the file has the mark, a process that is
    ///   killed leaves a log whose pages have been written into the file, or whose first page is being replaced: never one
    ///   that is shorter than a page.
    static func lostSince(_ db: Database, logBytes: Int64) throws -> Timestamp? {
        guard try db.version() >= 5 else { return nil }
        let since = try db.first("SELECT incomplete_since FROM holder WHERE id = 1") { row in try row.optionalInteger(0)
        }
        guard case let since?? = since, logBytes < shortest else { return nil }
        return Timestamp(milliseconds: since)
    }

    private static func clear(_ db: Database) throws { try db.transaction { try db.statement(clear).run() } }
}
