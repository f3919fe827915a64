import Backups
import Glibc
import SQLite
import TestSupport
import Testing

@testable import History

/// Files that are not ours, or not yet.
@Suite struct OwnershipTests {
    private func made(_ folder: Folder, _ sql: String) throws -> [UInt8] {
        if folder.names.isEmpty { try folder.write([]) }
        try Database(.file(path: folder.file)).execute(sql)
        return try folder.bytes()
    }

    private func expectUntouched(_ folder: Folder, _ bytes: [UInt8], _ reason: HistoryEvent.Reason) throws {
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        guard case .inMemory(reason, folder.file, _)? = events.all.first else {
            Issue.record("\(events.all)")
            return
        }
        history.observe([], at: 10)
        // It is not tried again.
        #expect(history.observe([backup(.failed, 20)], at: 99_999_999).outcomes == OutcomeCounts(failed: 1))
        #expect(events.all.count == 1)
        #expect(!history.status.isPersistent)
        history.close()
        #expect(try folder.bytes() == bytes)
        #expect(folder.names == ["history.sqlite"])
    }

    @Test("a file of a later version is left alone")
    func newerVersion() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        history.close()
        let bytes = try made(folder, "PRAGMA user_version = \(HistorySchema.version + 1)")
        try expectUntouched(folder, bytes, .newerVersion)
    }

    @Test("a database of another program is left alone")
    func foreign() throws {
        let folder = try Folder()
        let bytes = try made(folder, "CREATE TABLE addon (id INTEGER PRIMARY KEY); PRAGMA application_id = 7")
        try expectUntouched(folder, bytes, .foreign)
    }

    @Test("an empty file, an empty database and an unfinished one are used")
    func empty() throws {
        for sql in [
            nil, "PRAGMA user_version = 0; CREATE TABLE x (y); DROP TABLE x",
            "CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY)",
        ] {
            let folder = try Folder()
            if let sql { _ = try made(folder, sql) } else { try folder.write([]) }
            let history = History.quiet(folder.file)
            history.observe([backup(.completed, 1)], at: 10)
            #expect(history.status.isPersistent)
        }
    }

    @Test("the log of a deleted file is not taken for the log of the new file")
    func orphanedLog() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        let copy = try Folder()
        try copy.write(folder.bytes("history.sqlite-wal"), "history.sqlite-wal")
        #expect(History.quiet(copy.file).all() == [])
    }

    @Test("stored numbers of enum values do not change")
    func numbers() {
        #expect(
            BackupStatus.allCases.map { "\($0.rawValue) \($0.word)" } == [
                "0 scheduled", "1 in-progress", "2 completed", "3 aborting", "4 aborted", "5 failed",
                "6 not-supported", "7 unknown",
            ])
        #expect(
            BackupType.allCases.map { "\($0.rawValue) \($0.label)" } == [
                "0 snapshot", "1 dump", "2 import", "3 unknown",
            ])
        let statuses: [TerminalStatuses] = [.completed, .failed, .aborted, .notSupported]
        #expect(statuses.map(\.rawValue) == [1, 2, 4, 8])
        #expect(BackupSchedule.Interval.allCases.map(\.rawValue) == ["hourly", "daily", "weekly"])
    }

    @Test("the default path")
    func location() {
        let home = ["HOME": "/home/x"]
        func standard(_ more: [String: String]) -> HistoryLocation {
            .standard(environment: home.merging(more) { $1 })
        }
        #expect(standard(["STATE_DIRECTORY": "/var/lib/nbe"]) == .file("/var/lib/nbe/history.sqlite"))
        #expect(standard(["STATE_DIRECTORY": "/var/lib/a:/var/lib/b"]) == .file("/var/lib/a/history.sqlite"))
        let own = "northflank-backup-exporter/history.sqlite"
        #expect(standard(["XDG_STATE_HOME": "/state"]) == .file("/state/\(own)"))
        #expect(standard(["XDG_STATE_HOME": "", "STATE_DIRECTORY": ""]) == standard([:]))
        #expect(standard(["XDG_STATE_HOME": "relative"]) == standard([:]))
        #if os(Linux)
            #expect(standard([:]) == .file("/home/x/.local/state/\(own)"))
        #endif
        #expect(HistoryLocation.standard(environment: [:]) == .memory)
        #expect(HistoryLocation(path: ":memory:") == .memory)
        #expect(HistoryLocation(path: "/a/b") == .file("/a/b"))
    }

    @Test("a path that is not a regular file is left alone")
    func pipe() throws {
        let folder = try Folder()
        try #require(mkfifo(folder.file, 0o600) == 0)
        let pipe = open(folder.file, O_RDWR)
        defer { close(pipe) }
        try #require(write(pipe, "no database, but bytes", 22) == 22)
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(events.all == [.inMemory(.unwritable, path: folder.file, detail: "it is no regular file")])
        #expect(!history.status.isPersistent)
        #expect(folder.names == ["history.sqlite"])
    }

    @Test("a pipe that no process writes to is not waited for")
    func silentPipe() throws {
        let folder = try Folder()
        try #require(mkfifo(folder.file, 0o600) == 0)
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        #expect(events.all == [.inMemory(.unwritable, path: folder.file, detail: "it is no regular file")])
        history.observe([], at: 10)
        #expect(!history.status.isPersistent)
    }

    @Test("a log that is not a regular file is left alone, and not waited for", arguments: ["-wal", "-journal"])
    func silentLog(suffix: String) throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1)], at: 10)
        history.close()
        let bytes = try folder.bytes()
        try #require(mkfifo(folder.file + suffix, 0o600) == 0)
        let events = Events()
        let again = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        let detail = "\(folder.file)\(suffix) is no regular file"
        #expect(events.all == [.inMemory(.unwritable, path: folder.file, detail: detail)])
        again.close()
        #expect(try folder.bytes() == bytes)
        #expect(folder.names == ["history.sqlite", "history.sqlite" + suffix])
    }

    @Test("a link leads to the file")
    func link() throws {
        let folder = try Folder()
        let target = folder.path + "/target.sqlite"
        try folder.write([UInt8](repeating: 1, count: 5000), "target.sqlite")
        try #require(symlink(target, folder.file) == 0)
        let events = Events()
        let history = History.open(.file(folder.file), now: at(0), onEvent: events.add)
        history.observe([], at: 10)
        #expect(events.all.count == 1)
        #expect(history.status.isPersistent)
        #expect(history.status.bytes > 4096)
        history.close()
        #expect(folder.names == ["history.sqlite", "target.sqlite", "target.sqlite.corrupt-19700101T000000Z"])
    }

    @Test("a link to a file that is missing creates the file, and links in a circle lead to none")
    func danglingLink() throws {
        let folder = try Folder()
        // Relative to the link's folder, by another link.
        try #require(mkdir(folder.path + "/there", 0o700) == 0)
        try #require(symlink("there/link", folder.file) == 0)
        try #require(symlink("data.sqlite", folder.path + "/there/link") == 0)
        let history = History.quiet(folder.file)
        #expect(history.status.path == folder.path + "/there/data.sqlite")
        history.close()
        #expect(Folder.names(in: folder.path + "/there") == ["data.sqlite", "link"])

        try #require(symlink("circle", folder.path + "/circle") == 0)
        let events = Events()
        let lost = History.open(.file(folder.path + "/circle"), now: at(0), onEvent: events.add)
        guard case .inMemory(.unwritable, _, "it is no regular file")? = events.all.first else {
            Issue.record("\(events.all)")
            return
        }
        #expect(!lost.status.isPersistent)
    }
}
