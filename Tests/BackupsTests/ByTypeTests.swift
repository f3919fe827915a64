import Testing

@testable import Backups

@Suite struct ByTypeTests {
    @Test("a type has a value from when it is set until it is set to nil", arguments: BackupType.allCases)
    func one(type: BackupType) {
        var values: ByType<Int> = [:]
        #expect(values.isEmpty)
        values[type] = 1
        #expect(BackupType.allCases.map { values[$0] } == BackupType.allCases.map { $0 == type ? 1 : nil })
        #expect(!values.isEmpty)
        values[type] = nil
        #expect(values.isEmpty)
        #expect(values == [:])
    }

    @Test("values come in the order of types, whatever the order in which they were set")
    func order() {
        let values: ByType = [.unknown: 4, .snapshot: 1, .dump: 2]
        #expect(values.map(\.type) == [.snapshot, .dump, .unknown])
        #expect(values.map(\.value) == [1, 2, 4])
        #expect(values == [.snapshot: 1, .dump: 2, .unknown: 4])
        #expect(values != [.snapshot: 1, .dump: 2])
        #expect(values != [.snapshot: 1, .dump: 2, .unknown: 5])
        #expect(values != [.snapshot: 1, .dump: 2, .imported: 4])
    }

    @Test("counts by status are apart from each other, and no number is too large or too small")
    func statusCounts() {
        var counts = StatusCounts(BackupStatus.allCases + [.unknown, .scheduled])
        #expect(BackupStatus.allCases.map { counts[status: $0] } == [2, 1, 1, 1, 1, 1, 1, 2])
        #expect(counts != StatusCounts(BackupStatus.allCases))
        counts[status: .scheduled] = 1
        counts[status: .unknown] = 1
        #expect(counts == StatusCounts(BackupStatus.allCases))
        counts[status: .failed] = .max
        counts[status: .aborted] = -1
        #expect(counts[status: .failed] == Int(UInt32.max))
        #expect(counts[status: .aborted] == 0)
    }

    @Test("a rule's numbers are a set; a number that is no time of any kind counts as 63")
    func ruleNumbers() {
        let rule = BackupSchedule.Rule(
            interval: .weekly, minutes: [30, 0, 30], hours: [.max, -1, 23], days: [.min, 62])
        #expect(rule.minutes == [0, 30])
        #expect(rule.hours == [23, 63])
        #expect(rule.days == [62, 63])
        #expect(rule == BackupSchedule.Rule(interval: .weekly, minutes: [0, 30], hours: [23, 63], days: [62, 64]))
        #expect(rule != BackupSchedule.Rule(interval: .weekly, minutes: [0, 30], hours: [23], days: [62, 63]))
        #expect(BackupSchedule.Rule(interval: .hourly).minutes == [])
    }
}
