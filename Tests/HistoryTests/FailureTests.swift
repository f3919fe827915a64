import Backups
import Foundation
import GRDB
import Testing

@testable import History

/// What an error of the file means, and what happens after it.
@Suite struct FailureTests {
    private static let full = DatabaseError(resultCode: .SQLITE_FULL, message: "full")
    private static let corrupt = DatabaseError(resultCode: .SQLITE_CORRUPT, message: "corrupt")

    @Test("a row that cannot be decoded means a corrupt file")
    func row() throws {
        let error = try #require(throws: (any Error).self) {
            try DatabaseQueue().read { try Int.fetchAll($0, sql: "SELECT NULL") }
        }
        guard case .corrupt(let detail) = HistoryFile.Failure(error) else {
            Issue.record("\(error)")
            return
        }
        #expect(detail == "a row cannot be read")
    }

    @Test("an error of the file system means a file that cannot be written")
    func fileSystem() {
        let words = "No room. Nor hope."
        let error = NSError(domain: "d", code: 1, userInfo: [NSLocalizedDescriptionKey: words])
        guard case .unusable(.unwritable, let detail) = HistoryFile.Failure(error) else {
            Issue.record("\(HistoryFile.Failure(error))")
            return
        }
        #expect(detail == "No room. Nor hope")
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
    func copy() async throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let marker = UUID().uuidString
        await history.observe([], of: key(marker), at: 10)
        #expect(folder.names.contains("history.sqlite-wal"))
        try HistoryFile(path: folder.file).read { queue in
            let addons = try queue.read { try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM addon") }
            let copies = try Self.copies(of: marker)
            #expect(addons == 1)
            #expect(copies == 1)
        }
        #expect(try Self.copies(of: marker) == 0)
    }

    /// How many folders for copies have a file with the marker. Other tests make such folders meanwhile.
    private static func copies(of marker: String) throws -> Int {
        let temporary = FileManager.default.temporaryDirectory
        let names = try FileManager.default.contentsOfDirectory(atPath: temporary.path)
        return names.filter { name in
            name.hasPrefix("history-") && !name.hasPrefix("history-tests-")
                && ["db", "db-wal"].contains { file in
                    let bytes = try? Data(contentsOf: temporary.appending(path: "\(name)/\(file)"))
                    return bytes?.range(of: Data(marker.utf8)) != nil
                }
        }.count
    }
}
