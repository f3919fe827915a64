package import Backups

/// A change of the history that the log shows to operators. Contains no stored data.
package enum HistoryEvent: Equatable, Sendable {
    /// The reason for which the history is in memory although a file is configured.
    package enum Reason: Equatable, Sendable {
        /// Another process has the file open.
        case inUse
        /// The file system has no locks, or does not give them.
        case noLocks
        /// A later version of the exporter wrote the file.
        case newerVersion
        /// The file is a database of another program.
        case foreign
        /// The file cannot be opened or written: no permission, no folder, a full or failing disk.
        case unwritable
    }

    /// The history is in memory from now on, with the data that could be read from the file at `path`. The file stays
    /// unchanged.
    case inMemory(Reason, path: String, detail: String)
    /// The history is in the file again. The content of the memory was written to the file, or, if `isTakenFromFile`,
    /// replaced by the content of the file, because another process has changed the file.
    case onDisk(path: String, isTakenFromFile: Bool)
    /// The file at `path` was corrupt and was renamed to `kept`. A new history has begun.
    case setAside(path: String, kept: String, detail: String)
    /// The log of the file at `path` was lost while the exporter did not run, and with it the changes since then.
    case logLost(path: String, since: Timestamp)
    /// A change could not be stored, neither in the file nor in memory.
    case lost(detail: String)

    /// Whether the event is a fault, and not its end.
    package var isProblem: Bool {
        if case .onDisk = self { false } else { true }
    }
}

extension HistoryEvent: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inMemory(.inUse, let path, _):
            "Another process uses the history in \(path): it is kept in memory until that ends."
        case .inMemory(.noLocks, let path, let detail):
            """
            The file system of the history in \(path) gives no file locks: \(detail). The history is kept in memory until \
            it does. Set state.path to a local disk, or start the lock service of NFS.
            """
        case .inMemory(.newerVersion, let path, _):
            "A later version of the exporter wrote the history in \(path): it is left alone, and kept in memory."
        case .inMemory(.foreign, let path, _):
            "\(path) is a database of another program: it is left alone, and the history is kept in memory."
        case .inMemory(.unwritable, let path, let detail):
            "The history in \(path) cannot be written: \(detail). It is kept in memory until it can."
        case .onDisk(let path, false):
            "The history is kept in \(path) again, with all that was kept in memory."
        case .onDisk(let path, true):
            "The history is kept in \(path) again, as it was found there."
        case .setAside(let path, let kept, let detail):
            "The history in \(path) was corrupt: \(detail). It was renamed to \(kept), and a new one begun."
        case .logLost(let path, let since):
            """
            The log \(path)-wal is lost: the history in \(path) lacks the changes since \(since.text). The next polls read \
            again what Northflank still lists. Keep, copy and restore both files together.
            """
        case .lost(let detail):
            "A change of the history could not be kept: \(detail)."
        }
    }
}
