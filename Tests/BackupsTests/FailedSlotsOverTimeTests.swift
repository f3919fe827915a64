import SplitMix64
import Testing

@testable import Backups

/// Over random days, the counters equal what became of the scheduled attempts, whenever the addon is judged.
@Suite struct FailedSlotsOverTimeTests {
    /// A dump as it is in truth, and as a list shows it at an instant.
    private struct Run {
        let status: BackupStatus
        let createdAt: Timestamp
        let minutes: Int64

        var end: Timestamp { createdAt.adding(milliseconds: minutes * 60_000) }

        func shown(at now: Timestamp) -> KnownBackup {
            let hasEnded = end <= now
            return KnownBackup(
                Backup(
                    identity: BackupIdentity("\(createdAt.milliseconds)"), status: hasEnded ? status : .inProgress,
                    type: .dump, createdAt: createdAt, completedAt: hasEnded ? end : nil, size: nil))
        }
    }

    private static func run(_ createdAt: Timestamp, _ random: inout SplitMix64) -> Run {
        let statuses = [BackupStatus.completed, .completed, .failed, .aborted, .notSupported]
        return Run(
            status: statuses[.random(in: 0..<statuses.count, using: &random)], createdAt: createdAt,
            minutes: .random(in: 1...(Int.random(in: 0..<4, using: &random) == 0 ? 3000 : 60), using: &random))
    }

    @Test("R28: failed and missed slots add up, with long attempts, attempts by hand and any polls", arguments: 0..<60)
    func counts(seed: Int) throws {
        var random = SplitMix64(seed)
        let start = time("2026-03-01T12:00:00Z")
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: start)
        record.schedules = [.kept(.daily(from: "2026-01-01T00:00:00Z"), for: day * 60)]
        let first = time("2026-03-01T00:00:00Z")
        let slots = (1...20).map { first + day * $0 }
        var scheduled: [Run] = []
        var others: [Run] = []
        for slot in slots {
            if Int.random(in: 0..<6, using: &random) > 0 {
                scheduled.append(Self.run(slot + .seconds(5), &random))
                // By hand, after the attempt of the slot.
                if Bool.random(using: &random) { others.append(Self.run(slot + hour * 9, &random)) }
            }
        }
        var objectives = Objectives()
        objectives.decisions.grace = minute * 30
        var now = start
        while now < slots[19] + day * 4 {
            let known = (scheduled + others).filter { $0.createdAt <= now }.sorted { $0.createdAt > $1.createdAt }
                .map { $0.shown(at: now) }
            record.lastObserved = now
            _ = record.judge(known, objectives)
            let judged = record.slots[.dump]?.judgedThrough ?? now
            let ended = scheduled.filter { $0.end <= now && $0.createdAt <= judged + .seconds(5) }
            #expect(record.slots[.dump]?.failed == ended.count { $0.status != .completed }, "\(now)")
            now = now + minute * .random(in: 1...2000, using: &random)
        }
        let count = try #require(record.slots[.dump])
        #expect(count.unended == [])
        let due = Int(count.judgedThrough.millisecondsSince(first) / day.milliseconds)
        #expect([count.due, count.missed] == [due, due - scheduled.count])
    }
}
