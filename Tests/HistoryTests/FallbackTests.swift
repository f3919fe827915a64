import Backups
import Glibc
import SQLite
import TestSupport
import Testing

@testable import History

/// What happens when the file cannot be used, and when it can again.
@Suite struct FallbackTests {
    private static let minutes5: Int64 = 300_000

    private func reasons(_ events: Events) -> [HistoryEvent.Reason] {
        events.all.compactMap { if case .inMemory(let reason, _, _) = $0 { reason } else { nil } }
    }

    @Test("without a writable file the history is in memory; once the file can be created, the memory is written to it")
    func noFolder() throws {
        let folder = try Folder()
        try folder.write([], "file")
        let path = folder.path + "/file/history.sqlite"
        let events = Events()
        let history = History.open(.file(path), now: at(0), onEvent: events.add)
        #expect(reasons(events) == [.unwritable])
        #expect(!history.status.isPersistent)
        #expect(history.status.writeErrors == 1)
        history.observe([], at: 1000)
        history.observe([backup(.failed, 1500)], at: 2000)
        folder.remove("file")

        history.observe([backup(.failed, 1500)], at: Self.minutes5 - 1)
        #expect(!history.status.isPersistent)
        let record = history.observe([backup(.failed, 1500)], at: Self.minutes5)
        #expect(record.outcomes == OutcomeCounts(failed: 1))
        #expect(events.all.last == .onDisk(path: path, isTakenFromFile: false))
        #expect(events.all.count == 2)
        #expect(history.status.isPersistent)
        let kept = history.all()
        history.close()
        #expect(History.quiet(path).all() == kept)
    }

    @Test("impossible paths", arguments: ["", "/proc/history.sqlite", "/dev/null/x", "/", "/tmp/history\0.sqlite"])
    func paths(path: String) {
        let events = Events()
        let history = History.open(.file(path), now: at(0), onEvent: events.add)
        #expect(reasons(events) == [.unwritable])
        history.observe([], at: 1)
        #expect(history.observe([backup(.failed, 1000)], at: 2000).outcomes == OutcomeCounts(failed: 1))
        history.observe([], at: Self.minutes5)
        history.observe([], at: Self.minutes5 * 2)
        #expect(events.all.count == 1)
        #expect(history.status.writeErrors == 3)
    }

    @Test("while another process uses the file the history is in memory; once the file is free, its history goes on")
    func inUse() throws {
        let folder = try Folder()
        let first = History.quiet(folder.file)
        first.observe([], at: 0)
        let events = Events()
        let second = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(reasons(events) == [.inUse])
        #expect(!second.status.isPersistent)
        #expect((first.isInUse, second.isInUse) == (false, true))
        second.observe([backup(.failed, 50)], at: 100)
        #expect(first.observe([backup(.failed, 50)], at: 100).outcomes == OutcomeCounts(failed: 1))
        second.observe([backup(.failed, 50)], at: Self.minutes5)
        #expect(reasons(events) == [.inUse])
        first.close()
        let record = second.observe([backup(.failed, 50)], at: Self.minutes5 * 2)
        #expect(record.outcomes == OutcomeCounts(failed: 1))
        #expect(events.all.last == .onDisk(path: folder.file, isTakenFromFile: true))
        #expect(second.status.isPersistent)
        #expect(!second.isInUse)
    }

    @Test("with a full disk the history is in memory, complete; once there is room, it is in the file again")
    func fullDisk() throws {
        let folder = try Folder()
        let events = Events()
        var medium = HistoryMedium(.file(folder.file), now: at(0), onEvent: events.add)
        try observe(&medium, 0..<10, at: 10)
        let pages = try #require(try medium.number("PRAGMA page_count"))
        try medium.database?.execute("PRAGMA max_page_count = \(pages)")
        try observe(&medium, 10..<500, at: 20)
        #expect(reasons(events) == [.unwritable])
        #expect(!medium.status.isPersistent)
        #expect(try count(&medium, at: 30) == 500)
        try observe(&medium, 500..<510, at: Self.minutes5 + 20)
        #expect(events.all.last == .onDisk(path: folder.file, isTakenFromFile: false))
        medium.close()
        var again = HistoryMedium(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(try count(&again, at: 0) == 510)
        #expect(events.all.count == 2)
    }

    @Test("a file that another process used meanwhile is taken as it is")
    func usedMeanwhile() throws {
        let folder = try Folder()
        let events = Events()
        var medium = HistoryMedium(.file(folder.file), now: at(0), onEvent: events.add)
        try observe(&medium, 0..<1, at: 10)
        try medium.database?.execute("PRAGMA query_only = 1")
        try observe(&medium, 1..<2, at: 20)
        #expect(reasons(events) == [.unwritable])
        var other = HistoryMedium(.file(folder.file), now: at(0)) { Issue.record("\($0)") }
        try observe(&other, 2..<9, at: 30)
        other.close()
        #expect(try count(&medium, at: 40) == 2)
        #expect(try count(&medium, at: Self.minutes5 + 20) == 8)
        #expect(events.all.last == .onDisk(path: folder.file, isTakenFromFile: true))
    }

    @Test("a file that is corrupt when it could be used again is set aside, and the memory is kept")
    func corruptMeanwhile() throws {
        let folder = try Folder()
        let events = Events()
        var medium = HistoryMedium(.file(folder.file), now: at(0), onEvent: events.add)
        try observe(&medium, 0..<1, at: 10)
        try medium.database?.execute("PRAGMA query_only = 1")
        try observe(&medium, 1..<2, at: 20)
        try folder.write([UInt8](repeating: 1, count: 9999))
        #expect(try count(&medium, at: Self.minutes5 + 20) == 2)
        #expect(medium.status.corruptions == 1)
        #expect(!medium.status.isPersistent)
        #expect(try count(&medium, at: Self.minutes5 * 2 + 20) == 2)
        #expect(medium.status.isPersistent)
        #expect(events.all.count == 3)
    }

    @Test("a change that cannot even be kept in memory is reported once, and computed nevertheless")
    func lost() throws {
        let events = Events()
        var medium = HistoryMedium(.memory, now: at(0), onEvent: events.add)
        try observe(&medium, 0..<1, at: 10)
        try medium.database?.execute("PRAGMA query_only = 1")
        for now in 20..<23 {
            let done: Void? = medium.perform(at: at(Int64(now))) { db in
                _ = try AddonRows(db: db).insert(key("secret"), at: at(0))
            }
            #expect(done == nil)
        }
        #expect(events.all == [.lost(detail: "attempt to write a readonly database (SQLite code 8)")])
        #expect(medium.status.writeErrors == 3)
        try medium.database?.execute("PRAGMA query_only = 0")
        try observe(&medium, 1..<2, at: 30)
        #expect(try count(&medium, at: 40) == 2)
    }

    @Test("a clock that is put back does not keep the history in memory")
    func clock() throws {
        let folder = try Folder()
        let events = Events()
        var medium = HistoryMedium(.file(folder.file), now: at(.max), onEvent: events.add)
        try medium.database?.execute("PRAGMA query_only = 1")
        try observe(&medium, 0..<1, at: .max)
        #expect(!medium.status.isPersistent)
        try observe(&medium, 1..<2, at: 5)
        #expect(medium.status.isPersistent)
    }

    @Test("a file that can only be read is read, its log included")
    func readOnly() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        let copy = try Folder()
        for name in folder.names { try copy.write(folder.bytes(name), name) }
        #expect(copy.names == ["history.sqlite", "history.sqlite-wal"])
        #expect(try Self.addons(copy) == 1)
        history.close()
        for name in folder.names { try copy.write(folder.bytes(name), name) }
        copy.remove("history.sqlite-wal")
        #expect(try Self.addons(copy) == 1)
        #expect(copy.names == ["history.sqlite"])
    }

    @Test("if the log cannot be opened, memory has the content of the file")
    func noLog() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        history.close()
        try #require(mkdir(folder.file + "-wal", 0o700) == 0)
        let events = Events()
        let after = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(reasons(events) == [.unwritable])
        #expect(after.all().map(\.record.key) == [key()])
        folder.remove("history.sqlite-wal")
        after.observe([], at: Self.minutes5)
        #expect(events.all.last == .onDisk(path: folder.file, isTakenFromFile: false))
    }

    private static func addons(_ folder: Folder) throws -> Int64? {
        var count: Int64?
        try HistoryFile(path: folder.file).read { db in count = try db.number("SELECT COUNT(*) FROM addon") }
        return count
    }

    private func observe(_ medium: inout HistoryMedium, _ addons: Range<Int>, at now: Int64) throws {
        let done: Void? = medium.perform(at: at(now)) { db in
            for addon in addons { _ = try AddonRows(db: db).insert(key("\(addon)"), at: at(now)) }
        }
        try #require(done != nil)
    }

    private func count(_ medium: inout HistoryMedium, at now: Int64) throws -> Int64 {
        try #require(medium.perform(at: at(now)) { try $0.number("SELECT COUNT(*) FROM addon") ?? 0 })
    }
}
