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
            #"{"id":"w","backupType":"dump","scheduling":{"interval":"weekly","minute":[5],"hour":[1],"day":[0,6]}}"#)
        let day = Timestamp(rfc3339: "2026-01-01T00:00:00Z")!
        #expect(
            schedules == [
                BackupSchedule(
                    id: "h", type: .snapshot, rule: .init(interval: .hourly, minutes: [0, 30]),
                    retention: .seconds(345_600), effectiveFrom: day),
                BackupSchedule(
                    id: "d", type: .dump, rule: .init(interval: .daily, minutes: [15], hours: [3, 15]),
                    retention: .seconds(2_592_000), effectiveFrom: day),
                BackupSchedule(
                    id: "w", type: .dump, rule: .init(interval: .weekly, minutes: [5], hours: [1], days: [0, 6]),
                    retention: nil, effectiveFrom: Timestamp(milliseconds: 0)),
            ])
    }

    @Test(
        "a retention without a meaning is none",
        arguments: [
            ("1", 86_400), ("0", nil), ("-1", nil), ("null", nil), ("\"soon\"", nil), ("9223372036854775807", nil),
        ] as [(String, Int64?)])
    func retention(days: String, seconds: Int64?) throws {
        let entry = #"{"id":"x","backupType":"dump","scheduling":{"interval":"daily"},"retentionTime":\#(days)}"#
        #expect(try schedules(entry).map(\.retention) == [seconds.map { .seconds($0) }])
    }

    @Test(
        "a schedule that is only half understood is not understood",
        arguments: [
            (
                #""backupType":"dump","scheduling":{"interval":"monthly"}"#, .dump,
                #"scheduling.interval is "monthly", not hourly, daily or weekly"#
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"nf-0123"}"#, .dump,
                "scheduling.interval is a text, not hourly, daily or weekly"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"abcdefghijklmnopq"}"#, .dump,
                "scheduling.interval is a text, not hourly, daily or weekly"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":null}"#, .dump,
                "scheduling.interval is nothing, not hourly, daily or weekly"
            ),
            (
                #""backupType":"snapshot","scheduling":{"interval":7}"#, .snapshot,
                "scheduling.interval is a number, not a string"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"daily","hour":[1,"2"]}"#, .dump,
                "scheduling.hour is an array, not a list of whole numbers"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"daily","minute":0}"#, .dump,
                "scheduling.minute is a number, not a list of whole numbers"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"daily","minute":[60]}"#, .dump,
                "scheduling.minute is a list with 60, not a list of numbers from 0 to 59"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"daily","hour":[23,24]}"#, .dump,
                "scheduling.hour is a list with 24, not a list of numbers from 0 to 23"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"weekly","day":[-1]}"#, .dump,
                "scheduling.day is a list with -1, not a list of numbers from 0 to 6"
            ),
            (
                #""backupType":"dump","scheduling":{"interval":"daily"},"createdAt":"soon""#, .dump,
                "createdAt is a text, not an ISO 8601 time"
            ),
            (
                #""backupType":"mirror","scheduling":{"interval":"daily"}"#, .unknown,
                #"backupType is "mirror", not dump or snapshot"#
            ),
            (
                #""backupType":null,"scheduling":{"interval":"daily"}"#, .unknown,
                "backupType is nothing, not dump or snapshot"
            ),
        ] as [(String, BackupType, String)])
    func oddities(fields: String, type: BackupType, oddity: String) throws {
        let odd = #"{"id":"x",\#(fields),"retentionTime":1}"#
        let good = #"{"id":"g","backupType":"dump","scheduling":{"interval":"daily"}}"#
        let epoch = Timestamp(milliseconds: 0)
        #expect(
            try schedules(odd, good) == [
                BackupSchedule(
                    id: "x", type: type, times: .notUnderstood(oddity), retention: .seconds(86_400),
                    effectiveFrom: epoch),
                BackupSchedule(id: "g", type: .dump, rule: .init(interval: .daily), effectiveFrom: epoch),
            ])
    }

    @Test("the last values in range are understood")
    func limits() throws {
        let entry =
            #"{"id":"x","backupType":"dump","scheduling":{"interval":"weekly","minute":[0,59],"hour":[0,23],"day":[0,6]}}"#
        #expect(
            try schedules(entry).first?.rule
                == .init(interval: .weekly, minutes: [0, 59], hours: [0, 23], days: [0, 6]))
    }

    @Test(
        "a schedule without an id is set aside beside others, and is an error alone",
        arguments: [
            ("{}", "nothing, not a text"), ("null", "nothing, not a text"), ("3", "nothing, not a text"),
            (#"{"id":""}"#, "an empty text, not a text"), (#"{"id":17}"#, "a number, not a string"),
        ])
    func noID(entry: String, difference: String) throws {
        let good = #"{"id":"g","backupType":"dump","scheduling":{"interval":"daily"}}"#
        #expect(try schedules(entry, good).map(\.id) == ["g"])
        #expect(
            decodeError(ListJSON.page("schedules", [entry, entry]), as: BackupSchedule.self)
                == "Northflank's answer is not understood (data.schedules[0].id is \(difference))")
    }

    @Test("lists keep their place while many others are read")
    func manyLists() throws {
        let entries = (0..<60).map { index in
            #"{"id":"\#(index)","backupType":"dump","scheduling":{"interval":"hourly","minute":[\#(index),\#((index + 1) % 60)]}}"#
        }
        let schedules = try decode(ListJSON.page("schedules", entries), as: BackupSchedule.self).entries
        #expect(schedules.map(\.rule?.minutes) == (0..<60).map { [$0, ($0 + 1) % 60].sorted() })
    }

    @Test func restores() throws {
        let body = ListJSON.page(
            "restores",
            [
                #"{"id":"r1","status":"completed","restoreTimestamp":"2026-01-01T00:00:00Z","completedAt":"2026-01-01T00:05:00Z","backupId":"b"}"#,
                #"{"id":"r2","status":"in-progress","restoreTimestamp":"2026-01-01T00:00:00Z","backupId":7}"#,
                #"{"id":"r3","status":"completed","restoreTimestamp":"2026-01-02T00:00:00Z","backupId":""}"#,
            ])
        let (day1, day2) = (Timestamp(rfc3339: "2026-01-01T00:00:00Z"), Timestamp(rfc3339: "2026-01-02T00:00:00Z"))
        #expect(
            try decode(body, as: RestoreListing.self).entries == [
                RestoreListing(
                    id: "r1", status: .completed, startedAt: day1,
                    completedAt: Timestamp(rfc3339: "2026-01-01T00:05:00Z"), backup: "b"),
                RestoreListing(id: "r2", status: .inProgress, startedAt: day1),
                RestoreListing(id: "r3", status: .completed, startedAt: day2),
            ])
    }

    @Test("the restores of each kind that ended last; what is not known is left out")
    func lastRestores() {
        func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: seconds) }
        let restores = [
            RestoreListing(id: "a", status: .completed, startedAt: at(1), completedAt: at(5), backup: "x"),
            RestoreListing(id: "b", status: .completed, startedAt: at(2), completedAt: at(4.5), backup: "y"),
            RestoreListing(id: "c", status: .completed, startedAt: at(3)),
            RestoreListing(id: "d", status: .failed, startedAt: at(7)),
            RestoreListing(id: "e", status: .failed, startedAt: at(2), completedAt: at(6)),
            RestoreListing(id: "f", status: .inProgress, startedAt: at(9)),
            RestoreListing(id: "g", status: .completed),
        ]
        #expect(restores.lastCompleted == CompletedRestore(end: at(5), duration: .seconds(4), backup: "x"))
        #expect(restores.dropFirst().map(\.self).lastCompleted?.duration == .seconds(2.5))
        // Without an end it counts from its start, and has no duration; neither has one that ends before it starts.
        #expect(Array(restores[2...]).lastCompleted == CompletedRestore(end: at(3)))
        let backwards = RestoreListing(id: "h", status: .completed, startedAt: at(8), completedAt: at(7), backup: "z")
        #expect([backwards].lastCompleted == CompletedRestore(end: at(7), backup: "z"))
        #expect(restores.lastFailed == at(7))
        #expect(restores.prefix(3).map(\.self).lastFailed == nil)
        #expect([RestoreListing]().lastCompleted == nil)
    }
}
