import Testing

@testable import Backups

/// A quarter of simulated life: the report's figures are those that are counted minute by minute from what happened.
@Suite struct QuarterTests {
    /// What happened to one addon: every event is at a full minute.
    private struct Life {
        struct Run {
            var slot: Int64
            var status: BackupStatus
            /// Minutes since the epoch.
            var start: Int64
            var end: Int64
            var deleted: Int64?
        }

        let period: Int64
        let retention: Int64
        var runs: [Run] = []
        var kept = 0
        var failed = 0
        var missed = 0
        var paused: Range<Int64>?
        var waived: Range<Int64>?
        var outage: Range<Int64>?

        static let grace: Int64 = 45
        static let start = time("2026-07-01T00:00:00Z").milliseconds / 60_000
        static let end = time("2026-10-01T00:00:00Z").milliseconds / 60_000

        init(seed: UInt64) {
            var random = Numbers(seed)
            period = random.below(2) == 0 ? 60 : 1440
            retention = period * (5 + Int64(random.below(20)))
            if random.below(2) == 0 {
                let from = Self.start + Int64(random.below(100_000)) + 10
                paused = from..<from + 500 + Int64(random.below(5000))
            }
            if random.below(2) == 0 {
                let from = Self.start + Int64(random.below(100_000)) + 10
                waived = from..<from + 500 + Int64(random.below(5000))
            }
            if random.below(2) == 0 {
                // Shorter than the retention and than two days, so that every slot is judged.
                let from = Self.start + Int64(random.below(100_000)) + 10
                outage = from..<from + min(2000, retention - 200)
            }
            // The last ones of the quarter before are still listed.
            for slot in stride(from: Self.start - 20 * period, to: Self.end, by: Int(period)) {
                if paused?.contains(slot) == true { continue }
                let kind = slot < Self.start ? 0 : random.below(20)
                let counts = slot >= Self.start && waived?.contains(slot) != true
                let start = slot + Int64(random.below(20))
                let end = start + 1 + Int64(random.below(10))
                switch kind {
                case 0...16:
                    // One of forty is deleted by hand, long before its time.
                    let isEarly = slot >= Self.start && random.below(40) == 0
                    runs.append(
                        Run(
                            slot: slot, status: .completed, start: start, end: end,
                            deleted: start + (isEarly ? period / 2 : retention)))
                    if counts { kept += 1 }
                case 17:
                    runs.append(Run(slot: slot, status: .failed, start: start, end: end, deleted: start + retention))
                    if counts { failed += 1 }
                default: if counts { missed += 1 }
                }
            }
        }

        var past: AddonPast {
            var record = AddonRecord(
                key: AddonKey(account: "acme", project: "shop", addon: "db"), firstSeen: at(Self.start * 60_000))
            record.lastObserved = at((Self.end + 600) * 60_000)
            record.schedulesObserved = record.lastObserved
            var schedule =
                period == 60
                ? BackupSchedule.hourly(from: "2026-01-01T00:00:00Z") : .daily(from: "2026-01-01T00:00:00Z")
            schedule.retention = .seconds(retention * 60)
            record.schedules = [schedule]
            var decided = Decisions()
            decided.grace = .seconds(Self.grace * 60)
            var changes = [AddonPast.Change(at: record.firstSeen, fact: .decisions(decided))]
            if let waived {
                decided.waiver = Waiver(reason: "test", owner: "ops", until: at(waived.upperBound * 60_000))
                changes.append(.init(at: at(waived.lowerBound * 60_000), fact: .decisions(decided)))
            }
            if let paused {
                changes.append(.init(at: at(paused.lowerBound * 60_000), fact: .paused(true)))
                changes.append(.init(at: at(paused.upperBound * 60_000), fact: .paused(false)))
            }
            let known = runs.reversed().map { run in
                KnownBackup(
                    backup(run.status, run.start * 60_000, end: run.end * 60_000, id: "\(run.slot)"),
                    goneAt: run.deleted.flatMap { $0 <= Self.end + 600 ? at($0 * 60_000) : nil })
            }
            return AddonPast(
                record: record, backups: known, changes: changes.sorted { $0.at < $1.at },
                unobserved: outage.map { [at($0.lowerBound * 60_000)..<at($0.upperBound * 60_000)] } ?? [])
        }

        /// From when on the age counts at a minute; nil if no backup can be restored.
        func since(_ minute: Int64, _ candidates: ArraySlice<Run>) -> Int64? {
            let alive = candidates.filter { $0.end <= minute && ($0.deleted.map { $0 > minute } ?? true) }
            guard let newest = alive.map(\.end).max() else { return nil }
            guard let paused, paused.upperBound <= minute else { return newest }
            return max(newest, paused.upperBound)
        }
    }

    /// Reproducible random numbers.
    private struct Numbers {
        private var state: UInt64

        init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func below(_ limit: UInt64) -> UInt64 {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return state % limit
        }
    }

    @Test("The figures equal what happened", arguments: 1...8 as ClosedRange<UInt64>)
    func quarter(seed: UInt64) throws {
        let life = Life(seed: seed)
        let range = at(Life.start * 60_000)..<at(Life.end * 60_000)
        let report = try #require(
            ReportedAddon(life.past, zone: .utc, zones: { _ in .utc }, in: range), "seed \(seed)")
        #expect(
            report.allSlots == .init(kept: life.kept, failed: life.failed, missed: life.missed), "seed \(seed)")

        var (within, outside, breaches, without, worst) = (Int64(0), Int64(0), Int64(0), Int64(0), Int64(0))
        var observed: Int64 = 0
        // Minutes spent at each age in minutes.
        var ages: [Int64: Int64] = [:]
        let completed = life.runs.filter { $0.status == .completed }
        var first = 0
        for minute in Life.start..<Life.end {
            while first < completed.count, completed[first].slot < minute - life.retention - 2000 { first += 1 }
            if life.outage?.contains(minute) == true { continue }
            observed += 1
            if life.paused?.contains(minute) == true { continue }
            let since = life.since(minute, completed[first...].prefix(40 + Int(life.retention / life.period)))
            if let since {
                ages[minute - since, default: 0] += 1
                worst = max(worst, minute - since + 1)
            } else {
                without += 1
            }
            if life.waived?.contains(minute) == true { continue }
            let limit = life.period + Life.grace
            let isOutside = since.map { minute - $0 >= limit } ?? true
            if isOutside { outside += 1 } else { within += 1 }
            // A limit that is reached is not exceeded: the time outside begins a millisecond later.
            if let since, minute - since == limit { breaches += 1 }
        }
        #expect(report.observed == .seconds(observed * 60), "seed \(seed)")
        #expect(report.share.within == .milliseconds(within * 60_000 + breaches), "seed \(seed)")
        #expect(report.share.outside == .milliseconds(outside * 60_000 - breaches), "seed \(seed)")
        let point = try #require(report.recoveryPoint)
        #expect(point.without == .seconds(without * 60), "seed \(seed)")
        #expect(
            point.worst == (without > 0 ? .nothing : .known(.seconds(worst * 60))), "seed \(seed)")
        let total = (ages.values.reduce(0, +) + without) * 60_000
        for (percent, age) in [(Int64(50), point.p50), (95, point.p95)] {
            guard case .known(let age) = age else {
                #expect(ages.values.reduce(0, +) * 60_000 < (total * percent + 99) / 100, "seed \(seed)")
                continue
            }
            // So much time was spent at lower ages; within a minute it grows evenly.
            let (minute, rest) = (age.milliseconds / 60_000, age.milliseconds % 60_000)
            let covered =
                ages.filter { $0.key < minute }.values.reduce(0, +) * 60_000 + (ages[minute] ?? 0) * rest
            let slope = rest > 0 ? ages[minute] ?? 0 : ages[minute - 1] ?? 0
            let target = (total * percent + 99) / 100
            #expect(covered >= target && covered - slope < target, "seed \(seed)")
        }
        let last = life.since(Life.end, completed[...])
        let points = completed.filter { $0.end <= Life.end && ($0.deleted ?? .max) > Life.end }
        #expect(report.restorablePoints == points.count, "seed \(seed)")
        #expect((last == nil) == points.isEmpty)
        #expect(
            report.oldestPointAge == points.map(\.end).min().map { .seconds((Life.end - $0) * 60) }, "seed \(seed)")
    }
}
