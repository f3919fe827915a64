import Backups
import Glibc
import SQLite
import TestSupport
import Testing

@testable import History

/// Files that are read without an exporter.
@Suite struct ReadOnlyTests {
    private static let testdata = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/testdata/"

    private func reason(_ path: String) -> HistoryReadError.Reason? {
        do throws(HistoryReadError) {
            _ = try History.readOnly(path: path, now: at(20))
            return nil
        } catch {
            return error.reason
        }
    }

    private func observed() throws -> (Folder, AddonPast) {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        let past = try #require(history.past(of: key(), at: at(20)))
        history.close()
        return (folder, past)
    }

    @Test("everything is there, and the file and its folder stay as they are")
    func reads() throws {
        let (folder, past) = try observed()
        let bytes = try folder.bytes()
        chmod(folder.file, 0o400)
        let read = try History.readOnly(path: folder.file, now: at(20))
        #expect(read.keys(at: at(20)) == [key()])
        #expect(read.past(of: key(), at: at(20)) == past)
        // What is noted in it stays in memory.
        read.observe([], at: 30)
        read.close()
        #expect(try folder.bytes() == bytes)
        #expect(folder.names == ["history.sqlite"])
    }

    @Test("the changes that only the log of a killed exporter has are there as well")
    func log() throws {
        let (folder, killed) = (try Folder(), try Folder())
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        for name in folder.names { try killed.write(folder.bytes(name), name) }
        let read = try History.readOnly(path: killed.file, now: at(20))
        #expect(read.past(of: key(), at: at(20)) == history.past(of: key(), at: at(20)))
        #expect(killed.names == ["history.sqlite", "history.sqlite-wal"])
    }

    @Test("a file of an earlier version is read, and keeps its version", arguments: ["version-1", "version-5"])
    func earlier(name: String) throws {
        let folder = try Folder()
        let bytes = try Folder.bytes(Self.testdata + name + ".sqlite")
        try folder.write(bytes)
        let read = try History.readOnly(path: folder.file, now: at(.max))
        #expect(!read.keys(at: at(.max)).isEmpty)
        #expect(try folder.bytes() == bytes)
    }

    @Test("a file that is no history is refused with the reason")
    func refused() throws {
        let folder = try Folder()
        #expect(reason(folder.file) == .missing)
        #expect(reason("") == .unreadable)
        #expect(reason(folder.path) == .unreadable)
        try folder.write([])
        #expect(reason(folder.file) == .foreign)
        try folder.write(Array("no database at all".utf8))
        #expect(reason(folder.file) == .foreign)
        try folder.write([])
        try Database(.file(path: folder.file)).execute("CREATE TABLE other (x)")
        #expect(reason(folder.file) == .foreign)
        let (newer, _) = try observed()
        try Database(.file(path: newer.file)).execute("PRAGMA user_version = 99")
        #expect(reason(newer.file) == .newerVersion)
        let (corrupt, _) = try observed()
        try corrupt.write(corrupt.bytes().prefix(6000))
        #expect(reason(corrupt.file) == .corrupt)
        // Each page counts, or the addons on a damaged one would be missing without a word.
        let whole = try observed().0.bytes()
        for page in 1..<whole.count / 4096 {
            var damaged = whole
            for byte in page * 4096..<(page + 1) * 4096 { damaged[byte] = 0xff }
            try corrupt.write(damaged)
            #expect(reason(corrupt.file) == .corrupt, "page \(page)")
        }
    }

    @Test("an error says what is wrong, where, and what to do")
    func texts() {
        func text(_ reason: HistoryReadError.Reason, _ detail: String = "") -> String {
            HistoryReadError(reason, path: "/h", detail: detail).description
        }
        #expect(text(.inUse) == "/h: an exporter uses the history; ask it with --url, or stop it first")
        #expect(text(.corrupt, "bad page") == "/h: the history is corrupt: bad page; use a copy that is not")
    }
}
