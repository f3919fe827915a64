import Testing

@testable import Backups

@Suite struct RecordScheduleTests {
    private typealias Rule = BackupSchedule.Rule

    private static func schedule(
        _ id: String = "s", _ type: BackupType = .dump, rule: BackupSchedule.Rule = daily, retention: Duration? = nil,
        from: Int64
    ) -> BackupSchedule {
        BackupSchedule(id: id, type: type, rule: rule, retention: retention, effectiveFrom: at(from))
    }

    private static let daily = Rule(interval: .daily, minutes: [0, 30], hours: [2])

    @Test("R15: schedules that are read for the first time count from their own start")
    func first() {
        var record = Recorded().record
        let read = [Self.schedule("a", from: 5), Self.schedule("b", .snapshot, from: 900)]
        record.mayReadSchedules = false
        record.observe(schedules: read, at: at(100))
        #expect(record.schedules == read)
        #expect(record.schedulesObserved == at(100))
        #expect(record.mayReadSchedules)
    }

    @Test(
        "R15: a schedule with the same times keeps its start",
        arguments: [
            (daily, daily), (daily, Rule(interval: .daily, minutes: [30, 0, 30], hours: [2, 2])),
            (daily, Rule(interval: .daily, minutes: [0, 30], hours: [2], days: [4])),
            (Rule(interval: .hourly), Rule(interval: .hourly, minutes: [0], days: [1])),
            (Rule(interval: .weekly), Rule(interval: .weekly, minutes: [0], hours: [0], days: [0])),
        ] as [(BackupSchedule.Rule, BackupSchedule.Rule)])
    func same(before: BackupSchedule.Rule, after: BackupSchedule.Rule) {
        var record = Recorded().record
        record.observe(schedules: [Self.schedule(rule: before, from: 5)], at: at(100))
        // An update that changes something else, such as the retention, is no new beginning.
        let read = Self.schedule(rule: after, retention: .seconds(7), from: 150)
        record.observe(schedules: [read], at: at(200))
        #expect(record.schedules == [Self.schedule(rule: after, retention: .seconds(7), from: 5)])
        #expect(record.schedulesObserved == at(200))
    }

    @Test(
        "R15: a changed rule counts from its own start, not before the last reading, not after now",
        arguments: [(150, 150), (100, 100), (99, 100), (5, 100), (200, 200), (201, 200), (.max, 200)]
            as [(Int64, Int64)])
    func changed(decoded: Int64, expected: Int64) {
        let others = [
            Rule(interval: .daily, minutes: [0], hours: [2]), Rule(interval: .daily, minutes: [0, 30], hours: [3]),
            Rule(interval: .hourly, minutes: [0, 30]),
            Rule(interval: .hourly, minutes: [0, 30], hours: [2]),
            Rule(interval: .weekly, minutes: [0, 30], hours: [2]),
        ]
        for rule in others {
            var record = Recorded().record
            record.observe(schedules: [Self.schedule(from: 5)], at: at(100))
            record.observe(schedules: [Self.schedule(rule: rule, from: decoded)], at: at(200))
            #expect(record.schedules == [Self.schedule(rule: rule, from: expected)])
        }
        var record = Recorded().record
        record.observe(schedules: [Self.schedule(from: 5)], at: at(100))
        record.observe(schedules: [Self.schedule("s", .snapshot, from: decoded)], at: at(200))
        #expect(record.schedules == [Self.schedule("s", .snapshot, from: expected)])
    }

    @Test("R15, R16: a schedule that was not understood counts from its creation once it is, and it is not by any rule")
    func notUnderstood() {
        var record = Recorded().record
        let odd = BackupSchedule(id: "s", type: .dump, times: .notUnderstood("x"), effectiveFrom: at(0))
        record.observe(schedules: [Self.schedule(from: 5)], at: at(100))
        record.observe(schedules: [odd], at: at(200))
        #expect(record.schedules == [odd])
        record.observe(schedules: [Self.schedule(from: 5)], at: at(300))
        #expect(record.schedules == [Self.schedule(from: 5)])
    }

    @Test("without a last reading the known start counts for nothing: an earlier version took it from the last change")
    func noLastReading() {
        var record = Recorded().record
        record.schedules = [Self.schedule(from: 150)]
        record.observe(schedules: [Self.schedule(from: 5)], at: at(200))
        #expect(record.schedules == [Self.schedule(from: 5)])
    }

    @Test("a new schedule counts from its own start, a deleted one is removed, and days matter for a weekly one")
    func addedAndRemoved() {
        var record = Recorded().record
        record.observe(schedules: [Self.schedule("a", from: 5)], at: at(100))
        record.observe(schedules: [Self.schedule("b", from: 6)], at: at(200))
        #expect(record.schedules == [Self.schedule("b", from: 6)])
        record.observe(schedules: [Self.schedule("a", from: 7), Self.schedule("b", from: 8)], at: at(300))
        #expect(record.schedules == [Self.schedule("a", from: 7), Self.schedule("b", from: 6)])
        record.observe(schedules: [], at: at(400))
        #expect(record.schedules == [])
        let weekly = Rule(interval: .weekly, days: [0, 3])
        record.observe(schedules: [Self.schedule(rule: weekly, from: 9)], at: at(500))
        let other = Rule(interval: .weekly, days: [0, 4])
        record.observe(schedules: [Self.schedule(rule: other, from: 9)], at: at(600))
        #expect(record.schedules == [Self.schedule(rule: other, from: 500)])
    }
}
