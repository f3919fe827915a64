import Testing

@testable import Backups

/// What was kept of an addon in March, by its history.
@Suite struct ReportedAddonTests {
    /// A dump of every day from 28 February to 10 March, without some days of March.
    private static func world(without days: Int...) -> PastWorld {
        var world = PastWorld()
        world.backups = PastWorld.dumps(0...10).filter { known in
            !days.contains { PastWorld.dumps($0...$0)[0].backup.createdAt == known.backup.createdAt }
        }
        return world
    }

    private static func report(_ world: PastWorld, _ range: Range<Timestamp> = PastWorld.range) -> ReportedAddon? {
        ReportedAddon(world.past, zone: .utc, zones: { _ in .utc }, in: range)
    }

    private static func outside(_ world: PastWorld) -> Int64? { report(world)?.share.outside.milliseconds }

    @Test("Every slot kept")
    func kept() throws {
        let report = try #require(Self.report(Self.world()))
        #expect(report.slots == [.dump: .init(kept: 10)])
        #expect(report.observed == hour * 228)
        #expect(report.watchedSince == time("2026-03-01T00:00:00Z"))
        #expect(report.share == .init(within: hour * 228, outside: .zero))
        #expect(report.isProtected == true)
        #expect(report.breach == nil)
        #expect((report.restorablePoints, report.oldestPointAge) == (11, day * 10 + .seconds(42_595)))
        #expect(
            report.recoveryPoint
                == RecoveryPoint(
                    p50: .known(.seconds(41_040)), p95: .known(.milliseconds(81_907_223)), worst: .known(day),
                    worstEnded: time("2026-03-10T00:10:05Z"), without: .zero))
        #expect((report.waivers, report.goneSince, report.notJudged) == ([], nil, nil))
    }

    @Test("A missed slot: the age is too high from its limit to the next backup")
    func missed() throws {
        let report = try #require(Self.report(Self.world(without: 4)))
        #expect(report.allSlots == .init(kept: 9, missed: 1))
        #expect(report.share.outside == .milliseconds(84_599_999))
        #expect(
            report.breach
                == .init(type: .dump, age: day * 2, limit: hour * 24 + minute * 30, ended: time("2026-03-05T00:10:05Z"))
        )
        #expect(report.recoveryPoint?.worst == .known(day * 2))
        #expect(report.isProtected == false)
        // One that goes on has no end.
        let last = try #require(Self.report(Self.world(without: 9, 10)))
        #expect(last.breach?.ended == nil)
        #expect(last.recoveryPoint?.worstEnded == nil)
        #expect(last.recoveryPoint?.worst == .known(hour * 59 + .seconds(2995)))
    }

    @Test("A range in the past knows nothing of what came later")
    func earlier() throws {
        let range = time("2026-03-02T00:00:00Z")..<time("2026-03-04T00:00:00Z")
        let report = try #require(Self.report(Self.world(), range))
        #expect(report.allSlots == .init(kept: 2))
        #expect(report.observed == day * 2)
        #expect(report.restorablePoints == 4)
        #expect(Self.report(Self.world(), time("2026-02-01T00:00:00Z")..<time("2026-03-01T00:00:00Z")) == nil)
        #expect(Self.report(Self.world(), time("2026-03-10T12:00:00Z")..<time("2026-04-01T00:00:00Z")) == nil)
        var world = Self.world()
        world.lastObserved = nil
        #expect(Self.report(world) == nil)
    }

    @Test("Failed and aborted attempts, and those of which the end is not known")
    func failed() {
        var world = Self.world(without: 3, 4, 5)
        world.backups += PastWorld.dumps(3...3, .failed) + PastWorld.dumps(4...4, .aborted)
        world.backups += PastWorld.dumps(5...5, .inProgress, gone: "2026-03-06T00:00:00Z", minutes: nil)
        #expect(Self.report(world)?.allSlots == .init(kept: 7, failed: 2, notJudged: 1))
        #expect(Self.report(world)?.allSlots.due == 10)
    }

    @Test("A backup that left the list is no restorable point from then on")
    func gone() throws {
        var world = Self.world()
        let index = world.backups.firstIndex { $0.backup.createdAt == time("2026-03-05T00:00:05Z") }
        world.backups[try #require(index)].goneAt = time("2026-03-05T12:00:00Z")
        // The one of the day before is too old already.
        #expect(Self.outside(world) == 43_805_000)
        #expect(Self.report(world)?.recoveryPoint?.worst == .known(day * 2))
        #expect(Self.report(world)?.restorablePoints == 10)
        #expect(Self.report(world)?.allSlots == .init(kept: 10))
        for index in world.backups.indices { world.backups[index].goneAt = time("2026-03-10T11:00:00Z") }
        #expect(Self.outside(world) == 3_600_000)
        #expect(Self.report(world)?.recoveryPoint?.worst == RecoveryPoint.Age.nothing)
        #expect(Self.report(world)?.recoveryPoint?.without == hour)
    }

    @Test("The stricter of slots and max_age, from when on it was decided")
    func decided() {
        var world = Self.world()
        world.note("2026-03-01T00:00:00Z", .decisions(Decisions()))
        var strict = Decisions()
        strict.maxAge = hour * 2
        world.note("2026-03-05T00:00:00Z", .decisions(strict))
        #expect(Self.outside(world) == 431_999_994)
        strict.maxAge = day + .milliseconds(-1)
        world.changes[1].fact = .decisions(strict)
        // Six teeth of exactly a day, the first of which began before: the age of a day is reached, and not exceeded.
        #expect(Self.outside(world) == 0)
        strict.maxAge = day + .milliseconds(-2)
        world.changes[1].fact = .decisions(strict)
        #expect(Self.outside(world) == 6)
        // A kind that has no schedule, and no backup.
        strict.maxAge = day
        strict.required = [.snapshot]
        world.changes[1].fact = .decisions(strict)
        #expect(Self.outside(world) == 475_200_000)
    }

    @Test("Waived and paused time does not count")
    func waived() throws {
        var world = Self.world(without: 4, 5)
        var decided = Decisions()
        world.note("2026-03-01T00:00:00Z", .decisions(decided))
        decided.waiver = Waiver(reason: "copy", owner: "ops", until: time("2026-03-06T00:00:00Z"))
        world.note("2026-03-04T00:00:00Z", .decisions(decided))
        let waived = try #require(Self.report(world))
        #expect(waived.share.outside == .seconds(605))
        #expect(waived.allSlots == .init(kept: 8))
        #expect(
            waived.waivers == [
                WaiverPeriod(
                    reason: "copy", owner: "ops", from: time("2026-03-04T00:00:00Z"),
                    until: time("2026-03-06T00:00:00Z"))
            ])
        // Taken back: in force up to then.
        world.note("2026-03-05T00:00:00Z", .decisions(nil))
        #expect(Self.report(world)?.waivers.map(\.end) == [time("2026-03-05T00:00:00Z")])
        #expect(Self.report(world)?.allSlots == .init(kept: 8, missed: 1))
        // Renewed: one waiver.
        decided.waiver?.until = time("2026-05-01T00:00:00Z")
        world.changes[2].fact = .decisions(decided)
        #expect(Self.report(world)?.waivers.map(\.until) == [time("2026-05-01T00:00:00Z")])
        #expect(Self.report(world)?.share.outside == .zero)
        // Waived all the time: nothing is judged.
        world.changes = [.init(at: time("2026-03-01T00:00:00Z"), fact: .decisions(decided))]
        #expect(Self.report(world)?.notJudged == .waived)
        #expect(Self.report(world)?.isProtected == nil)
        world = Self.world(without: 4, 5)
        world.note("2026-03-04T00:00:00Z", .paused(true))
        world.note("2026-03-05T12:00:00Z", .paused(false))
        let paused = try #require(Self.report(world))
        #expect(paused.share == .init(within: hour * 192, outside: .zero))
        #expect(paused.observed == hour * 228)
        #expect(paused.pauses == [time("2026-03-04T00:00:00Z")..<time("2026-03-05T12:00:00Z")])
        // After it the age counts from its end on.
        #expect(paused.recoveryPoint?.worst == .known(day))
    }

    @Test("Time without observation counts for nothing")
    func unobserved() throws {
        var world = Self.world(without: 5)
        world.unobserved = [time("2026-03-04T06:00:00Z")..<time("2026-03-06T06:00:00Z")]
        let report = try #require(Self.report(world))
        #expect(report.observed == hour * 180)
        #expect(report.unobserved == world.unobserved)
        // Its slots are judged, because their backups would still be listed.
        #expect(report.allSlots == .init(kept: 9, missed: 1))
        #expect(report.share == .init(within: hour * 180, outside: .zero))
        world.unobserved = [time("2026-03-01T00:00:00Z")..<time("2026-03-11T00:00:00Z")]
        world.schedules = []
        #expect(Self.report(world)?.notJudged == .notObserved)
        // Slots of which nothing is known prove nothing.
        world.schedules = PastWorld().schedules
        world.backups = []
        let silent = try #require(Self.report(world))
        #expect((silent.allSlots, silent.notJudged, silent.isProtected) == (.init(notJudged: 10), .notObserved, nil))
    }

    @Test(
        "Without a schedule and without max_age there is no objective; without a backup none of the time is within it")
    func none() throws {
        var world = Self.world()
        world.schedules = []
        #expect(Self.report(world)?.notJudged == .noObjective)
        #expect(Self.report(world)?.recoveryPoint?.worst == .known(day))
        world.decisions.maxAge = day
        #expect(Self.outside(world) == 0)
        world.schedules = PastWorld().schedules
        world.decisions.maxAge = nil
        world.backups = []
        let never = try #require(Self.report(world))
        #expect(never.share == .init(within: .zero, outside: hour * 228))
        #expect(never.allSlots == .init(missed: 10))
        #expect(never.recoveryPoint?.p50 == RecoveryPoint.Age.nothing)
        // Nothing was known of schedules in the first second.
        let schedules = world.schedules
        world.note("2026-03-01T00:00:00Z", .schedules(nil))
        world.note("2026-03-01T00:00:01Z", .schedules(schedules))
        #expect(Self.report(world)?.recoveryPoint?.without == hour * 228 - .seconds(1))
        world.changes = []
        // Nothing was missing before the first backup was due.
        world.schedules = [.daily(from: "2026-03-02T12:00:00Z")]
        #expect(Self.report(world)?.share == .init(within: .zero, outside: day * 7 + hour * 11 + minute * 30))
        #expect(Self.report(world)?.recoveryPoint?.without == day * 7 + hour * 11 + minute * 30)
    }

    @Test("An addon that went away is watched up to then, and nothing of it can be restored")
    func away() throws {
        var world = Self.world()
        let away = Absence(since: time("2026-03-08T00:00:00Z"), isGone: true)
        world.note("2026-03-08T00:10:00Z", .absence(away))
        let gone = try #require(Self.report(world))
        #expect(gone.goneSince == away.since)
        #expect((gone.observed, gone.restorablePoints, gone.allSlots) == (day * 7, 0, .init(kept: 7)))
        world.changes[0].fact = .absence(Absence(since: away.since, isGone: false))
        #expect(Self.report(world)?.goneSince == nil)
        #expect(Self.report(world)?.isLeftOut == true)
        #expect(Self.report(world)?.restorablePoints == 11)
    }

    @Test("Restores: the last, the age of what it proved, the longest gap, and since when one is overdue")
    func restores() {
        var world = Self.world()
        #expect(Self.report(world)?.restores == RestoreFigures())
        world.pastRestores = [
            PastRestore(end: time("2026-03-06T12:00:00Z"), hasCompleted: false),
            PastRestore(
                end: time("2026-03-04T12:00:00Z"), hasCompleted: true, duration: hour, backup: "b",
                backupCreatedAt: time("2026-03-04T01:00:00Z")),
        ]
        #expect(
            Self.report(world)?.restores
                == RestoreFigures(last: time("2026-03-04T12:00:00Z"), ageOfProven: hour * 10, longestGap: day * 6))
        world.decisions.restoreEvery = day * 6
        #expect(Self.report(world)?.restores.isKept == true)
        world.decisions.restoreEvery = day * 6 + .milliseconds(-1)
        #expect(Self.report(world)?.restores.overdueSince == time("2026-03-10T11:59:59.999Z"))
        #expect(Self.report(world)?.isProtected == false)
        // A backup that was too old proves nothing.
        world.decisions.maxAge = hour * 9
        #expect(Self.report(world)?.restores.last == nil)
        #expect(Self.report(world)?.restores.longestGap == day * 9 + hour * 12)
    }

    @Test("Restores that were never read keep no rule, and break it when its time is over")
    func unreadRestores() {
        var world = Self.world()
        world.knowsRestores = false
        world.decisions.restoreEvery = day * 10
        #expect(Self.report(world)?.restores.isKept == nil)
        world.decisions.restoreEvery = day * 9
        #expect(Self.report(world)?.restores.isKept == false)
        world.decisions.restoreEvery = nil
        #expect(Self.report(world)?.restores.isKept == nil)
    }

    @Test("Backups that were removed early in the range")
    func removed() {
        var world = Self.world()
        world.note("2026-02-01T00:00:00Z", .removedEarly([.dump: 2]))
        #expect(Self.report(world)?.removedEarly == 0)
        world.note("2026-03-04T00:00:00Z", .removedEarly([.dump: 3, .snapshot: 4]))
        world.note("2026-03-11T00:00:00Z", .removedEarly([.dump: 9, .snapshot: 4]))
        #expect(Self.report(world)?.removedEarly == 5)
        #expect(Self.report(world)?.isProtected == false)
        // The first record of an earlier history is no removal in the range.
        world.changes = [.init(at: time("2026-03-04T00:00:00Z"), fact: .removedEarly([.dump: 3]))]
        #expect(Self.report(world)?.removedEarly == 0)
    }
}
