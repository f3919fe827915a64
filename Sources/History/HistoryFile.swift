import Backups
import Glibc
import SQLite

/// The file of the history.
struct HistoryFile: Sendable {
    /// SQLite's log and, from other programs, its index, next to the file.
    private static let companions = ["-wal", "-shm"]

    let path: String

    init(path: String) {
        // SQLite follows a link, and keeps its log next to where that leads.
        self.path = Files.target(path)
    }

    /// In bytes, including `-wal`; 0 if there is no file.
    var bytes: Int64 {
        [path, path + "-wal"].reduce(0) { sum, file in sum + Int64(Files.status(file)?.st_size ?? 0) }
    }

    /// Opens the file for this process alone, and creates it if it is missing.
    ///
    /// - Returns: the open file, and the time since which its changes are missing because its log is lost.
    func open() throws(Failure) -> (Database, logLostSince: Timestamp?) {
        do {
            return try openExclusively()
        } catch {
            // SQLite takes a file system without locks for a lock of another process, or for a broken disk.
            if let error = error as? SQLiteError, error.code == .busy || error.code == .io,
                let reason = Files.lockProblem(path)
            {
                throw .unusable(.noLocks, detail: reason)
            }
            throw Failure(error)
        }
    }

    private func openExclusively() throws -> (Database, logLostSince: Timestamp?) {
        try prepare()
        // SQLite creates the log when it opens the file.
        let logBytes = Int64(Files.status(path + "-wal")?.st_size ?? 0)
        let db = try Database(.file(path: path))
        try db.execute("PRAGMA locking_mode = EXCLUSIVE")
        try checkOwner(db)
        // Not before the owner of the file is known, because it changes the file.
        guard try db.first("PRAGMA journal_mode = WAL", { row in try row.text(0) }) == "wal" else {
            throw Failure.unwritable("no write-ahead log is possible there")
        }
        // Debian's SQLite overwrites what is deleted, which would write every page of a dropped table.
        try db.execute("PRAGMA synchronous = NORMAL; PRAGMA secure_delete = OFF")
        try db.execute("PRAGMA journal_size_limit = \(HistoryLog.size)")
        try db.takeOverCheckpoints()
        // Before anything is written, which would be in a new log.
        let logLostSince = try HistoryLog.lostSince(db, logBytes: logBytes)
        try HistorySchema.migrate(db)
        return (db, logLostSince)
    }

    /// Takes the room for the open file's log. Without it, a file on a full disk could be used as long as the log is
    /// short, and not any more shortly afterwards.
    func reserveLog() throws(Failure) { try Files.reserve(path + "-wal", HistoryLog.size) }

    /// Throws for a file of another program or of a later version, so that it is left alone.
    func checkOwner(_ db: Database) throws {
        let tables = """
            SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'grdb_migrations'
            """
        guard try db.first(tables, { row in try row.integer(0) }) != 0 else { return }
        guard try db.first("PRAGMA application_id", { row in try row.integer(0) }) == HistorySchema.applicationID else {
            throw Failure.unusable(.foreign, detail: "it has tables of another program")
        }
        let version = try db.version()
        // Later versions keep the table for version 1 alone.
        let isLater = try version < 2 && HistoryVersion1.versions(of: db).contains { $0 != "1" }
        if isLater || version > HistorySchema.version {
            throw Failure.unusable(.newerVersion, detail: "it has a later version")
        }
    }

    /// Creates the file if it is missing: SQLite would create it readable for all users. The log takes the file's mode.
    private func prepare() throws(Failure) {
        try checkPath()
        guard let status = Files.status(path) else { return try Files.create(path) }
        try checkKind(status)
        try checkLogs()
        // SQLite would delete the log of a file that is not a database; both are kept.
        if try !isDatabase() { throw .corrupt(detail: "it is no SQLite database") }
        try Files.checkWritable(path)
    }

    /// Whether the file begins as a database does, or is empty.
    func isDatabase() throws(Failure) -> Bool {
        let magic = Array("SQLite format 3\0".utf8)
        let head = try Files.head(path, count: magic.count)
        return head.isEmpty || head == magic
    }

    /// A device or a folder must never be renamed, and to open a FIFO would wait for a writer.
    func checkKind(_ status: stat) throws(Failure) {
        guard status.st_mode & S_IFMT == S_IFREG else { throw .unwritable("it is no regular file") }
    }

    /// SQLite reads these when it opens the file.
    private func checkLogs() throws(Failure) {
        for log in ["-wal", "-journal"] {
            if let status = Files.status(path + log), status.st_mode & S_IFMT != S_IFREG {
                throw .unwritable("\(path)\(log) is no regular file")
            }
        }
    }

    func checkPath() throws(Failure) {
        if path.isEmpty { throw .unwritable("the path is empty") }
        // The system would end the path there, and take another file.
        if path.utf8.contains(0) { throw .unwritable("the path contains a NUL") }
    }

    /// Renames the file together with its companions.
    /// - Returns: the new path.
    func setAside(at now: Timestamp) throws(Failure) -> String {
        let kept = freeName("corrupt", at: now)
        // The log first: left behind, it would be taken for the log of the next file.
        for suffix in Self.companions + [""] where Files.status(path + suffix) != nil {
            try Files.rename(path + suffix, to: kept + suffix)
        }
        return kept
    }

    /// A path for the file and its companions, with a word and the time, where no file is.
    func freeName(_ word: String, at now: Timestamp) -> String {
        let first = "\(path).\(word)-\(Self.stamp(now))"
        var kept = first
        var copy = 1
        while ([""] + Self.companions).contains(where: { Files.status(kept + $0) != nil }) {
            copy += 1
            kept = "\(first)-\(copy)"
        }
        return kept
    }

    /// An instant of the years 1970 to 9999 in the basic format of ISO 8601, such as `20251123T161300Z`.
    private static func stamp(_ instant: Timestamp) -> String {
        let latest = Timestamp(milliseconds: 253_402_300_799_999)
        return min(max(instant, Timestamp(milliseconds: 0)), latest).text.filter { $0 != "-" && $0 != ":" }
    }
}
