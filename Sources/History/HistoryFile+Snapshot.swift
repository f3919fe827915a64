import Glibc
import SQLite

extension HistoryFile {
    /// The times and sizes of the files, which change with every write.
    private struct Signature: Equatable {
        private var numbers: [Int] = []

        init(_ path: String) {
            for file in [path, path + "-wal"] {
                guard let status = Files.status(file) else { continue }
                numbers += [Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec, Int(status.st_ino)]
            }
        }
    }

    /// A copy of the content in memory, of this version. Reads the file without SQLite's locks, because an exporter that
    /// starts at this moment would take such a lock for another exporter.
    ///
    /// - Throws: also if an exporter has started before all was read.
    func snapshot() throws(HistoryReadError) -> Database {
        do {
            try checkReadable()
            let memory = try Database(.memory)
            try readUnchanged { db in try db.copy(to: memory) }
            // A report would lack the addons of a damaged page without a word.
            try Self.checkWhole(memory)
            try HistorySchema.migrate(memory)
            return memory
        } catch let error as HistoryReadError {
            throw error
        } catch {
            throw HistoryReadError(error, path: path)
        }
    }

    /// Reads every page, and throws if one is damaged.
    static func checkWhole(_ db: Database) throws {
        let result = try db.first("PRAGMA integrity_check(1)") { row in try row.text(0) }
        guard result == "ok" else { throw Failure.corrupt(detail: result ?? "no result") }
    }

    /// Calls `body` with a read-only connection, and throws if an exporter has started before the end.
    func readUnchanged(_ body: (Database) throws -> Void) throws {
        let before = Signature(path)
        try read(body)
        guard Signature(path) == before, !Files.isLocked(path) else { throw HistoryReadError(.inUse, path: path) }
    }

    /// Throws for a file that is missing, no history, or in use.
    func checkReadable() throws {
        try checkPath()
        guard let status = Files.status(path) else { throw HistoryReadError(.missing, path: path) }
        try checkKind(status)
        if Files.isLocked(path) { throw HistoryReadError(.inUse, path: path) }
        // An empty file is what SQLite leaves of a history that was never written.
        guard try isDatabase(), try status.st_size > 0 || hasLog() else { throw HistoryReadError(.foreign, path: path) }
    }

    private func hasLog() throws -> Bool { Files.status(path + "-wal").map { $0.st_size > 0 } ?? false }
}
