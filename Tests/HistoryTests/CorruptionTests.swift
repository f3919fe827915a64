import Backups
import SQLite
import TestSupport
import Testing

@testable import History

@Suite struct CorruptionTests {
    /// 2025-11-23T16:13:00.999Z
    private let now = at(1_763_914_380_999)
    private let kept = "history.sqlite.corrupt-20251123T161300Z"

    /// A history of some addons, closed.
    private static func made(in folder: Folder, addons: Int = 3, backups: Int = 10) {
        let history = History.quiet(folder.file)
        for addon in 0..<addons {
            let list = (0..<backups).map {
                backup(.completed, Int64(backups - $0), id: BackupIdentity("\(addon)-\($0)"))
            }
            history.observe(list, of: key("\(addon)"), at: 1000)
        }
        history.close()
    }

    @Test(
        "a file that is not a database, or half of one, is set aside, kept and reported, and a new history begins",
        arguments: [
            Array("this is no database, but it is long enough to have a header, one would think so ".utf8),
            [UInt8](repeating: 0xFF, count: 10_000),
            Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0x11, count: 5000),
            nil,
        ] as [[UInt8]?])
    func garbage(bytes: [UInt8]?) throws {
        let folder = try Folder()
        if let bytes {
            try folder.write(bytes)
        } else {
            Self.made(in: folder)
            try folder.write(folder.bytes().prefix(10_000))
        }
        let before = try folder.bytes()
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        guard case .setAside(folder.file, folder.path + "/" + kept, _) = events.all.first, events.all.count == 1 else {
            Issue.record("\(events.all)")
            return
        }
        #expect(try folder.bytes(kept) == before)
        #expect(history.status.isPersistent)
        #expect(history.status.corruptions == 1)
        history.observe([backup(.completed, 1)], at: 10)
        history.close()
        #expect(History.quiet(folder.file).all().map(\.record.key) == [key()])
    }

    @Test("its log is set aside with it, and an older file set aside in the same second stays")
    func companions() throws {
        let folder = try Folder()
        // The log of a file that is there no more is not overwritten either.
        for name in ["history.sqlite", "history.sqlite-wal", "history.sqlite-shm", kept, kept + "-2-wal"] {
            try folder.write(Array("garbage of \(name) ".utf8) + [UInt8](repeating: 7, count: 4096), name)
        }
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        #expect(events.all.count == 1)
        for suffix in ["", "-wal", "-shm"] {
            let bytes = try folder.bytes("\(kept)-3\(suffix)")
            #expect(bytes.starts(with: "garbage of history.sqlite\(suffix) ".utf8))
        }
        for name in [kept, kept + "-2-wal"] {
            #expect(try folder.bytes(name).starts(with: "garbage of \(name) ".utf8))
        }
        #expect(history.status.isPersistent)
    }

    @Test("a file that is found corrupt in use is set aside too, and the poll that found it is kept")
    func inUse() throws {
        let folder = try Folder()
        Self.made(in: folder, addons: 20, backups: 300)
        var bytes = try folder.bytes()
        // The tables are listed in the first page; everything after the first few is backups.
        for index in bytes.indices.dropFirst(16 * 4096) { bytes[index] = 0xA5 }
        try folder.write(bytes)
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        #expect(events.all == [])
        for addon in 0..<20 { history.observe([backup(.failed, 2000)], of: key("\(addon)"), at: 2000) }
        #expect(events.all.count == 1)
        guard case .setAside? = events.all.first else {
            Issue.record("\(events.all)")
            return
        }
        #expect(history.status.corruptions == 1)
        history.close()
        let after = History.quiet(folder.file).all()
        #expect(after.last.map(\.backups) == [KnownBackup(backup(.failed, 2000), counted: .failed)])
        #expect(after.contains { $0.record.key == key("19") })
    }

    @Test(
        "changed tables count as corrupt",
        arguments: ["DROP TABLE slot", "ALTER TABLE addon RENAME COLUMN seen TO saw", "DROP TABLE holder"])
    func tables(sql: String) throws {
        let folder = try Folder()
        Self.made(in: folder)
        try Self.execute(sql, folder)
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        history.observe([backup(.failed, 1)], of: key("0"), at: 10)
        #expect(events.all.count == 1)
        #expect(history.status.corruptions == 1)
        #expect(history.status.isPersistent)
        #expect(history.all().map(\.record.key) == [key("0")])
    }

    @Test("impossible values are unknown, and never a crash")
    func outOfRange() throws {
        let folder = try Folder()
        Self.made(in: folder, addons: 1, backups: 2)
        // A status and a type that do not exist, and a size; then every bit of a state.
        let list =
            listBytes((511 << 7 | 9 << 3 | 4) << 3 | 5, "0-0", 7, -5) + listBytes(-1 << 3 | 1, "0-1", -6)
        try Self.execute(
            """
            UPDATE listed_backups SET backups = X'\(Self.hex(list))';
            UPDATE addon SET failed = -3, completed = 9223372036854775807, is_paused = 7, restores = '1,x,-2,,99999999999999999999',
                knows_schedules = 1, remarks = '-1,x,99999999999999999999,7,-99999999999', unreadable_found = 'x';
            UPDATE addon SET sizes = '1,x;0,5;2,5,-1,-1;9,9,9,9', former_gaps = '1,-5;1;0,99999999999;x';
            INSERT INTO slot VALUES (1, 77, 5, -5, -5, NULL, NULL, -3, 'x,7,,99999999999999999999');
            INSERT INTO schedule VALUES (1, 0, 'a', 1, 'yearly', '', '', '', NULL, 0, NULL);
            INSERT INTO schedule VALUES (1, 1, 'b', 99, 'daily', 'x', '-1,61', ',', -1, 0, NULL);
            """, folder)
        let history = History.quiet(folder.file)
        let kept = try #require(history.all().first)
        #expect(kept.backups.map(\.backup.status) == [.unknown, .unknown])
        #expect(kept.backups.map(\.backup.type) == [.unknown, .unknown])
        #expect(kept.backups.map(\.backup.size) == [-5, nil])
        #expect(kept.record.outcomes == OutcomeCounts(completed: 1 << 53))
        #expect(kept.record.isPaused)
        // Of what is not a number nothing is left, and the others move up.
        #expect(kept.record.remarks == ListRemarks(undatedScheduled: 7, isOnFirstPage: false))
        #expect(kept.record.restores == StatusCounts([.scheduled]))
        #expect(kept.record.slots == [.unknown: AddonRecord.SlotCount(judgedThrough: at(5), unended: [at(7)])])
        #expect(kept.record.sizes == [.imported: SizeMemory(since: at(5))])
        #expect(kept.record.formerGaps == [:])
        let rule = BackupSchedule.Rule(interval: .daily, hours: [-1, 61])
        #expect(
            kept.record.schedules
                == [BackupSchedule(id: "b", type: .unknown, rule: rule, retention: .seconds(-1), effectiveFrom: at(0))])
        let record = history.observe(
            [backup(.completed, 5000), backup(.failed, 1, id: "0-1")], of: key("0"), at: 6000)
        #expect(record.outcomes == OutcomeCounts(completed: (1 << 53) + 1))
    }

    @Test(
        "a list of backups that is no list counts as corrupt",
        arguments: ["X'01'", "X'0080'", "CAST('text' AS BLOB)", "X'2204FFFF'"])
    func malformedList(bytes: String) throws {
        let folder = try Folder()
        Self.made(in: folder)
        try Self.execute("UPDATE listed_backups SET backups = \(bytes) WHERE addon = 2", folder)
        let events = Events()
        let history = History.open(.file(folder.file), now: now, onEvent: events.add)
        #expect(history.all(at: at(0)) == [])
        let kept = folder.file + ".corrupt-19700101T000000Z"
        #expect(events.all == [.setAside(path: folder.file, kept: kept, detail: "a row cannot be read")])
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func execute(_ sql: String, _ folder: Folder) throws {
        try Database(.file(path: folder.file)).execute(sql)
    }
}
