import Backups
import SQLite

/// The place where the history is stored now: the file; memory, if it is configured or if the file cannot be used; or
/// nothing after `close`.
struct HistoryMedium {
    /// Milliseconds between two attempts to return to the file.
    static let retryInterval: Int64 = 300_000

    private let file: HistoryFile?
    private let onEvent: @Sendable (HistoryEvent) -> Void
    private(set) var status: HistoryStatus
    /// Nil after `close`, or if there is not enough memory.
    private(set) var database: Database?
    /// The time of the last attempt to use the file; nil while the file is in use, or if there will be no further
    /// attempt.
    private var lastTry: Timestamp?
    private var isLosing = false

    init(_ location: HistoryLocation, now: Timestamp, onEvent: @escaping @Sendable (HistoryEvent) -> Void) {
        self.onEvent = onEvent
        if case .file(let path) = location { file = HistoryFile(path: path) } else { file = nil }
        status = HistoryStatus(isPersistent: false, path: file?.path)
        if let file { openFirst(file, now) } else { database = try? Self.memory() }
    }

    /// Uses a database in memory that was read from a file, which stays as it is.
    init(reading memory: Database, now: Timestamp) {
        self.init(.memory, now: now) { _ in }
        database = memory
    }

    /// Runs `body` in one transaction. Runs it again if the place changes because of a failure.
    ///
    /// - Returns: the result of `body`; nil if its changes could not be stored.
    mutating func perform<Value>(at now: Timestamp, _ body: (Database) throws -> Value) -> Value? {
        returnToFile(now)
        // At most three places: a corrupt file, a new file that cannot be written, and memory.
        for _ in 0..<3 {
            guard let database else { return nil }
            do {
                let value = try database.transaction { try body(database) }
                isLosing = false
                // If it fails, so does the next change.
                if database.logPages >= HistoryLog.limit { try? HistoryLog.fold(database, at: now) }
                return value
            } catch {
                guard recover(from: HistoryFile.Failure(error), now) else { return nil }
            }
        }
        return nil
    }

    /// Writes SQLite's log into the file and closes the file.
    mutating func close() {
        if let database { HistoryLog.close(database) }
        database = nil
        status.isPersistent = false
        lastTry = nil
    }

    /// - Returns: whether another attempt can succeed.
    private mutating func recover(from failure: HistoryFile.Failure, _ now: Timestamp) -> Bool {
        guard let file, status.isPersistent else {
            status.writeErrors += 1
            // Only once, because every poll would repeat it.
            if !isLosing { onEvent(.lost(detail: failure.detail)) }
            isLosing = true
            return false
        }
        switch failure {
        case .corrupt(let detail):
            database?.close()
            database = nil
            replace(file, detail, now)
        case .unusable(let reason, let detail):
            let disk = database
            fallBack(file, reason, detail, now) { memory in try disk?.copy(to: memory) }
        }
        return true
    }

    private mutating func openFirst(_ file: HistoryFile, _ now: Timestamp) {
        do {
            let (disk, logLostSince) = try file.open()
            try use(disk, now)
            if let logLostSince { noteLostLog(file, logLostSince) }
        } catch {
            switch HistoryFile.Failure(error) {
            case .corrupt(let detail): replace(file, detail, now)
            case .unusable(let reason, let detail):
                fallBack(file, reason, detail, now) { memory in
                    if reason == .unwritable || reason == .noLocks { try file.read { try $0.copy(to: memory) } }
                }
            }
        }
    }

    /// Renames a corrupt file and starts a new one.
    private mutating func replace(_ file: HistoryFile, _ detail: String, _ now: Timestamp) {
        do {
            let kept = try file.setAside(at: now)
            status.corruptions += 1
            onEvent(.setAside(path: file.path, kept: kept, detail: detail))
            try use(file.open().0, now)
        } catch {
            let failure = HistoryFile.Failure(error)
            fallBack(file, failure.reason, "\(detail); \(failure.detail)", now) { _ in }
        }
    }

    /// Continues in memory.
    private mutating func fallBack(
        _ file: HistoryFile, _ reason: HistoryEvent.Reason, _ detail: String, _ now: Timestamp,
        copy: (Database) throws -> Void
    ) {
        // A copy that failed halfway must leave no data.
        let memory = (try? Self.memory(copy)) ?? (try? Self.memory())
        if let database { HistoryLog.close(database) }
        database = memory
        status.isPersistent = false
        status.isInUse = reason == .inUse
        status.writeErrors += 1
        lastTry = reason == .newerVersion || reason == .foreign ? nil : now
        onEvent(.inMemory(reason, path: file.path, detail: detail))
    }

    /// Tries to return to the file, at most once in `retryInterval`.
    private mutating func returnToFile(_ now: Timestamp) {
        // After the clock was set back, the interval counts as over.
        guard let file, let before = lastTry, let memory = database,
            now < before || now.millisecondsSince(before) >= Self.retryInterval
        else { return }
        lastTry = now
        do {
            let (disk, logLostSince) = try file.open()
            try file.reserveLog()
            // If no other process has used the file since, memory is newer than the file. Otherwise the file's history
            // continues.
            let there = try HistoryHolder.token(disk)
            let isTaken = try there != nil && there != HistoryHolder.token(memory)
            if !isTaken { try memory.copy(to: disk) }
            try use(disk, now)
            memory.close()
            // The memory has what the log of its own file had.
            if isTaken, let logLostSince { noteLostLog(file, logLostSince) }
            onEvent(.onDisk(path: file.path, isTakenFromFile: isTaken))
        } catch {
            status.writeErrors += 1
            guard case .corrupt(let detail) = HistoryFile.Failure(error), let kept = try? file.setAside(at: now)
            else { return }
            // The next attempt writes the memory's content to a new file.
            status.corruptions += 1
            onEvent(.setAside(path: file.path, kept: kept, detail: detail))
        }
    }

    /// Starts to use an open file, if it can be written.
    private mutating func use(_ disk: Database, _ now: Timestamp) throws {
        try disk.transaction { try HistoryHolder.claim(disk) }
        try HistoryLog.fold(disk, at: now)
        database = disk
        status.isPersistent = true
        status.isInUse = false
        lastTry = nil
    }

    private mutating func noteLostLog(_ file: HistoryFile, _ since: Timestamp) {
        status.corruptions += 1
        onEvent(.logLost(path: file.path, since: since))
    }

    private static func memory(_ copy: (Database) throws -> Void = { _ in }) throws -> Database {
        let database = try Database(.memory)
        try copy(database)
        try HistorySchema.migrate(database)
        return database
    }
}
