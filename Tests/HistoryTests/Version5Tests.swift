import Backups
import SQLite
import Testing

@testable import History

/// Files of version 5. The exporter of that version wrote `testdata/version-5.sqlite`.
@Suite struct Version5Tests {
    private static let testdata = #filePath.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/testdata/"

    private func version5() throws -> Folder {
        let folder = try Folder()
        try folder.write(Folder.bytes(Self.testdata + "version-5.sqlite"))
        return folder
    }

    @Test("all addons, schedules, backups and standings are there afterwards")
    func everything() throws {
        let folder = try version5()
        var names: [String] = []
        var standings: [String] = []
        let db = try Database(.file(path: folder.file))
        #expect(try db.version() == 5)
        let query = """
            SELECT addon.addon, completed, standing_change.standing FROM addon
            JOIN standing_change ON standing_change.addon = id ORDER BY account, project, addon.addon
            """
        try db.rows(query) { row in
            try names.append("\(row.text(0)) \(row.integer(1))")
            if let standing = try StoredStanding.decode(row.text(2)) { standings.append("\(standing)") }
        }
        let schedules = try db.number("SELECT count(*) FROM schedule")
        db.close()
        #expect(names.count == 6)

        let now = at(.max)
        let history = History.quiet(folder.file, now: now)
        let pasts = history.keys(at: now).compactMap { history.past(of: $0, at: now) }
        #expect(pasts.map { "\($0.record.key.addon) \($0.record.outcomes.completed)" } == names)
        #expect(pasts.map { $0.standings.map { "\($0)" } } == standings.map { [$0] })
        #expect(pasts.reduce(0) { $0 + ($1.record.schedules ?? []).count } == Int(schedules ?? 0))
        #expect(pasts.allSatisfy { !$0.backups.isEmpty })
        // What the earlier version did not keep.
        #expect(pasts.allSatisfy { $0.record.decisions == nil && $0.record.pastRestores.isEmpty })
        #expect(pasts.allSatisfy { $0.changes.isEmpty && $0.unobserved.isEmpty })
        history.close()
        #expect(try Database(.file(path: folder.file)).version() == 6)
    }

    @Test("the first changes are those of the first time that an addon is written again")
    func firstChanges() throws {
        let folder = try version5()
        let history = History.quiet(folder.file, now: at(.max))
        let key = try #require(history.keys(at: at(.max)).first)
        let record = try #require(history.past(of: key, at: at(.max))?.record)
        let now = try #require(record.lastObserved).adding(milliseconds: 60_000)
        history.observe([], of: key, at: now.milliseconds)
        let past = try #require(history.past(of: key, at: now))
        #expect(
            past.changes == [
                AddonPast.Change(at: now, fact: .decisions(nil)), AddonPast.Change(at: now, fact: .paused(false)),
                AddonPast.Change(at: now, fact: .absence(nil)), AddonPast.Change(at: now, fact: .removedEarly([:])),
                AddonPast.Change(at: now, fact: .schedules(record.schedules)),
            ])
    }
}
