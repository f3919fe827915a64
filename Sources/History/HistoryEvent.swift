/// Something that whoever runs the exporter should read in its log. Has nothing of what is stored.
package enum HistoryEvent: Equatable, Sendable {
    /// Why the history is in memory although a file was asked for.
    package enum Reason: Equatable, Sendable {
        /// Another process has the file open.
        case inUse
        /// A later version of the exporter wrote the file.
        case newerVersion
        /// The file is a database, but of another program.
        case foreign
        /// The file cannot be opened or written: no permission, no folder, a full or failing disk.
        case unwritable
    }

    /// From now on it is kept in memory only; it has what could be read of the file at `path`, which stays as it is.
    case inMemory(Reason, path: String, detail: String)
    /// From now on it is kept in the file again. What was in memory was written to the file; or, if
    /// `isTakenFromFile`, was given up for what the file has, because that is not what we left there.
    case onDisk(path: String, isTakenFromFile: Bool)
    /// The file at `path` was corrupt. It is at `kept` now, and a new history has begun.
    case setAside(path: String, kept: String, detail: String)
    /// A change could be kept nowhere.
    case lost(detail: String)

    /// Whether things are worse than before.
    package var isProblem: Bool {
        if case .onDisk = self { false } else { true }
    }
}

extension HistoryEvent: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inMemory(.inUse, let path, _):
            "Another process uses the history in \(path): it is kept in memory until that ends."
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
        case .lost(let detail):
            "A change of the history could not be kept: \(detail)."
        }
    }
}
