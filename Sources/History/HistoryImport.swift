package import Backups
import Glibc
import SQLite

/// The result of an import.
package struct HistoryImport: Equatable, Sendable {
    package let addons: Int
    /// The place where the history was imported, behind links.
    package let path: String
    /// The place of the earlier history; nil if there was none.
    package let kept: String?

    /// The reason for which nothing was imported, for people. The earlier history is as it was.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// The file that was to be imported.
        case source(HistoryReadError)
        /// The file is the history itself.
        case same(String)
        case inUse(String)
        /// The file at the place of the history is of another program.
        case foreign(String)
        case failed(String, detail: String)

        package var description: String {
            switch self {
            case .source(let error): error.description
            case .same(let path): "\(path): the file is the history itself; there is nothing to import"
            case .inUse(let path): "\(path): an exporter uses the history; stop it first"
            case .foreign(let path):
                "\(path): another program's database is there; name another place with --state.path"
            case .failed(let path, let detail): "\(path): the history cannot be replaced: \(detail)"
            }
        }
    }

    /// Replaces the history at a path by a copy of a file, which is brought to this version. The earlier history is kept
    /// beside it. At every moment, one of the two is there as a whole.
    package static func run(from source: String, to path: String, now: Timestamp) throws(Failure) -> HistoryImport {
        let (source, target) = (HistoryFile(path: source), HistoryFile(path: path))
        do {
            try target.checkPath()
            try source.checkReadable()
            let old = Files.status(target.path)
            if let old, let new = Files.status(source.path), old.st_ino == new.st_ino, old.st_dev == new.st_dev {
                throw Failure.same(target.path)
            }
            let lock = try target.lockForReplacing()
            let draft = try Draft(for: target.path)
            let addons = try draft.fill(from: source)
            try draft.finish(like: old)
            let kept = try target.replace(by: draft.path, at: now)
            lock?.release()
            return HistoryImport(addons: addons, path: target.path, kept: kept)
        } catch let failure as Failure {
            throw failure
        } catch let error as HistoryReadError {
            throw .source(error)
        } catch {
            throw .failed(target.path, detail: HistoryFile.Failure(error).detail)
        }
    }
}

/// The new history while it is written, beside the earlier one; gone with this value, unless it was renamed.
private struct Draft: ~Copyable {
    let path: String
    private let descriptor: Int32

    init(for target: String) throws {
        try Files.makeFolder(of: target)
        guard let made = Files.makeUnique("\(target).import-") else {
            throw Files.failure("no file can be created beside it")
        }
        (descriptor, path) = made
    }

    deinit {
        unsafe unlink(path)
        Glibc.close(descriptor)
    }

    /// Copies the content, checks all of it, and brings it to this version.
    ///
    /// - Returns: the number of addons.
    func fill(from source: HistoryFile) throws -> Int {
        do {
            let raw = try Database(.file(path: path))
            try raw.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
            try source.readUnchanged { db in try db.copy(to: raw) }
            raw.close()
            try Files.markWithoutLog(descriptor)
            let db = try Database(.file(path: path))
            defer { db.close() }
            try db.execute("PRAGMA journal_mode = MEMORY")
            try HistoryFile.checkWhole(db)
            try HistorySchema.migrate(db)
            // A mark of a lost log is one of the source's own log. A new holder lets an exporter that has its history in
            // memory take this one, and not replace it.
            try db.transaction {
                try db.execute("DELETE FROM holder")
                try HistoryHolder.claim(db)
            }
            var addons = 0
            try AddonRows(db: db).visit { stored in
                _ = try BackupRows(db: db, addon: stored.id).all()
                addons += 1
            }
            return addons
        } catch {
            throw HistoryReadError(error, path: source.path)
        }
    }

    /// Gives the file its owner, and writes it to the disk.
    ///
    /// - Parameter old: the status of the earlier history. An import by root must leave a file that the exporter can write.
    func finish(like old: stat?) throws {
        if let owner = old ?? Files.status(Files.folder(path)) {
            _ = fchown(descriptor, owner.st_uid, owner.st_gid)
        }
        guard fsync(descriptor) == 0 else { throw Files.failure("the new file cannot be written") }
    }
}

extension HistoryFile {
    /// SQLite's locks on a file that no exporter has, so that one that starts waits.
    struct Lock: ~Copyable {
        let descriptor: Int32

        deinit { Glibc.close(descriptor) }

        consuming func release() {}
    }

    /// Writes the log into the file, as every exporter does at its end, and locks the file; nil if there is none.
    fileprivate func lockForReplacing() throws -> Lock? {
        guard let status = Files.status(path) else { return nil }
        try checkKind(status)
        // SQLite would delete the log of a file that is no database.
        if try isDatabase() { try foldLog() }
        guard let descriptor = Files.lock(path) else { throw HistoryImport.Failure.inUse(path) }
        return Lock(descriptor: descriptor)
    }

    private func foldLog() throws {
        do {
            let db = try Database(.file(path: path))
            defer { db.close() }
            try db.execute("PRAGMA locking_mode = EXCLUSIVE")
            try checkOwner(db)
        } catch {
            switch Failure(error) {
            case .unusable(.inUse, _): throw HistoryImport.Failure.inUse(path)
            case .unusable(.foreign, _): throw HistoryImport.Failure.foreign(path)
            // A corrupt or a later history is kept as well.
            default: break
            }
        }
    }

    /// Puts another file in the place of this one, which is kept under another name.
    ///
    /// - Returns: the path of the kept file; nil if there was none.
    fileprivate func replace(by new: String, at now: Timestamp) throws(Failure) -> String? {
        guard Files.status(path) != nil else {
            try Files.rename(new, to: path)
            try Files.synchronizeFolder(of: path)
            return nil
        }
        let kept = freeName("before-import", at: now)
        // Links first: if the process ends here, the earlier history is still at its place.
        try Files.link(path, to: kept)
        // A log is left only of a file that SQLite could not open. The next file must not find it.
        let hasLog = Files.status(path + "-wal") != nil
        if hasLog {
            try Files.link(path + "-wal", to: kept + "-wal")
            Files.remove(path + "-wal")
        }
        do {
            try Files.rename(new, to: path)
        } catch {
            if hasLog { try Files.rename(kept + "-wal", to: path + "-wal") }
            Files.remove(kept)
            throw error
        }
        try Files.synchronizeFolder(of: path)
        return kept
    }
}
