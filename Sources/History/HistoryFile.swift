import Backups
import Foundation
import GRDB
import Glibc

/// The file of the history.
struct HistoryFile: Sendable {
    let path: String

    init(path: String) {
        // SQLite follows a link, and keeps its log next to where that leads.
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        self.path = isLink ? (path as NSString).resolvingSymlinksInPath : path
    }

    /// SQLite takes a path that begins like a URI for a URI.
    var sqlitePath: String { path.hasPrefix("file:") ? "./\(path)" : path }

    /// In bytes, including `-wal`; 0 if there is no file.
    var bytes: Int64 {
        [path, path + "-wal"].reduce(0) { sum, file in sum + Int64(Self.status(of: file)?.st_size ?? 0) }
    }

    /// The file system's status of a file itself, without following links; nil if there is no file.
    ///
    /// Foundation's attributes include the names of the owner and the group, and a lookup of these can block.
    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// Opens the file for this process alone, and creates it if it is missing.
    func open() throws(Failure) -> DatabaseQueue {
        do {
            try create()
            var configuration = Configuration()
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            let queue = try DatabaseQueue(path: sqlitePath, configuration: configuration)
            try queue.inDatabase(checkOwner)
            // GRDB's own setting would apply before the owner of the file is known.
            try queue.inDatabase { db in
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
                guard mode == "wal" else {
                    throw Failure.unusable(.unwritable, detail: "no write-ahead log is possible there")
                }
                // Bytes to which the log shrinks after a large transaction.
                try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304")
            }
            try HistorySchema.migrator.migrate(queue)
            return queue
        } catch {
            throw Failure(error)
        }
    }

    /// Throws for a file of another program or of a later version, so that it is left alone.
    private func checkOwner(_ db: Database) throws {
        let tables = """
            SELECT COUNT(*) FROM sqlite_master WHERE name NOT LIKE 'sqlite!_%' ESCAPE '!' AND name <> 'grdb_migrations'
            """
        guard try Int.fetchOne(db, sql: tables) != 0 else { return }
        guard try Int.fetchOne(db, sql: "PRAGMA application_id") == HistorySchema.applicationID else {
            throw Failure.unusable(.foreign, detail: "it has tables of another program")
        }
        if try HistorySchema.migrator.hasBeenSuperseded(db) {
            throw Failure.unusable(.newerVersion, detail: "it has a later version")
        }
    }

    /// SQLite would create the file readable for all users. The log takes the file's mode.
    private func create() throws {
        let files = FileManager.default
        guard !path.isEmpty else { throw Failure.unusable(.unwritable, detail: "the path is empty") }
        if files.fileExists(atPath: path) {
            // A device or a folder must never be renamed.
            guard let status = Self.status(of: path), status.st_mode & S_IFMT == S_IFREG else {
                throw Failure.unusable(.unwritable, detail: "it is no regular file")
            }
            return try checkHeader()
        }
        let folder = (path as NSString).deletingLastPathComponent
        if !folder.isEmpty, !files.fileExists(atPath: folder) {
            try files.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        }
        guard files.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600]) else {
            throw Failure.unusable(.unwritable, detail: "the file cannot be created")
        }
    }

    /// SQLite would delete the log of a file that is not a database; both are kept.
    private func checkHeader() throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let magic = Data("SQLite format 3\0".utf8)
        let header = try handle.read(upToCount: magic.count) ?? Data()
        if !header.isEmpty, header != magic { throw Failure.corrupt(detail: "it is no SQLite database") }
    }

    /// Calls `body` with a read-only connection, for a file that cannot be written.
    func read(_ body: (DatabaseQueue) throws -> Void) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { throw Failure.unusable(.unwritable, detail: "there is no file") }
        if files.fileExists(atPath: path + "-wal") {
            // The log cannot be read in place without writing; a copy of both files can.
            let folder = files.temporaryDirectory.appendingPathComponent("history-\(UUID().uuidString)").path
            defer { try? files.removeItem(atPath: folder) }
            do {
                try files.createDirectory(
                    atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                for suffix in ["", "-wal"] {
                    try files.copyItem(atPath: path + suffix, toPath: folder + "/db" + suffix)
                }
                return try body(try DatabaseQueue(path: folder + "/db"))
            } catch {
                // No room for a copy: read without the changes that only the log contains.
            }
        }
        var configuration = Configuration()
        configuration.readonly = true
        let url = URL(fileURLWithPath: path).absoluteString
        try body(try DatabaseQueue(path: "\(url)?immutable=1", configuration: configuration))
    }

    /// Renames the file together with its companions.
    /// - Returns: the new path.
    func setAside(at now: Timestamp) throws -> String {
        let files = FileManager.default
        let seconds = min(max(now.seconds.rounded(.down), 0), 253_402_300_799)
        let stamp = Date(timeIntervalSince1970: seconds)
            .formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt))
        var kept = "\(path).corrupt-\(stamp)"
        var copy = 1
        while files.fileExists(atPath: kept) {
            copy += 1
            kept = "\(path).corrupt-\(stamp)-\(copy)"
        }
        // The log first: left behind, it would be taken for the log of the next file.
        for suffix in ["-wal", "-shm", ""] where files.fileExists(atPath: path + suffix) {
            try files.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
        return kept
    }
}
