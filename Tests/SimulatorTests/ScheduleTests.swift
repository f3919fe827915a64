import NorthflankSimulator
import Testing

@testable import NorthflankSimulator

/// Backups follow the schedules that the API shows.
@Suite struct ScheduleTests {
    private static let schedules: [Personality] = [
        .healthy, .hourly, .weekly, .twiceDaily, .halfHourly, .workdays,
    ]

    /// The slots of a schedule in `after ..< before`, found by a search through days, hours and minutes, in seconds
    /// since 1970.
    private func slots(of schedule: SimulatedSchedule, after: Int, before: Int) -> [Int] {
        var slots: [Int] = []
        for day in after / 86_400...before / 86_400 {
            // 1970-01-01 was a Thursday, which is 3 if Monday is 0.
            if schedule.interval == "weekly", !schedule.day.contains((day + 3) % 7) { continue }
            for hour in 0..<24 {
                if schedule.interval != "hourly", !schedule.hour.contains(hour) { continue }
                slots += schedule.minute.map { day * 86_400 + hour * 3600 + $0 * 60 }
            }
        }
        return slots.filter { (after..<before).contains($0) }.sorted()
    }

    @Test(arguments: schedules)
    func oneBackupASlot(personality: Personality) throws {
        let name = "analytics/jobs-queue"
        let options = SimulatorOptions(personalities: [name: personality])
        let addon = FleetModel(options: options, anchor: noon).everything(now: noon)[2].addons[2]
        #expect(!addon.schedules.isEmpty)
        for schedule in addon.schedules {
            let source = schedule.backupType == "dump" ? "sameAddon" : "snapshot"
            let created = try addon.backups.filter { $0.source == source }
                .map { try Int(milliseconds($0.createdAt)) }.sorted()
            let now = Int(noon)
            let expected = slots(
                of: schedule, after: now - schedule.retentionDays * 86_400, before: now - 20)
            #expect(created.count >= expected.count)
            for (slot, created) in zip(expected, created.suffix(expected.count)) {
                #expect((slot * 1000...slot * 1000 + 20_000).contains(created))
            }
        }
    }

    @Test func severalSlots() throws {
        func schedules(_ personality: Personality) -> [SimulatedSchedule] {
            let options = SimulatorOptions(personalities: ["billing/ledger-db": personality])
            return FleetModel(options: options, anchor: noon).everything(now: noon)[1].addons[0].schedules
        }
        let createdAt = schedules(.healthy)[0].createdAt
        let dump = SimulatedSchedule(
            id: "daily-dump", minute: [45], hour: [15], day: [], retentionDays: 30, createdAt: createdAt)
        // Another personality keeps the schedules, unless it has its own.
        #expect(schedules(.healthy).map(\.id) == ["daily-dump", "weekly-snapshot"])
        #expect(schedules(.healthy)[0] == dump)
        var twice = dump
        twice.hour = [3, 15]
        #expect(schedules(.twiceDaily) == [twice])
        var workdays = dump
        workdays.id = "weekly-dump"
        workdays.interval = "weekly"
        workdays.day = [0, 1, 2, 3, 4]
        #expect(schedules(.workdays) == [workdays])
        let half = schedules(.halfHourly)
        #expect(half[0] == dump)
        #expect(half[1].minute.count == 2)
        #expect(half[1].minute[0] + 30 == half[1].minute[1])
        #expect(half[1].interval == "hourly")
        #expect(half[1].hour == [])
    }

    /// Slots are numbered without a gap, also before 1970.
    @Test func slotNumbers() {
        let stream = BackupStream(
            kind: .weeklyDump, interval: .weekly, minute: [30, 0], hour: [1], day: [6, 0],
            retentionDays: 1, duration: 1, bytes: 1)
        // From Thursday 1970-01-01: Sunday 01:00, 01:30, Monday 01:00, 01:30.
        let sunday = 3.0 * 86_400 + 3600
        let times = [sunday, sunday + 1800, sunday + 86_400, sunday + 88_200]
        #expect((0..<4).map { stream.time(of: $0) } == times)
        #expect(stream.time(of: 5) == times[1] + 604_800)
        #expect(stream.time(of: -1) == times[3] - 604_800)
        for slot in Int64(-9)...9 {
            let time = stream.time(of: slot)
            #expect(stream.newestSlot(at: time) == slot)
            #expect(stream.newestSlot(at: time - 0.001) == slot - 1)
        }
        #expect(stream.newestSlot(at: .infinity) == 0)
        #expect(stream.newestSlot(at: 1e300) == 0)
    }

    /// All personalities occur among the numbered addons.
    @Test func everyPersonalityIsDrawn() {
        let options = SimulatorOptions(addons: 1000)
        let addons = FleetModel(options: options, anchor: noon).identities.flatMap { $0 }
        let counts = Dictionary(grouping: addons.dropFirst(12), by: \.era.personality)
        #expect(Set(counts.keys) == Set(Personality.allCases))
        let troubled: Set<Personality> = [.missed, .shrunk, .hung, .emptied]
        #expect((20...80).contains(addons.count { troubled.contains($0.era.personality) }))
    }
}
