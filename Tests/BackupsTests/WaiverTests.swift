import TestSupport
import Testing

@testable import Backups

@Suite struct WaiverTests {
    private let until = time("2026-03-10T18:00:00Z")

    private func waived(_ change: (inout World) -> Void = { _ in }) -> World {
        var world = World()
        world.objectives.decisions.waiver = Waiver(reason: "rebuilt from fixtures", owner: "ops", until: until)
        change(&world)
        return world
    }

    @Test("R93: a waiver holds up to its end, whatever is wrong; the findings stay")
    func ends() {
        let world = waived { $0.listed = [] }
        let verdict = world.verdict()
        #expect(verdict.state == .waived)
        #expect(verdict.waived == .never)
        #expect(verdict.findings.map(\.kind) == [.neverCompleted, .slotsMissed, .tooOld])
        let before = world.verdict(after: until - world.observedAt - .milliseconds(1), limit: day)
        #expect((before.state, before.waived) == (.waived, .never))
        let after = world.verdict(after: until - world.observedAt, limit: day)
        #expect((after.state, after.waived) == (.never, nil))
    }

    @Test(
        "R93: it comes before paused and ok, and hides what is unknown",
        arguments: [(false, Duration.zero, HealthState.ok), (true, .zero, .paused), (false, day, .unknown)])
    func states(isPaused: Bool, age: Duration, behind: HealthState) {
        let world = waived {
            $0.isPaused = isPaused
            $0.objectives.decisions.waiver?.until = time("2027-01-01T00:00:00Z")
        }
        let verdict = world.verdict(after: age)
        #expect((verdict.state, verdict.waived) == (.waived, behind))
    }

    @Test("R93: an addon that is gone is waived too; it needs a review when the waiver begins or ends")
    func review() throws {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        record.lastObserved = time(World.noon)
        _ = record.judge([], waived().objectives)
        record.noteAway(Absence(since: time(World.noon), isGone: true))
        var addon = Addon(record, nil, isCounting: true)
        addon.review(now: time(World.noon), limit: hour, zone: .utc)
        #expect((addon.verdict.state, addon.verdict.waived) == (.waived, .gone))
        #expect(!addon.needsReview(now: until.adding(milliseconds: -1), limit: hour))
        #expect(addon.needsReview(now: until, limit: hour))
        addon.review(now: until, limit: hour, zone: .utc)
        #expect(addon.verdict.state == .gone)
        #expect(addon.standing?.since == time(World.noon))
        #expect(!addon.needsReview(now: until, limit: hour))
        // Renewed by a reload.
        var objectives = waived().objectives
        objectives.decisions.waiver?.until = until + day
        _ = record.judge([], objectives)
        addon.take(Addon(record, nil, isCounting: true))
        #expect(addon.needsReview(now: until, limit: hour))
    }

    @Test("R93: a verdict that the waiver has hidden holds since it began")
    func since() throws {
        let failed = waived { $0.listed.insert(World.dump(.failed, "2026-03-10T11:00:00Z", minutes: 1), at: 0) }
        let hidden = Standing(failed.verdict(), after: nil, now: failed.observedAt)
        #expect((hidden.state, hidden.since) == (.waived, failed.observedAt))
        let shown = Standing(failed.verdict(after: hour * 6, limit: day), after: hidden, now: until)
        #expect((shown.state, shown.since) == (.failing, time("2026-03-10T11:01:00Z")))
    }

    @Test("What was decided stays the same object while it is equal")
    func remembered() throws {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        _ = record.judge([], Objectives())
        #expect(record.decisions == nil)
        _ = record.judge([], waived().objectives)
        let first = try #require(record.decisions)
        #expect(first.value.waiver?.owner == "ops")
        _ = record.judge([], waived().objectives)
        #expect(record.decisions === first)
        _ = record.judge([], Objectives())
        #expect(record.decisions == nil)
    }
}
