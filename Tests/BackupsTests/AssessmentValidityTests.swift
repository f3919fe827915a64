import SplitMix64
import Testing

@testable import Backups

/// Within its validity an assessment is what the same backups give at any instant.
@Suite struct AssessmentValidityTests {
    @Test("random addons are judged in the same way as long as the assessment says", arguments: 0..<800)
    func holds(seed: Int) {
        var random = SplitMix64(seed)
        var world = Self.world(&random)
        let first = world.assessment
        guard !first.validity.isEmpty else { return }
        // Judged once, the slots before count no more.
        for slots in first.slots {
            world.judgedThrough[slots.type] = slots.judgedThrough
            world.missedSince[slots.type] = slots.missedSince
        }
        let start = first.validity.lowerBound.milliseconds
        let end = min(first.validity.upperBound.milliseconds, start + 70 * day.milliseconds)
        let instants = [start, end - 1] + (0..<8).map { _ in .random(in: start..<end, using: &random) }
        for instant in instants {
            world.observedAt = Timestamp(milliseconds: instant)
            let later = world.assessment
            #expect(later.summary == first.summary)
            #expect(later.findings == first.findings)
            #expect(later.failedInARow == first.failedInARow)
            #expect(later.generalObjective == first.generalObjective)
            #expect(later.requiredObjectives == first.requiredObjectives)
            #expect(later.unfinished == first.unfinished)
            #expect(later.reach == first.reach)
            #expect(later.lastEnd == first.lastEnd)
            #expect(later.nextBand == first.nextBand)
            #expect(Self.comparable(later) == Self.comparable(first))
            #expect(later.slots.allSatisfy { $0.newlyMissed == 0 })
        }
    }

    @Test("an assessment holds until the next slot, the end of a grace, the age limit or the end of the first day")
    func ends() {
        func end(_ change: (inout World) -> Void = { _ in }) -> Timestamp {
            var world = World()
            change(&world)
            return world.assessment.validity.upperBound
        }
        #expect(end() == time("2026-03-11T00:00:00Z"))
        // The slot of this day has its backup, and its grace goes on.
        #expect(end { $0.observedAt = time("2026-03-10T00:20:00Z") } == time("2026-03-10T00:30:00Z"))
        #expect(
            end {
                $0.schedules = []
                $0.objectives.decisions.maxAge = hour * 26
            } == time("2026-03-11T02:10:05.001Z"))
        #expect(
            end {
                $0.schedules = nil
                $0.firstSeen = time("2026-03-10T06:00:00Z")
            } == time("2026-03-11T06:00:00.001Z"))
        #expect(
            end {
                $0.schedules = []
                $0.objectives.decisions.maxAge = nil
            } == Timestamp(milliseconds: .max))
    }

    @Test("nothing holds while a backup runs or a slot waits for its backup")
    func changing() {
        var world = World()
        world.listed.insert(World.dump(.inProgress, "2026-03-10T11:00:00Z"), at: 0)
        #expect(world.assessment.validity.isEmpty)
        world = World()
        world.listed.removeFirst()
        world.observedAt = time("2026-03-10T00:10:00Z")
        #expect(world.assessment.validity.isEmpty)
    }

    private struct Slots: Equatable {
        let type: BackupType
        let missedInARow: Int
        let objective: Duration
        let isScheduleDoubtful: Bool
        let lags: Durations
    }

    /// Without how far slots are judged, which moves on where none is due.
    private static func comparable(_ assessment: Assessment) -> [Slots] {
        assessment.slots.map {
            Slots(
                type: $0.type, missedInARow: $0.missedInARow, objective: $0.objective,
                isScheduleDoubtful: $0.isScheduleDoubtful, lags: $0.lags)
        }
    }

    /// Every kind of schedules, retention and attempts, at any moment.
    private static func world(_ random: inout SplitMix64) -> World {
        var world = World()
        let now = time("2026-03-10T00:00:00Z").adding(
            milliseconds: .random(in: 0..<day.milliseconds, using: &random))
        world.observedAt = now
        world.firstSeen = now - hour * .random(in: 0...2000, using: &random)
        world.objectives.decisions.maxAge =
            Bool.random(using: &random) ? hour * .random(in: 1...60, using: &random) : nil
        world.objectives.decisions.grace =
            Bool.random(using: &random) ? minute * .random(in: 0...90, using: &random) : nil
        world.isPaused = Int.random(in: 0..<20, using: &random) == 0
        if Int.random(in: 0..<6, using: &random) == 0 {
            world.activeSince = now - hour * .random(in: 0...100, using: &random)
        }
        if Bool.random(using: &random) { world.schedulesObserved = now - hour * .random(in: 0...30, using: &random) }
        world.mayReadSchedules = Int.random(in: 0..<10, using: &random) > 0
        world.schedules = Int.random(in: 0..<8, using: &random) == 0 ? nil : schedules(now, &random)
        let rarely = Int.random(in: 1...30, using: &random)
        world.listed = (0..<Int.random(in: 0...40, using: &random)).map { number in
            backup(number, now - hour * (number * rarely) - minute * .random(in: -10...59, using: &random), &random)
        }
        world.gone = (0..<Int.random(in: 0...10, using: &random)).map { number in
            backup(100 + number, now - hour * .random(in: 0...1500, using: &random), &random)
        }
        if Bool.random(using: &random) { decide(&world, now, &random) }
        return world
    }

    /// Every kind of decision besides the ages.
    private static func decide(_ world: inout World, _ now: Timestamp, _ random: inout SplitMix64) {
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        world.objectives.decisions.minBackups = maybe(.random(in: 1...60, using: &random))
        world.objectives.decisions.minSpan = maybe(hour * .random(in: 1...1500, using: &random))
        world.objectives.decisions.restoreEvery = maybe(hour * .random(in: 1...2000, using: &random))
        world.objectives.decisions.required = Decisions.RequiredKind.allCases.filter { _ in .random(using: &random) }
        world.pastRestores = maybe(
            (0..<Int.random(in: 0...4, using: &random)).map { number in
                let end = now - hour * (number * 300 + .random(in: 0...299, using: &random))
                return PastRestore(
                    end: end, hasCompleted: .random(using: &random),
                    backupCreatedAt: maybe(end - hour * .random(in: 0...90, using: &random)))
            })
        let days = Set((0..<7).filter { _ in .random(using: &random) })
        let (from, to) = (Int.random(in: 0..<1440, using: &random), Int.random(in: 0...1440, using: &random))
        let window = MaintenanceWindow(days: days, from: from, to: to, timeZone: "UTC")
        if Bool.random(using: &random) { world.objectives.forgiven = ForgivenTimes([window]) { _ in .utc } }
    }

    private static func schedules(_ now: Timestamp, _ random: inout SplitMix64) -> [BackupSchedule] {
        (0..<Int.random(in: 0...3, using: &random)).map { number in
            BackupSchedule(
                id: "\(number)", type: [.dump, .snapshot, .unknown].randomElement(using: &random)!,
                rule: .init(
                    interval: BackupSchedule.Interval.allCases.randomElement(using: &random)!,
                    minutes: [.random(in: 0..<60, using: &random)], hours: [.random(in: 0..<24, using: &random)],
                    days: [.random(in: 0..<7, using: &random)]),
                retention: Bool.random(using: &random) ? day * .random(in: 1...30, using: &random) : nil,
                effectiveFrom: now - hour * .random(in: -5...3000, using: &random))
        }
    }

    private static func backup(_ number: Int, _ created: Timestamp, _ random: inout SplitMix64) -> Backup {
        // Running ones rarely, since nothing holds with them.
        let statuses: [BackupStatus] = [.completed, .completed, .completed, .failed, .aborted, .notSupported, .unknown]
        let isRunning = Int.random(in: 0..<300, using: &random) == 0
        return Backup(
            identity: "\(number)", status: isRunning ? .inProgress : statuses.randomElement(using: &random)!,
            type: [.dump, .dump, .snapshot, .imported, .unknown].randomElement(using: &random)!, createdAt: created,
            completedAt: Bool.random(using: &random) ? created + minute * .random(in: 0...50, using: &random) : nil,
            size: Bool.random(using: &random) ? .random(in: 0...2000, using: &random) : nil)
    }
}
