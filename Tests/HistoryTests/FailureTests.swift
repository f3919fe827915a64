import Backups
import SQLite
import TestSupport
import Testing

@testable import History

/// What an error of the file means, and what happens after it.
@Suite struct FailureTests {
    private static let full = SQLiteError(extendedCode: 13, message: "full")
    private static let corrupt = SQLiteError(extendedCode: 11, message: "corrupt")

    @Test("a row that cannot be decoded means a corrupt file")
    func row() throws {
        let error = try #require(throws: (any Error).self) {
            try Database(.memory).number("SELECT NULL")
        }
        guard case .corrupt(let detail) = HistoryFile.Failure(error) else {
            Issue.record("\(error)")
            return
        }
        #expect(detail == "a row cannot be read")
    }

    @Test("an error of the file system means a file that cannot be written")
    func fileSystem() throws {
        let error = try #require(throws: HistoryFile.Failure.self) { try Files.create("/dev/null/x") }
        guard case .unusable(.unwritable, let detail) = HistoryFile.Failure(error) else {
            Issue.record("\(error)")
            return
        }
        #expect(detail == "the file cannot be created: Not a directory")
    }

    @Test("changes survive a corrupt file whose successor cannot be written either")
    func corruptAndFull() throws {
        let folder = try Folder()
        let events = Events()
        var medium = HistoryMedium(.file(folder.file), now: at(0), onEvent: events.add)
        var errors = [Self.corrupt, Self.full]
        let value = medium.perform(at: at(1)) { _ in
            if !errors.isEmpty { throw errors.removeFirst() }
            return "kept"
        }
        #expect(value == "kept")
        #expect(!medium.status.isPersistent)
        #expect(medium.status.corruptions == 1)
        guard case .setAside? = events.all.first, case .inMemory(.unwritable, _, _)? = events.all.last else {
            Issue.record("\(events.all)")
            return
        }
        #expect(events.all.count == 2)
    }

    @Test("changes that are lost again after a success are reported again")
    func lostTwice() {
        let events = Events()
        var medium = HistoryMedium(.memory, now: at(0), onEvent: events.add)
        for now in 1...6 {
            let value: Int? = medium.perform(at: at(Int64(now))) { _ in
                if now != 3 { throw Self.full }
                return now
            }
            #expect(value == (now == 3 ? 3 : nil))
        }
        let lost = HistoryEvent.lost(detail: "full (SQLite code 13)")
        #expect(events.all == [lost, lost])
        #expect(medium.status.writeErrors == 5)
    }

    @Test("a copy of a file that can only be read does not stay")
    func copy() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let marker = "marker \(UInt64.random(in: 0 ... .max))"
        history.observe([], of: key(marker), at: 10)
        #expect(folder.names.contains("history.sqlite-wal"))
        try HistoryFile(path: folder.file).read { db in
            let addons = try db.number("SELECT COUNT(*) FROM addon")
            let copies = Self.copies(of: marker)
            #expect(addons == 1)
            #expect(copies == 1)
        }
        #expect(Self.copies(of: marker) == 0)
    }

    /// How many folders for copies have a file with the marker. Other tests make such folders meanwhile.
    private static func copies(of marker: String) -> Int {
        Folder.names(in: Folder.temporary).filter { name in
            name.hasPrefix("history-")
                && ["db", "db-wal"].contains { file in
                    let bytes = try? Folder.bytes("\(Folder.temporary)/\(name)/\(file)")
                    return String(decoding: bytes ?? [], as: UTF8.self).contains(marker)
                }
        }.count
    }
}
