import Backups
import SQLite
import TestSupport
import Testing

@testable import History

/// Files whose write-ahead log was deleted, and files where that only seems so.
@Suite struct LostLogTests {
    private static let log = "history.sqlite-wal"

    /// What a kill leaves of a history that was opened at 5 ms and has one backup.
    private func killed() throws -> Folder {
        let folder = try Folder()
        let history = History.quiet(folder.file, now: at(5))
        history.observe([backup(.completed, 1)], at: 10)
        return try copy(folder)
    }

    private func copy(_ folder: Folder) throws -> Folder {
        let copy = try Folder()
        for name in folder.names { try copy.write(folder.bytes(name), name) }
        return copy
    }

    private func events(_ folder: Folder, now: Timestamp = at(20)) -> (History, [HistoryEvent]) {
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        return (history, events.all)
    }

    @Test("a log that was deleted, emptied or cut to less than one page is reported, and the rest of the file is used")
    func lost() throws {
        for length in [nil, 0, 31, 32, 4151] {
            let folder = try killed()
            let log = try folder.bytes(Self.log)
            if let length { try folder.write(log.prefix(length), Self.log) } else { folder.remove(Self.log) }
            let (history, seen) = events(folder)
            #expect(seen == [.logLost(path: folder.file, since: at(5))])
            #expect(history.status.corruptions == 1)
            #expect(history.status.isPersistent)
            #expect(history.all() == [])
            history.close()
            #expect(events(folder).1 == [])
        }
    }

    @Test("a log that holds one page is there")
    func present() throws {
        let folder = try killed()
        try folder.write(folder.bytes(Self.log).prefix(4152), Self.log)
        #expect(events(folder).1 == [])
    }

    @Test("the time is that of the last change which the file has without its log")
    func since() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file, now: at(5))
        // More than the log holds before it is written into the file.
        for step in 1...Int64(HistoryLog.limit) { history.observe([backup(.completed, step)], at: step * 10) }
        let left = try copy(folder)
        left.remove(Self.log)
        let (again, seen) = events(left)
        guard case .logLost(_, let since)? = seen.first else {
            Issue.record("\(seen)")
            return
        }
        #expect(since > at(5) && since < at(Int64(HistoryLog.limit) * 10))
        #expect(again.all().map(\.record.lastObserved) == [since])
    }

    @Test("a kill at any moment and a clean end are no loss")
    func noLoss() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file, now: at(5))
        for step in 1...Int64(HistoryLog.limit) {
            history.observe([backup(.completed, step)], at: step * 10)
            if step % 50 == 0 { #expect(events(try copy(folder)).1 == []) }
        }
        history.close()
        #expect(folder.names == ["history.sqlite"])
        #expect(events(folder).1 == [])
    }

    @Test("a kill between the two changes around the writing of the log is no loss")
    func betweenChanges() throws {
        let folder = try killed()
        let db = try Database(.file(path: folder.file))
        try db.execute("PRAGMA locking_mode = EXCLUSIVE; UPDATE holder SET incomplete_since = 7")
        #expect(events(try copy(folder)).1 == [])
        try db.checkpoint()
        #expect(events(try copy(folder)).1 == [])
        // The new log has its header, and nothing else yet: the pages that follow belong to the log before.
        let left = try copy(folder)
        var log = try left.bytes(Self.log)
        for index in 16..<24 { log[index] ^= 0xFF }
        try left.write(log, Self.log)
        #expect(events(left).1 == [])
    }

    @Test(
        "another program that writes the log into the file loses nothing",
        arguments: ["SELECT * FROM addon", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA journal_mode = DELETE"])
    func otherProgram(sql: String) throws {
        let folder = try killed()
        let db = try Database(.file(path: folder.file))
        try db.rows(sql) { _ in }
        db.close()
        #expect(folder.names == ["history.sqlite"])
        let (history, seen) = events(folder)
        #expect(seen == [])
        #expect(history.all().count == 1)
    }

    @Test("a file of the version before has no mark")
    func earlierVersion() throws {
        let folder = try Folder()
        try folder.write([])
        let db = try Database(.file(path: folder.file))
        try db.execute("PRAGMA journal_mode = WAL")
        try db.migrate(HistorySchema.steps.filter { $0.version <= 4 })
        db.close()
        #expect(events(folder).1 == [])
    }

    @Test("a log that cannot be cleared of the mark stays at the end")
    func full() throws {
        let folder = try killed()
        let db = try HistoryFile(path: folder.file).open().0
        try db.execute("UPDATE holder SET incomplete_since = 7; PRAGMA query_only = 1")
        HistoryLog.close(db)
        #expect(folder.names == ["history.sqlite", Self.log])
        #expect(events(folder).1 == [])
    }
}
