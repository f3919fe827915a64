import Backups
import Glibc
import SQLite
import TestSupport
import Testing

@testable import History

/// Files that take the place of a history.
@Suite struct ImportTests {
    private static let testdata = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/testdata/"
    private static let kept = "history.sqlite.before-import-19700101T000001Z"

    private func made(_ addons: [String]) throws -> Folder {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        for addon in addons { history.observe([backup(.completed, 1)], of: key(addon), at: 10) }
        history.close()
        return folder
    }

    private func run(_ source: Folder, to target: Folder) -> Result<HistoryImport, HistoryImport.Failure> {
        Result { () throws(HistoryImport.Failure) in
            try HistoryImport.run(from: source.file, to: target.file, now: at(1000))
        }
    }

    private func keys(_ path: String) -> [String] { History.quiet(path).keys(at: at(20)).map(\.addon) }

    @Test("the file takes the place of the history, which is kept")
    func replaces() throws {
        let (source, target) = (try made(["a", "b"]), try made(["c"]))
        let bytes = try source.bytes()
        let before = try target.bytes()
        #expect(
            try run(source, to: target).get()
                == HistoryImport(addons: 2, path: target.file, kept: target.path + "/" + Self.kept))
        #expect(target.names == ["history.sqlite", Self.kept])
        #expect(try target.bytes(Self.kept) == before)
        #expect(try source.bytes() == bytes)
        #expect(keys(target.file) == ["a", "b"])
        // A second one in the same second has another name.
        _ = try run(source, to: target).get()
        #expect(target.names == ["history.sqlite", Self.kept, Self.kept + "-2"])
    }

    @Test("where there is no history, the folders are made")
    func new() throws {
        let (source, folder) = (try made(["a"]), try Folder())
        let path = folder.path + "/deep/er/history.sqlite"
        let result = try HistoryImport.run(from: source.file, to: path, now: at(1000))
        #expect(result == HistoryImport(addons: 1, path: path, kept: nil))
        #expect(Folder.names(in: folder.path + "/deep/er") == ["history.sqlite"])
        #expect(Files.status(path)?.st_mode == Files.status(source.file)?.st_mode)
        #expect(keys(path) == ["a"])
    }

    @Test("the log of an exporter that was killed is in the kept file")
    func killed() throws {
        let (source, running, target) = (try made(["a"]), try Folder(), try Folder())
        let history = History.quiet(running.file)
        history.observe([backup(.completed, 1)], of: key("late"), at: 10)
        for name in running.names { try target.write(running.bytes(name), name) }
        _ = try run(source, to: target).get()
        #expect(target.names == ["history.sqlite", Self.kept])
        #expect(keys(target.path + "/" + Self.kept) == ["late"])
        #expect(keys(target.file) == ["a"])
    }

    @Test("a corrupt history is kept with its log")
    func corruptTarget() throws {
        let (source, target) = (try made(["a"]), try Folder())
        try target.write(Array("no database".utf8))
        try target.write([1], "history.sqlite-wal")
        _ = try run(source, to: target).get()
        #expect(target.names == ["history.sqlite", Self.kept, Self.kept + "-wal"])
        #expect(try target.bytes(Self.kept) == Array("no database".utf8))
        #expect(keys(target.file) == ["a"])
    }

    @Test("a file of an earlier version is brought to this one", arguments: ["version-1", "version-5"])
    func earlier(name: String) throws {
        let (source, target) = (try Folder(), try Folder())
        try source.write(Folder.bytes(Self.testdata + name + ".sqlite"))
        let result = try run(source, to: target).get()
        let db = try Database(.file(path: target.file))
        #expect(try db.version() == HistorySchema.version)
        #expect(try db.number("SELECT count(*) FROM addon") == Int64(result.addons))
    }

    @Test("a history that an exporter has in memory meanwhile does not replace the imported one")
    func memory() throws {
        let (source, target) = (try made(["a"]), try Folder())
        let other = History.quiet(target.file)
        let waiting = History.open(.file(target.file), now: at(0)) { _ in }
        waiting.observe([], of: key("memory"), at: 10)
        other.close()
        _ = try run(source, to: target).get()
        waiting.observe([], of: key("later"), at: 300_000)
        #expect(waiting.status.isPersistent)
        #expect(waiting.keys(at: at(300_000)).map(\.addon) == ["a", "later"])
    }

    @Test("nothing is changed by a file that is no history, that is corrupt, or that is newer")
    func refused() throws {
        let target = try made(["c"])
        let before = try target.bytes()
        func reason(_ source: Folder) -> HistoryReadError.Reason? {
            guard case .failure(.source(let error)) = run(source, to: target) else { return nil }
            #expect(error.path == source.file)
            return error.reason
        }
        let missing = try Folder()
        #expect(reason(missing) == .missing)
        let foreign = try Folder()
        try foreign.write([])
        try Database(.file(path: foreign.file)).execute("CREATE TABLE other (x)")
        #expect(reason(foreign) == .foreign)
        let newer = try made(["a"])
        try Database(.file(path: newer.file)).execute("PRAGMA user_version = \(HistorySchema.version + 1)")
        #expect(reason(newer) == .newerVersion)
        // A page in the middle, and one row that SQLite finds good.
        let damaged = try made((0..<200).map(String.init))
        var bytes = try damaged.bytes()
        for index in bytes.count / 2..<bytes.count / 2 + 3000 { bytes[index] = 0x5A }
        try damaged.write(bytes)
        #expect(reason(damaged) == .corrupt)
        let malformed = try made(["a"])
        try Database(.file(path: malformed.file)).execute("UPDATE listed_backups SET backups = x'FF'")
        #expect(reason(malformed) == .corrupt)
        #expect(target.names == ["history.sqlite"])
        #expect(try target.bytes() == before)
    }

    @Test("a history that is in use, another program's database, and the file itself are refused")
    func target() throws {
        let (source, target) = (try made(["a"]), try Folder())
        let history = History.quiet(target.file)
        #expect(run(source, to: target) == .failure(.inUse(target.file)))
        #expect(history.observe([], at: 10).lastObserved == at(10))
        history.close()
        #expect(run(target, to: target) == .failure(.same(target.file)))
        let foreign = try Folder()
        try foreign.write([])
        try Database(.file(path: foreign.file)).execute("CREATE TABLE other (x)")
        #expect(run(source, to: foreign) == .failure(.foreign(foreign.file)))
        #expect(foreign.names == ["history.sqlite"])
        #expect(HistoryImport.Failure.inUse("/h").description == "/h: an exporter uses the history; stop it first")
    }
}
