import Backups
import SplitMix64
import TestSupport
import Testing

@testable import History

@Suite struct CrashTests {
    @Test("a process that is killed at any moment has lost nothing and counts nothing twice", arguments: 0..<6)
    func anyMoment(seed: Int) throws {
        let folder = try Folder()
        var random = SplitMix64(seed)
        var list: [Backup] = []
        var truth = OutcomeCounts()
        var counted: Set<String> = []
        var history = History.quiet(folder.file)
        history.observe([], at: 0)
        for step in 1...40 {
            let now = Int64(step) * 100
            Self.advance(&list, now, &random)
            let count = Int.random(in: 0...list.count * 2, using: &random)
            let entries = Array(list.reversed().prefix(count))
            for entry in entries where entry.status.isTerminal {
                if counted.insert("\(entry.identity) \(entry.status)").inserted { truth[status: entry.status] += 1 }
            }
            let record = history.observe(Array(entries), isWhole: count >= list.count, at: now)
            #expect(record.outcomes == truth)

            // What a kill leaves: the files as they are.
            let copy = try Folder()
            for name in folder.names { try copy.write(folder.bytes(name), name) }
            let after = History.quiet(copy.file)
            #expect(after.all() == history.all())
            #expect(after.observe(entries, isWhole: false, at: now).outcomes == truth)
            after.close()
            if Int.random(in: 0..<8, using: &random) == 0 {
                // Going on after the kill.
                for name in copy.names { try folder.write(copy.bytes(name), name) }
                history.close()
                for name in folder.names { folder.remove(name) }
                for name in copy.names { try folder.write(copy.bytes(name), name) }
                history = History.quiet(folder.file)
            }
        }
    }

    private static func advance(_ list: inout [Backup], _ now: Int64, _ random: inout SplitMix64) {
        if Int.random(in: 0..<3, using: &random) > 0 {
            list.append(backup(.scheduled, now, id: BackupIdentity("\(now)")))
        }
        for index in list.indices where Int.random(in: 0..<4, using: &random) == 0 {
            list[index].status = BackupStatus.allCases.randomElement(using: &random) ?? .failed
        }
        if list.count > 5, Bool.random(using: &random) { list.removeFirst() }
    }

    @Test("half a transaction in the log has no effect")
    func tornLog() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.inProgress, 1)], at: 10)
        let before = try folder.bytes("history.sqlite-wal")
        history.observe([backup(.failed, 1)], at: 20)
        let log = try folder.bytes("history.sqlite-wal")
        // The log is written from its start again after it was written into the file.
        let changed = log.indices.filter { $0 >= before.count || log[$0] != before[$0] }
        let (first, last) = (try #require(changed.first), try #require(changed.last))
        for cut in stride(from: first, through: last, by: 1000) {
            let copy = try Folder()
            try copy.write(folder.bytes())
            try copy.write(log.prefix(cut), "history.sqlite-wal")
            let after = History.quiet(copy.file)
            #expect(after.all().map(\.record.outcomes) == [OutcomeCounts()])
            #expect(after.observe([backup(.failed, 1)], at: 30).outcomes == OutcomeCounts(failed: 1))
        }
    }
}
