import Backups
import Foundation
import GRDB
import Glibc

/// The file that the history is kept in.
struct HistoryFile: Sendable {
    let path: String

    init(path: String) {
        // SQLite follows a link, and keeps its log next to where that leads.
        let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
        self.path = isLink ? (path as NSString).resolvingSymlinksInPath : path
    }

    private var companions: [String] { [path + "-wal", path + "-shm"] }
    /// SQLite takes a path that begins like a URI for one.
    var sqlitePath: String { path.hasPrefix("file:") ? "./\(path)" : path }

    /// In bytes, `-wal` included; 0 if there is none.
    var bytes: Int64 {
        [path, path + "-wal"].reduce(0) { sum, file in sum + Int64(Self.status(of: file)?.st_size ?? 0) }
    }

    /// What the file system knows of a file itself, links not followed; nil if there is none.
    ///
    /// Foundation's attributes include the names of the owner and the group, and a lookup of these can block.
    private static func status(of path: String) -> stat? {
        var status = stat()
        return unsafe lstat(path, &status) == 0 ? status : nil
    }

    /// Opens it for this process alone; creates what is missing.
    func open() throws(Failure) -> DatabaseQueue {
        do {
            try create()
            var configuration = Configuration()
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
            let queue = try DatabaseQueue(path: sqlitePath, configuration: configuration)
            try queue.inDatabase(checkOwner)
            // Not by GRDB's own setting, which comes before we can tell whose file this is.
            try queue.inDatabase { db in
                let mode = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
                guard mode == "wal" else {
                    throw Failure.unusable(.unwritable, detail: "no write-ahead log is possible there")
                }
                // Bytes: what a great transaction made of the log is given back.
                try db.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 4194304")
            }
            try HistorySchema.migrator.migrate(queue)
            return queue
        } catch {
            throw Failure(error)
        }
    }

    /// Leaves files alone that are not ours, or of a later version.
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

    /// SQLite would create the file for everybody to read; the log takes the file's mode.
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

    /// SQLite would do away with the log of a file that is none of its own; both are to be kept.
    private func checkHeader() throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let magic = Data("SQLite format 3\0".utf8)
        let header = try handle.read(upToCount: magic.count) ?? Data()
        if !header.isEmpty, header != magic { throw Failure.corrupt(detail: "it is no SQLite database") }
    }

    /// Calls `body` with a connection that can only be read, for a file that cannot be written.
    func read(_ body: (DatabaseQueue) throws -> Void) throws {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else { throw Failure.unusable(.unwritable, detail: "there is no file") }
        if files.fileExists(atPath: path + "-wal") {
            // The log cannot be read in place without writing; a copy of both can.
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
                // Nowhere to copy it to: then without what only the log has.
            }
        }
        var configuration = Configuration()
        configuration.readonly = true
        let url = URL(fileURLWithPath: path).absoluteString
        try body(try DatabaseQueue(path: "\(url)?immutable=1", configuration: configuration))
    }

    /// Renames it together with its companions.
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
        // The log first: left behind, it would be taken for that of the next file.
        for suffix in ["-wal", "-shm", ""] where files.fileExists(atPath: path + suffix) {
            try files.moveItem(atPath: path + suffix, toPath: kept + suffix)
        }
        return kept
    }
}
