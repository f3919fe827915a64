import Testing

@testable import Backups

/// What was judged stays judged.
@Suite struct DoubtOnceTests {
    @Test("R26, R30: a slot that was missed after the wait does not wait again")
    func once() {
        var world = World()
        world.listed.removeFirst()
        world.schedulesObserved = time("2026-03-09T08:00:00Z")
        world.judgedThrough = [.dump: time("2026-03-10T00:00:00Z")]
        world.missedSince = [.dump: time("2026-03-10T00:00:00Z")]
        for now in ["2026-03-10T01:30:00Z", "2026-03-10T02:00:00Z", "2026-03-10T23:00:00Z"] {
            world.observedAt = time(now)
            #expect(world.findings.map(\.kind) == [.slotsMissed, .tooOld], "\(now)")
        }
        // The slot of the next day waits by itself, and the row goes on.
        world.observedAt = time("2026-03-11T00:31:00Z")
        #expect(world.assessment.slots.map(\.isScheduleDoubtful) == [true])
        #expect(world.findings.map(\.kind).contains(.slotsMissed))
    }

    @Test("R72: after an observation that is in the future, the clock is not trusted until the next one")
    func clockSetBack() {
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "x"), firstSeen: at(0))
        record.lastObserved = time("2026-03-10T12:00:00Z")
        record.distrustFuture(now: time("2026-03-10T10:00:00Z"))
        #expect(record.lastObserved == time("2026-03-10T10:00:00Z"))
        #expect(record.remarks.clockAhead == hour * 2)
        #expect(!record.isClockTrusted)
        // Five minutes are no fault of a clock.
        record.remarks.clockAhead = .zero
        record.distrustFuture(now: time("2026-03-10T09:55:00Z"))
        #expect(record.isClockTrusted)
    }
}
