import Backups
import SQLite
import TestSupport
import Testing

@testable import History

/// Copies of a history that is in use.
@Suite struct CopyTests {
    private func write(_ copy: HistoryCopy, chunk: Int = 4096) throws -> Folder {
        let folder = try Folder()
        var bytes: [UInt8] = []
        while bytes.count < copy.size { bytes += try copy.bytes(at: bytes.count, count: chunk) }
        try folder.write(bytes)
        return folder
    }

    private func pasts(_ path: String) throws -> [AddonPast] {
        let history = try History.readOnly(path: path, now: at(.max))
        return history.keys(at: at(.max)).compactMap { history.past(of: $0, at: at(.max)) }
    }

    private func pasts(_ history: History) -> [AddonPast] {
        history.keys(at: at(.max)).compactMap { history.past(of: $0, at: at(.max)) }
    }

    @Test("a copy has everything, and no file stays beside the history", arguments: [true, false])
    func everything(isFile: Bool) throws {
        let folder = try Folder()
        let history = isFile ? History.quiet(folder.file) : History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        for index in 0..<50 {
            history.observe([backup(.completed, 1)], of: key("\(index)"), at: 10)
        }
        let names = folder.names
        let copy = try history.copy()
        #expect(folder.names == names)
        let written = try write(copy, chunk: 1000)
        #expect(try pasts(written.file) == pasts(history))
        // A database that needs no second file.
        #expect(try written.bytes()[18...19] == [1, 1])
        #expect(written.names == ["history.sqlite"])
    }

    @Test("what is written between two steps is in the copy as a whole")
    func consistent() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        // More pages than a step copies.
        let many = (0..<100).map { backup(.completed, Int64($0), id: BackupIdentity("\($0)")) }
        for index in 0..<100 { history.observe(many, of: key("\(index)"), at: 10) }
        try history.beginCopy()
        #expect(try !history.stepCopy(pages: 10))
        for index in 0..<100 { history.observe([], of: key("\(index)"), at: 20) }
        history.observe([], of: key("new"), at: 30)
        while try !history.stepCopy(pages: 10) {}
        let written = try write(history.finishCopy(), chunk: 1 << 20)
        let read = try pasts(written.file)
        #expect(read.count == 101)
        #expect(read == pasts(history))
        let check = try Database(.file(path: written.file)).first("PRAGMA integrity_check") { row in try row.text(0) }
        #expect(check == "ok")
    }

    @Test("a second copy at the same time is refused, and one after it is not")
    func busy() throws {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        try history.beginCopy()
        #expect(throws: HistoryCopyError.busy) { try history.copy() }
        history.endCopy()
        #expect(try history.copy().size > 0)
    }

    @Test("without the history there is no copy: another process has it, or it is closed")
    func none() throws {
        let folder = try Folder()
        let first = History.quiet(folder.file)
        let second = History.open(.file(folder.file), now: at(0)) { _ in }
        #expect(throws: HistoryCopyError.inUse) { try second.copy() }
        try first.beginCopy()
        first.close()
        #expect(throws: HistoryCopyError.interrupted) { try first.stepCopy(pages: 10) }
        #expect(throws: HistoryCopyError.interrupted) { try first.copy() }
        // The copy that was begun does not keep the file.
        #expect(folder.names == ["history.sqlite"])
        #expect(History.quiet(folder.file).status.isPersistent)
    }

    @Test("a file that no exporter has is copied as it is")
    func file() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        history.close()
        let bytes = try folder.bytes()
        let other = try Folder()
        let written = try write(History.copy(ofFile: folder.file, beside: other.path + "/out"))
        #expect(try pasts(written.file) == pasts(folder.file))
        #expect(try folder.bytes() == bytes)
        #expect(folder.names == ["history.sqlite"])
        #expect(other.names == [])
    }
}
