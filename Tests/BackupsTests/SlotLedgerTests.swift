import Testing

@testable import Backups

/// What became of each slot, as the history shows it.
@Suite struct SlotLedgerTests {
    private static func without(_ days: Int...) -> PastWorld {
        var world = PastWorld()
        world.backups.removeAll { backup in
            days.contains { PastWorld.dumps($0...$0)[0].backup.createdAt == backup.backup.createdAt }
        }
        return world
    }

    @Test("Each slot with its grace, its backup and the lag")
    func kept() {
        let world = PastWorld()
        let entries = world.ledger().entries
        #expect(entries.map(\.due.text) == (1...10).map { "2026-03-\($0 < 10 ? "0" : "")\($0)T00:00:00Z" })
        #expect(entries.allSatisfy { $0.outcome == .completed && $0.isKept && $0.type == .dump })
        #expect(entries[2].grace == minute * 30)
        #expect(entries[2].lag == .seconds(605))
        #expect(entries[2].backup == PastWorld.dumps(3...3)[0])
        // The range has its first instant and not its last.
        #expect(world.ledger(in: entries[2].due..<entries[4].due).entries == Array(entries[2...3]))
    }

    @Test(
        "The attempt decides",
        arguments: [
            (.completed, .completed), (.failed, .failed), (.notSupported, .failed), (.aborted, .aborted),
            (.inProgress, .running), (.scheduled, .running), (.aborting, .running), (.unknown, .running),
        ] as [(BackupStatus, SlotLedger.Outcome)])
    func attempt(status: BackupStatus, outcome: SlotLedger.Outcome) {
        var world = Self.without(4)
        world.backups += PastWorld.dumps(4...4, status)
        #expect(world.ledger().entries.map(\.outcome)[3] == outcome)
        #expect(world.ledger().entries[3].isFailed == (outcome == .failed || outcome == .aborted))
        world.backups.removeLast()
        world.backups += PastWorld.dumps(4...4, status, gone: "2026-03-06T00:00:00Z")
        #expect(world.ledger().entries.map(\.outcome)[3] == (outcome == .running ? .notJudged(.vanished) : outcome))
    }

    @Test("A slot without an attempt is pending within its grace, and until the schedules have been read again")
    func missed() {
        var world = Self.without(10)
        world.lastObserved = time("2026-03-10T00:29:59Z")
        #expect(world.faults == ["2026-03-10T00 pending"])
        world.lastObserved = time("2026-03-10T00:30:00Z")
        #expect(world.faults == ["2026-03-10T00 missed"])
        world.schedulesObserved = time("2026-03-09T23:59:59Z")
        #expect(world.faults == ["2026-03-10T00 pending"])
        world.lastObserved = time("2026-03-10T01:30:00Z")
        #expect(world.faults == ["2026-03-10T00 missed"])
        world.decisions.grace = hour * 2
        #expect(world.faults == ["2026-03-10T00 pending"])
    }

    @Test("The grace of a slot is learned from the backups that had ended by then")
    func grace() {
        var world = Self.without(3, 4)
        world.backups += PastWorld.dumps(3...4, minutes: 90)
        #expect(world.ledger().entries.prefix(5).map(\.grace) == [30, 30, 30, 90, 90].map { minute * $0 })
    }

    @Test("Pauses, waivers, windows and times without watching forgive; each as it was then")
    func forgiven() {
        var world = Self.without(2, 3, 4, 5, 6, 7, 8, 9)
        world.note("2026-03-01T12:00:00Z", .paused(true))
        world.note("2026-03-03T00:00:00Z", .paused(false))
        var decided = Decisions()
        world.note("2026-03-01T00:00:00Z", .decisions(decided))
        decided.waiver = Waiver(reason: "copy", owner: "ops", until: time("2026-03-05T00:00:00Z"))
        world.note("2026-03-04T00:00:00Z", .decisions(decided))
        decided.windows = [MaintenanceWindow(days: [4], from: 0, to: 60, timeZone: "UTC")]
        world.note("2026-03-05T12:00:00Z", .decisions(decided))
        let away = Absence(since: time("2026-03-07T00:00:00Z"), isGone: true)
        world.note("2026-03-07T00:10:00Z", .absence(away))
        world.note("2026-03-08T00:00:00Z", .absence(nil))
        #expect(
            world.faults == [
                "2026-03-02T00 forgiven(Backups.SlotLedger.Forgiveness.paused)", "2026-03-03T00 missed",
                "2026-03-04T00 forgiven(Backups.SlotLedger.Forgiveness.waived)", "2026-03-05T00 missed",
                "2026-03-06T00 forgiven(Backups.SlotLedger.Forgiveness.maintenanceWindow)",
                "2026-03-07T00 forgiven(Backups.SlotLedger.Forgiveness.notWatched)", "2026-03-08T00 missed",
                "2026-03-09T00 missed",
            ])
    }

    @Test("A waiver that is renewed goes on, and one that is taken back ends")
    func waivers() {
        var world = Self.without(4, 5, 6, 7, 8)
        var decided = Decisions()
        decided.waiver = Waiver(reason: "copy", owner: "ops", until: time("2026-03-05T00:00:00.001Z"))
        // Before the history knows of a waiver, it does not count.
        world.note("2026-03-04T00:00:00.001Z", .decisions(decided))
        decided.waiver?.until = time("2026-03-09T00:00:00Z")
        world.note("2026-03-05T00:00:00Z", .decisions(decided))
        world.note("2026-03-07T00:00:00Z", .decisions(nil))
        #expect(
            world.faults == [
                "2026-03-04T00 missed", "2026-03-05T00 forgiven(Backups.SlotLedger.Forgiveness.waived)",
                "2026-03-06T00 forgiven(Backups.SlotLedger.Forgiveness.waived)", "2026-03-07T00 missed",
                "2026-03-08T00 missed",
            ])
    }

    @Test("A slot in a time without observation is judged unless its backup can have been deleted in it")
    func unobserved() {
        var world = Self.without(4, 5, 6)
        world.schedules = [.kept(.daily(from: "2026-01-01T00:00:00Z"), for: day)]
        // The slot of the 4th is before it; its backup can have been made in it.
        world.unobserved = [time("2026-03-04T00:30:00Z")..<time("2026-03-06T00:00:00Z")]
        let doubt = "notJudged(Backups.SlotLedger.Doubt.notObserved)"
        #expect(world.faults == ["2026-03-04T00 \(doubt)", "2026-03-05T00 \(doubt)", "2026-03-06T00 missed"])
        world.unobserved = [time("2026-03-04T00:30:00.001Z")..<time("2026-03-05T23:59:59Z")]
        #expect(world.faults == ["2026-03-04T00 missed", "2026-03-05T00 missed", "2026-03-06T00 missed"])
        // In a time of more than two days the addon can have been paused.
        world.schedules = [.daily(from: "2026-01-01T00:00:00Z")]
        world.unobserved = [time("2026-03-03T23:00:00Z")..<time("2026-03-05T23:00:00Z")]
        #expect(world.faults == ["2026-03-04T00 missed", "2026-03-05T00 missed", "2026-03-06T00 missed"])
        world.unobserved = [time("2026-03-03T23:00:00Z")..<time("2026-03-05T23:00:00.001Z")]
        #expect(world.faults == ["2026-03-04T00 \(doubt)", "2026-03-05T00 \(doubt)", "2026-03-06T00 missed"])
        world.unobserved = []
        world.forgiven = time("2026-03-03T23:00:00Z")..<time("2026-03-05T23:00:00.001Z")
        #expect(world.faults == ["2026-03-04T00 \(doubt)", "2026-03-05T00 \(doubt)", "2026-03-06T00 missed"])
    }

    @Test("A slot before the addon was first seen is judged only if its backup would still have been listed")
    func firstSeen() {
        var world = Self.without(1, 2, 3, 4)
        world.firstSeen = time("2026-03-06T00:00:00Z")
        world.schedules = [.kept(.daily(from: "2026-01-01T00:00:00Z"), for: day * 3)]
        world.backups.removeAll { $0.backup.createdAt < time("2026-03-06T00:00:00Z") }
        let doubt = "notJudged(Backups.SlotLedger.Doubt.beforeWatching)"
        #expect(
            world.faults == [
                "2026-03-01T00 \(doubt)", "2026-03-02T00 \(doubt)", "2026-03-03T00 \(doubt)", "2026-03-04T00 missed",
                "2026-03-05T00 missed",
            ])
    }

    @Test("The schedules count as they were")
    func schedules() {
        var world = PastWorld()
        let daily = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
        world.note("2026-03-01T00:00:00Z", .schedules([daily]))
        // Changed to 06:00 at some time after the reading of the 4th at 08:00.
        world.note(
            "2026-03-05T12:00:00Z", .schedules([.daily(hours: [6], from: "2026-03-04T08:00:00Z")]))
        // A dump at midnight is the last slot's before it, however late.
        #expect(
            world.ledger().entries.map { "\($0.due.text.prefix(13)) \($0.outcome)" } == [
                "2026-03-01T00 completed", "2026-03-02T00 completed", "2026-03-03T00 completed",
                "2026-03-04T00 completed", "2026-03-05T06 completed", "2026-03-06T06 completed",
                "2026-03-07T06 completed",
                "2026-03-08T06 completed", "2026-03-09T06 completed", "2026-03-10T06 missed",
            ])
        // Deleted: a slot that had not been judged when that was found is none, unless it had its backup.
        world.changes.removeLast()
        world.note("2026-03-05T01:30:00Z", .schedules([]))
        #expect(world.ledger().entries.map(\.outcome) == [.completed, .completed, .completed, .completed, .completed])
        world.backups.removeAll { $0.backup.createdAt >= time("2026-03-05T00:00:00Z") }
        #expect(world.ledger().entries.last?.outcome == .missed)
        world.changes[1].at = time("2026-03-05T01:29:59.999Z")
        #expect(world.ledger().entries.map(\.due).last == time("2026-03-04T00:00:00Z"))
        // Not known any more.
        world.changes[1].fact = .schedules(nil)
        #expect(world.ledger().entries.count == 4)
    }

    @Test("One backup for a snapshot and a dump that are due at the same instant")
    func covered() {
        var world = PastWorld()
        world.schedules?.append(.kept(.daily(from: "2026-03-09T00:00:00Z").typed(.snapshot), id: "snapshot"))
        world.backups.removeAll { $0.backup.createdAt >= time("2026-03-10T00:00:00Z") }
        world.backups += PastWorld.dumps(10...10, .failed)
        let entries = world.ledger().entries.filter { $0.due >= time("2026-03-09T00:00:00Z") }
        #expect(entries.map(\.type) == [.snapshot, .dump, .snapshot, .dump])
        #expect(entries.map(\.outcome) == [.covered(by: .dump), .completed, .covered(by: .dump), .failed])
        #expect(entries.map(\.isKept) == [true, true, false, false])
        #expect(entries.map(\.isFailed) == [false, false, true, true])
        #expect(entries[0].backup == entries[1].backup)
    }

    @Test("A backup without a type counts for the only type that has a schedule; an import never does")
    func untyped() {
        var world = Self.without(4, 5)
        world.backups += PastWorld.dumps(4...4, type: .unknown) + PastWorld.dumps(5...5, type: .imported)
        #expect(world.faults == ["2026-03-05T00 missed"])
        world.schedules?.append(.kept(.weekly(from: "2027-01-01T00:00:00Z").typed(.snapshot), id: "snapshot"))
        #expect(world.faults == ["2026-03-04T00 missed", "2026-03-05T00 missed"])
    }

    @Test("A slot at the range's begin gets its own backup, and one at its end not the next slot's")
    func borders() {
        let world = Self.without(3, 5)
        let entries = world.ledger(in: time("2026-03-03T00:00:00Z")..<time("2026-03-05T00:00:00.001Z")).entries
        #expect(entries.map(\.outcome) == [.missed, .completed, .missed])
    }
}
