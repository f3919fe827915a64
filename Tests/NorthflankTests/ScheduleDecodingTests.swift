import Backups
import TestSupport
import Testing

@testable import Northflank

@Suite struct ScheduleDecodingTests {
    private func schedules(_ entries: String...) throws(APIError) -> [BackupSchedule] {
        try decode(ListJSON.page("schedules", entries), as: BackupSchedule.self).entries
    }

    @Test func everyInterval() throws {
        let schedules = try schedules(
            #"{"id":"h","backupType":"snapshot","scheduling":{"interval":"hourly","minute":[0,30],"hour":[],"day":[]},"retentionTime":4,"createdAt":"2026-01-01T00:00:00.000Z","updatedAt":"2026-01-02T00:00:00.000Z"}"#,
            #"{"id":"d","backupType":"dump","scheduling":{"interval":"daily","minute":[15],"hour":[3,15]},"retentionTime":30,"createdAt":"2026-01-01T00:00:00.000Z"}"#,
            #"{"id":"w","backupType":"mirror","scheduling":{"interval":"weekly","minute":[5],"hour":[1],"day":[0,6]}}"#)
        let day = Timestamp(rfc3339: "2026-01-01T00:00:00Z")!
        #expect(
            schedules == [
                BackupSchedule(
                    id: "h", type: .snapshot, rule: .init(interval: .hourly, minutes: [0, 30]),
                    retention: .seconds(345_600),
                    effectiveFrom: day.adding(milliseconds: 86_400_000)),
                BackupSchedule(
                    id: "d", type: .dump, rule: .init(interval: .daily, minutes: [15], hours: [3, 15]),
                    retention: .seconds(2_592_000), effectiveFrom: day),
                BackupSchedule(
                    id: "w", type: .unknown, rule: .init(interval: .weekly, minutes: [5], hours: [1], days: [0, 6]),
                    retention: nil, effectiveFrom: Timestamp(milliseconds: 0)),
            ])
    }

    @Test(
        "a retention without a meaning is none",
        arguments: [
            ("1", 86_400), ("0", nil), ("-1", nil), ("null", nil), ("\"soon\"", nil), ("9223372036854775807", nil),
        ] as [(String, Int64?)])
    func retention(days: String, seconds: Int64?) throws {
        let entry = #"{"id":"x","scheduling":{"interval":"daily"},"retentionTime":\#(days)}"#
        #expect(try schedules(entry).map(\.retention) == [seconds.map { .seconds($0) }])
    }

    @Test(
        "a schedule that is only half understood is an error",
        arguments: [
            (
                #"{"id":"x","scheduling":{"interval":"monthly"}}"#,
                "data.schedules[0].scheduling.interval: expected hourly, daily or weekly, found a text"
            ),
            (
                #"{"id":"x","scheduling":{"interval":"daily","hour":[1,"2"]}}"#,
                "data.schedules[0].scheduling.hour: expected a list of whole numbers, found an array"
            ),
            (
                #"{"id":"x","scheduling":{"interval":"daily","minute":0}}"#,
                "data.schedules[0].scheduling.minute: expected a list of whole numbers, found a number"
            ),
            (
                #"{"scheduling":{"interval":"daily"}}"#, "data.schedules[0].id: expected a text, found nothing"
            ),
        ])
    func errors(entry: String, message: String) {
        #expect(decodeError(ListJSON.page("schedules", [entry]), as: BackupSchedule.self) == message)
    }

    @Test("lists keep their place while many others are read")
    func manyLists() throws {
        let entries = (0..<60).map { index in
            #"{"id":"\#(index)","scheduling":{"interval":"hourly","minute":[\#(index),\#((index + 1) % 60)]}}"#
        }
        let schedules = try decode(ListJSON.page("schedules", entries), as: BackupSchedule.self).entries
        #expect(schedules.map(\.rule.minutes) == (0..<60).map { [$0, ($0 + 1) % 60].sorted() })
    }

    @Test func restores() throws {
        let body = ListJSON.page(
            "restores",
            [
                #"{"id":"r1","status":"completed","restoreTimestamp":"2026-01-01T00:00:00Z","completedAt":"2026-01-01T00:05:00Z","backupId":"b"}"#,
                #"{"id":"r2","status":"in-progress","restoreTimestamp":"2026-01-01T00:00:00Z","backupId":"b"}"#,
                #"{"id":"r3","status":"completed","restoreTimestamp":"2026-01-02T00:00:00Z","backupId":"b"}"#,
            ])
        #expect(
            try decode(body, as: RestoreListing.self).entries == [
                RestoreListing(id: "r1", status: .completed, completedAt: Timestamp(rfc3339: "2026-01-01T00:05:00Z")),
                RestoreListing(id: "r2", status: .inProgress),
                RestoreListing(id: "r3", status: .completed, completedAt: Timestamp(rfc3339: "2026-01-02T00:00:00Z")),
            ])
    }
}
