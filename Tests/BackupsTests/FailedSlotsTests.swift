import TestSupport
import Testing

@testable import Backups

/// Which slots count as failed: those whose attempt ended without completing, each once.
@Suite struct FailedSlotsTests {
    /// An addon with a daily dump at midnight that was first observed at noon of 2026-03-09.
    private struct Life {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-03-09T12:00:00Z"))

        init() {
            record.schedules = [.daily(from: "2026-01-01T00:00:00Z")]
            judge("2026-03-09T12:00:00Z", [Self.before])
        }

        /// The failed attempt of the slot before the first observation.
        static let before = World.dump(.failed, "2026-03-09T00:00:05Z", minutes: 1)

        mutating func judge(_ now: String, _ listed: [Backup], gone: [Backup] = []) {
            record.lastObserved = time(now)
            let known =
                listed.map { KnownBackup($0) } + gone.map { KnownBackup($0, goneAt: time("2026-03-10T01:00:00Z")) }
            _ = record.judge(known, Objectives())
        }

        func counts(_ type: BackupType = .dump) -> [Int?] {
            [record.slots[type]?.due, record.slots[type]?.missed, record.slots[type]?.failed]
        }
    }

    private static func dump(_ status: BackupStatus, _ minutes: Int64? = nil) -> Backup {
        World.dump(status, "2026-03-10T00:00:05Z", minutes: minutes)
    }

    @Test(
        "R28: a slot counts as failed once, if its attempt failed, was aborted or is not supported",
        arguments: [
            (.failed, 1), (.aborted, 1), (.notSupported, 1), (.completed, 0), (.inProgress, 0), (.unknown, 0),
        ] as [(BackupStatus, Int)])
    func statuses(status: BackupStatus, failed: Int) {
        var life = Life()
        #expect(life.counts() == [0, 0, 0])
        for now in ["2026-03-10T00:05:00Z", "2026-03-10T00:10:00Z", "2026-03-10T12:00:00Z"] {
            life.judge(now, [Self.dump(status, 1), Life.before])
            #expect(life.counts() == [1, 0, failed])
        }
    }

    @Test(
        "R28: a slot that counted while its attempt ran counts as failed when the attempt has failed",
        arguments: [(.failed, 1), (.aborted, 1), (.completed, 0)] as [(BackupStatus, Int)])
    func running(status: BackupStatus, failed: Int) {
        var life = Life()
        for running in [BackupStatus.scheduled, .inProgress, .aborting] {
            life.judge("2026-03-10T00:05:00Z", [Self.dump(running), Life.before])
            #expect(life.counts() == [1, 0, 0])
            #expect(life.record.slots[.dump]?.unended == [time("2026-03-10T00:00:05Z")])
        }
        // The next slot counts before, in its own right.
        let next = World.dump(.failed, "2026-03-11T00:00:05Z", minutes: 1)
        life.judge("2026-03-11T00:05:00Z", [next, Self.dump(.inProgress), Life.before])
        #expect(life.counts() == [2, 0, 1])
        for now in ["2026-03-11T00:10:00Z", "2026-03-11T00:15:00Z"] {
            life.judge(now, [next, Self.dump(status, 1450), Life.before])
            #expect(life.counts() == [2, 0, 1 + failed])
            #expect(life.record.slots[.dump]?.unended == [])
        }
    }

    @Test("R28: an attempt that ends during a pause, or after its schedule was deleted, counts all the same")
    func pausedOrDeleted() {
        for change in [{ $0.isPaused = true }, { $0.schedules = [] }] as [(inout AddonRecord) -> Void] {
            var life = Life()
            life.judge("2026-03-10T00:05:00Z", [Self.dump(.inProgress), Life.before])
            change(&life.record)
            life.judge("2026-03-10T00:10:00Z", [Self.dump(.failed, 9), Life.before])
            #expect(life.counts() == [1, 0, 1])
        }
    }

    @Test("R28: failed attempts that fill no slot do not count, nor do missed slots")
    func outsideSlots() {
        var life = Life()
        let manual = World.dump(.failed, "2026-03-10T09:00:00Z", minutes: 1)
        life.judge("2026-03-10T12:00:00Z", [manual, Self.dump(.completed, 1), Life.before])
        #expect(life.counts() == [1, 0, 0])
        life.judge("2026-03-11T12:00:00Z", [manual, Self.dump(.completed, 1), Life.before])
        #expect(life.counts() == [2, 1, 0])
    }

    @Test("R28: a slot whose attempt left the list while it ran counts as failed only if the attempt returns and fails")
    func vanished() {
        var life = Life()
        life.judge("2026-03-10T00:05:00Z", [Self.dump(.inProgress), Life.before])
        var forgotten = life
        forgotten.judge("2026-03-10T01:10:00Z", [Life.before])
        #expect(forgotten.record.slots[.dump]?.unended == [])
        life.judge("2026-03-10T01:10:00Z", [Life.before], gone: [Self.dump(.inProgress)])
        #expect(life.counts() == [1, 0, 0])
        life.judge("2026-03-10T01:15:00Z", [Self.dump(.failed, 70), Life.before])
        #expect(life.counts() == [1, 0, 1])
    }

    @Test("R23, R28: an attempt that fills the slots of both types counts for both")
    func covered() {
        for (status, failed) in [(BackupStatus.failed, 1), (.completed, 0)] {
            var life = Life()
            var snapshot = BackupSchedule.daily(from: "2026-01-01T00:00:00Z")
            snapshot.type = .snapshot
            life.record.schedules?.append(snapshot)
            life.judge("2026-03-09T13:00:00Z", [Life.before])
            life.judge("2026-03-10T00:40:00Z", [Self.dump(.inProgress), Life.before])
            #expect(life.counts() == [1, 0, 0])
            #expect(life.counts(.snapshot) == [1, 0, 0])
            life.judge("2026-03-10T00:50:00Z", [Self.dump(status, 49), Life.before])
            #expect(life.counts() == [1, 0, failed])
            #expect(life.counts(.snapshot) == [1, 0, failed])
        }
    }
}
