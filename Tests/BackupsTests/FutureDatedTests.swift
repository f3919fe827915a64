import TestSupport
import Testing

@testable import Backups

/// Backups that are dated after the time at which the list was read.
@Suite struct FutureDatedTests {
    /// Five minutes after noon are the limit.
    @Test(
        "R65: more than five minutes ahead",
        arguments: [("12:05:00.000", false), ("12:05:00.001", true)])
    func limit(date: String, isFuture: Bool) {
        var world = World()
        let dated = time("2026-03-10T\(date)Z")
        world.listed.append(World.dump(.completed, "2026-03-10T\(date)Z", size: 1000))
        #expect(world.findings == (isFuture ? [.futureDated(count: 1, latest: dated)] : []))
        let newest = world.assessment.summary.completed(.dump)?.newest.createdAt
        #expect(newest == (isFuture ? time("2026-03-10T00:00:05Z") : dated))
    }

    @Test("R65: by Northflank's clock", arguments: [(-60, "12:04:00", "12:04:01"), (20 * 60, "12:25:00", "12:25:01")])
    func clockAhead(seconds: Int64, last: String, first: String) {
        for (date, isFuture) in [(last, false), (first, true)] {
            var world = World()
            world.remarks.clockAhead = .seconds(seconds)
            world.listed.append(World.dump(.inProgress, "2026-03-10T\(date)Z"))
            #expect(world.findings.map(\.kind) == (isFuture ? [.futureDated] : []))
        }
    }

    @Test("R65: an end in the future counts like a creation")
    func end() {
        var world = World()
        world.listed = [
            World.dump(.completed, "2026-03-07T00:00:05Z", minutes: 10),
            World.dump(.completed, "2026-03-06T00:00:05Z", minutes: 7 * 1440),
        ]
        world.schedules = []
        world.objectives.decisions.maxAge = day
        #expect(
            world.findings == [
                .tooOld(type: nil, since: time("2026-03-07T00:10:05Z"), objective: day),
                .futureDated(count: 1, latest: time("2026-03-13T00:00:05Z")),
            ])
    }

    @Test(
        "R65: it hides no failure, no missed slot, no age, whatever its status",
        arguments: [
            BackupStatus.completed, .failed, .aborted, .inProgress, .scheduled, .aborting, .notSupported, .unknown,
        ])
    func hidesNothing(status: BackupStatus) {
        var world = World()
        world.listed =
            World.daily(["2026-03-07", "2026-03-06"]) + [World.dump(.failed, "2026-03-08T00:00:05Z", minutes: 1)]
        let before = world.assessment
        #expect(before.findings.map(\.kind) == [.attemptFailed, .slotsMissed, .tooOld])
        world.listed.append(World.dump(status, "2026-03-20T00:00:05Z"))
        let after = world.assessment
        #expect(after.findings == before.findings + [.futureDated(count: 1, latest: time("2026-03-20T00:00:05Z"))])
        #expect(after.failedInARow == before.failedInARow)
        #expect(after.slots == before.slots)
        #expect(after.unfinished == [])
        #expect(after.reach == before.reach)
        #expect(after.lastEnd == before.lastEnd)
        #expect(after.summary.completed(.dump) == before.summary.completed(.dump))
        #expect(after.summary.newestFailed == before.summary.newestFailed)
        #expect(after.summary.oldestUnfinished == nil)
        // It is in the list.
        #expect(after.summary.count(of: status) == before.summary.count(of: status) + 1)
        #expect(after.summary.count == 4)
    }

    @Test("R65: an addon with nothing else has no completed backup")
    func alone() {
        var world = World()
        world.listed = [
            World.dump(.completed, "2026-03-20T00:00:05Z"), World.dump(.inProgress, "2026-03-21T00:00:05Z"),
        ]
        #expect(
            world.findings.map(\.kind) == [.slotsMissed, .tooOld, .neverCompleted, .futureDated])
        #expect(world.findings.last == .futureDated(count: 2, latest: time("2026-03-21T00:00:05Z")))
    }

    @Test("it is judged anew when its date has come, and gone ones are no finding")
    func validity() {
        var world = World()
        world.schedules = []
        world.objectives.decisions.maxAge = day * 30
        world.listed.append(World.dump(.completed, "2026-03-12T00:00:00Z"))
        #expect(world.assessment.validity == time(World.noon)..<time("2026-03-11T23:55:00Z"))
        world.observedAt = time("2026-03-11T23:54:59.999Z")
        #expect(world.findings.map(\.kind) == [.futureDated])
        world.observedAt = time("2026-03-11T23:55:00Z")
        #expect(world.findings == [])
        world.observedAt = time(World.noon)
        world.gone = [world.listed.removeLast()]
        #expect(world.findings == [])
    }
}
