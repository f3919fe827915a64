import Backups
import GRDB

/// What the history is kept in at the moment: the file; memory, if that was asked for or the file cannot be used; or
/// nothing at all once it is closed.
struct HistoryMedium {
    /// Milliseconds between two attempts to get back to the file.
    static let retryInterval: Int64 = 300_000

    private let file: HistoryFile?
    private let onEvent: @Sendable (HistoryEvent) -> Void
    private(set) var status: HistoryStatus
    /// Nil once closed, or if there is not even memory.
    private(set) var queue: DatabaseQueue?
    /// When the file was last tried; nil while it is in use, or will not be tried again.
    private var lastTry: Timestamp?
    private var isLosing = false

    init(_ location: HistoryLocation, now: Timestamp, onEvent: @escaping @Sendable (HistoryEvent) -> Void) {
        self.onEvent = onEvent
        if case .file(let path) = location { file = HistoryFile(path: path) } else { file = nil }
        status = HistoryStatus(isPersistent: false, path: file?.path)
        if let file { openFirst(file, now) } else { queue = try? Self.memory() }
    }

    /// Runs `body` in one transaction, again if it has to be somewhere else than where it began.
    ///
    /// - Returns: what `body` returned; nil if its changes could be kept nowhere.
    mutating func perform<Value>(at now: Timestamp, _ body: (Database) throws -> Value) -> Value? {
        returnToFile(now)
        // In a file that turns out to be corrupt, in a new one that cannot be written, and in memory.
        for _ in 0..<3 {
            guard let queue else { return nil }
            do {
                let value = try queue.write(body)
                isLosing = false
                return value
            } catch {
                guard recover(from: HistoryFile.Failure(error), now) else { return nil }
            }
        }
        return nil
    }

    /// Writes the log into the file and lets go of it.
    mutating func close() {
        try? queue?.close()
        queue = nil
        status.isPersistent = false
        lastTry = nil
    }

    /// - Returns: whether it is worth another attempt.
    private mutating func recover(from failure: HistoryFile.Failure, _ now: Timestamp) -> Bool {
        guard let file, status.isPersistent else {
            status.writeErrors += 1
            // Once is enough: it will be the same with each poll.
            if !isLosing { onEvent(.lost(detail: failure.detail)) }
            isLosing = true
            return false
        }
        switch failure {
        case .corrupt(let detail):
            try? queue?.close()
            queue = nil
            replace(file, detail, now)
        case .unusable(let reason, let detail):
            let disk = queue
            fallBack(file, reason, detail, now) { memory in try disk?.backup(to: memory) }
        }
        return true
    }

    private mutating func openFirst(_ file: HistoryFile, _ now: Timestamp) {
        do {
            try use(file.open())
        } catch {
            switch HistoryFile.Failure(error) {
            case .corrupt(let detail): replace(file, detail, now)
            case .unusable(let reason, let detail):
                fallBack(file, reason, detail, now) { memory in
                    if reason == .unwritable { try file.read { try $0.backup(to: memory) } }
                }
            }
        }
    }

    /// Sets a corrupt file aside and begins a new one.
    private mutating func replace(_ file: HistoryFile, _ detail: String, _ now: Timestamp) {
        do {
            let kept = try file.setAside(at: now)
            status.corruptions += 1
            onEvent(.setAside(path: file.path, kept: kept, detail: detail))
            try use(file.open())
        } catch {
            let failure = HistoryFile.Failure(error)
            fallBack(file, failure.reason, "\(detail); \(failure.detail)", now) { _ in }
        }
    }

    /// Goes on in memory.
    private mutating func fallBack(
        _ file: HistoryFile, _ reason: HistoryEvent.Reason, _ detail: String, _ now: Timestamp,
        copy: (DatabaseQueue) throws -> Void
    ) {
        // An attempt that failed halfway must leave nothing behind.
        let memory = (try? Self.memory(copy)) ?? (try? Self.memory())
        try? queue?.close()
        queue = memory
        status.isPersistent = false
        status.isInUse = reason == .inUse
        status.writeErrors += 1
        lastTry = reason == .newerVersion || reason == .foreign ? nil : now
        onEvent(.inMemory(reason, path: file.path, detail: detail))
    }

    /// Tries to keep the history in the file again, now and then.
    private mutating func returnToFile(_ now: Timestamp) {
        // A clock that was put back counts as time that has passed.
        guard let file, let before = lastTry, let memory = queue,
            now < before || now.millisecondsSince(before) >= Self.retryInterval
        else { return }
        lastTry = now
        do {
            let disk = try file.open()
            // What is there is older than what we have if nobody has held the file after us; else it is the one
            // history that goes on.
            let there = try disk.read(HistoryHolder.token)
            let isTaken = try there != nil && there != memory.read(HistoryHolder.token)
            if !isTaken { try memory.backup(to: disk) }
            try use(disk)
            try? memory.close()
            onEvent(.onDisk(path: file.path, isTakenFromFile: isTaken))
        } catch {
            status.writeErrors += 1
            guard case .corrupt(let detail) = HistoryFile.Failure(error), let kept = try? file.setAside(at: now)
            else { return }
            // What is in memory goes into a new file with the next attempt.
            status.corruptions += 1
            onEvent(.setAside(path: file.path, kept: kept, detail: detail))
        }
    }

    /// Takes an open file into use, if it can be written.
    private mutating func use(_ disk: DatabaseQueue) throws {
        try disk.write(HistoryHolder.claim)
        queue = disk
        status.isPersistent = true
        status.isInUse = false
        lastTry = nil
    }

    private static func memory(_ copy: (DatabaseQueue) throws -> Void = { _ in }) throws -> DatabaseQueue {
        let queue = try DatabaseQueue()
        try copy(queue)
        try HistorySchema.migrator.migrate(queue)
        return queue
    }
}
