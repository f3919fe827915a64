import Backups
import SQLite
import Testing

@testable import History

/// Files of version 2 of the schema.
@Suite struct Version2Tests {
    /// One addon with a schedule, and one without.
    private static func version2() throws -> Folder {
        let folder = try Folder()
        try folder.write([])
        let db = try Database(.file(path: folder.file))
        try db.migrate(HistorySchema.steps.filter { $0.version == 2 })
        try db.execute(
            """
            INSERT INTO addon (id, account, project, addon, seen, first_seen, last_observed, is_newest_first, completed,
                failed, aborted, not_supported, project_name, addon_name, addon_type, is_paused, may_read_schedules,
                knows_schedules, schedules_observed, is_watched)
            VALUES (1, 'a', 'p', 'd', 9, 1, 9, 1, 5, 0, 0, 0, 'P', 'D', 't', 0, 1, 1, 8, 1),
                (2, 'a', 'p', 'e', 9, 1, 9, 1, 0, 0, 0, 0, 'P', 'E', 't', 0, 0, 0, 8, 1);
            INSERT INTO schedule VALUES (1, 0, 's', 1, 'daily', '30', '2', '', 86400, 7);
            """)
        db.close()
        return folder
    }

    @Test("everything in it is there, but for the time of the last reading of schedules")
    func everything() throws {
        let folder = try Self.version2()
        let history = History.quiet(folder.file)
        let records = history.all().map(\.record).sorted { $0.key < $1.key }
        #expect(records.map(\.addonName) == ["D", "E"])
        #expect(records.map(\.outcomes.completed) == [5, 0])
        #expect(records.map(\.remarks) == [ListRemarks(), ListRemarks()])
        #expect(records.map(\.schedulesObserved) == [nil, at(8)])
        let rule = BackupSchedule.Rule(interval: .daily, minutes: [30], hours: [2])
        let known = BackupSchedule(id: "s", type: .dump, rule: rule, retention: .seconds(86_400), effectiveFrom: at(7))
        #expect(records[0].schedules == [known])
        #expect(records[1].schedules == nil)

        // The start of the schedule is the one that is read next.
        var read = known
        read.effectiveFrom = at(2)
        _ = history.update([(key(), .schedules([read]))], at: at(10)) { _, _ in }
        #expect(history.all().compactMap(\.record.schedules) == [[read]])
        history.close()
        #expect(try Database(.file(path: folder.file)).version() == 6)
    }
}
