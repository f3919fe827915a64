@testable import Backups

/// The past of an addon with a daily dump at midnight, kept for 30 days, watched since 2026-03-01; each test spoils
/// something. It was observed last at noon of 2026-03-10, and every slot from 2026-03-01 on had its dump.
struct PastWorld {
    static let range = time("2026-03-01T00:00:00Z")..<time("2026-04-01T00:00:00Z")

    var backups = PastWorld.dumps(1...10)
    var changes: [AddonPast.Change] = []
    var unobserved: [Range<Timestamp>] = []
    var schedules: [BackupSchedule]? = [.kept(.daily(from: "2026-01-01T00:00:00Z"))]
    var schedulesObserved: Timestamp? = time("2026-03-10T12:00:00Z")
    var firstSeen = time("2026-03-01T00:00:00Z")
    var lastObserved: Timestamp? = time("2026-03-10T12:00:00Z")
    var decisions = Decisions()
    var absence: Absence?
    var forgiven: Range<Timestamp>?
    var pastRestores: [PastRestore] = []
    /// Whether the restores were ever read.
    var knowsRestores = true
    var removed: ByType<Int> = [:]
    var tags: [String] = []
    var key = AddonKey(account: "acme", project: "shop", addon: "db")

    var past: AddonPast {
        var record = AddonRecord(key: key, firstSeen: firstSeen, addonType: "postgresql")
        record.lastObserved = lastObserved
        record.schedules = schedules
        record.schedulesObserved = schedulesObserved
        record.absence = absence
        record.forgiven = forgiven
        record.decisions = Shared(decisions)
        record.pastRestores = pastRestores
        record.restores = knowsRestores ? StatusCounts() : nil
        record.removals.counts = removed
        record.tags = tags
        return AddonPast(record: record, backups: backups, changes: changes, unobserved: unobserved)
    }

    func ledger(in range: Range<Timestamp> = range) -> SlotLedger {
        SlotLedger(past, zone: .utc, zones: { _ in .utc }, in: range)
    }

    /// The outcomes as `day outcome`; without slots that were kept.
    var faults: [String] {
        ledger().entries.filter { $0.outcome != .completed }.map { "\($0.due.text.prefix(13)) \($0.outcome)" }
    }

    mutating func note(_ at: String, _ fact: AddonPast.Fact) {
        changes.append(AddonPast.Change(at: time(at), fact: fact))
    }

    /// Dumps of some days of March, newest first, created 5 s after midnight, that took ten minutes.
    static func dumps(
        _ days: ClosedRange<Int>, _ status: BackupStatus = .completed, gone: String? = nil, hour: Int = 0,
        type: BackupType = .dump, minutes: Int64? = 10
    ) -> [KnownBackup] {
        days.reversed().map { day in
            let created = time("2026-03-01T00:00:05Z") + .seconds((day - 1) * 86_400 + hour * 3600)
            return KnownBackup(
                World.dump(status, created.text, minutes: minutes, size: 1000, type: type), goneAt: gone.map(time))
        }
    }
}

extension BackupSchedule {
    /// The same with a retention.
    static func kept(_ schedule: Self, for retention: Duration? = .seconds(30 * 86_400), id: String? = nil) -> Self {
        var schedule = schedule
        schedule.retention = retention
        if let id { schedule.id = id }
        return schedule
    }

    func typed(_ type: BackupType) -> Self {
        var schedule = self
        schedule.type = type
        return schedule
    }
}
