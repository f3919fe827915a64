import Glibc
import SQLite

extension HistoryFile {
    /// Calls `body` with a read-only connection, for a file that cannot be written.
    func read(_ body: (Database) throws -> Void) throws {
        try checkPath()
        guard let status = Files.status(path) else { throw Failure.unwritable("there is no file") }
        try checkKind(status)
        if let log = Files.status(path + "-wal"), log.st_mode & S_IFMT == S_IFREG {
            // The log cannot be read in place without writing; a copy of both files can.
            do {
                return try Files.withCopies([(path, "db"), (path + "-wal", "db-wal")]) { folder in
                    try read(try Database(.file(path: folder + "/db")), body)
                }
            } catch {
                // No room for a copy: read without the changes that only the log contains.
            }
        }
        try read(try Database(.immutableFile(path: path)), body)
    }

    private func read(_ db: Database, _ body: (Database) throws -> Void) throws {
        try checkOwner(db)
        try body(db)
    }
}
