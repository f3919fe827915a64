import Glibc
import SQLite

/// A file that its owner alone can read, and that is gone with this value, or at the end of the process.
///
/// SQLite opens it by its name, and works without files beside it; then it loses the name.
struct TemporaryFile: ~Copyable {
    /// For a file at this path, a new one in the same folder; nil for the folder of temporary files.
    init(beside path: String?) throws(HistoryFile.Failure) {
        let stem = path ?? "\(Files.temporaryFolder)/history"
        guard let made = Files.makeUnique("\(stem).export-") else {
            throw Files.failure("no file can be created beside \(stem)")
        }
        (descriptor, name) = made
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    deinit {
        unsafe unlink(name)
        if descriptor >= 0 { Glibc.close(descriptor) }
    }

    private let name: String
    private var descriptor: Int32

    /// The file as an empty database. The file has no name afterwards.
    func database() throws -> Database {
        let database = try Database(.file(path: name))
        try database.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE")
        // SQLite opens it at its first use.
        _ = try database.version()
        unsafe unlink(name)
        return database
    }

    /// The bytes, after the database is closed.
    consuming func bytes() throws -> HistoryCopy {
        try Files.markWithoutLog(descriptor)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw Files.failure("the copy cannot be read") }
        let copy = HistoryCopy(descriptor: descriptor, size: Int(status.st_size))
        descriptor = -1
        return copy
    }
}
