import TestSupport
import Testing

@testable import Backups

/// What five minutes between the exporter's clock and Northflank's change.
@Suite struct ClockRuleTests {
    @Test(
        "R72: while the clocks differ by more than five minutes, nothing becomes late, never or stuck",
        arguments: [(300, true), (301, false), (-300, true), (-301, false)])
    func nothingBegins(seconds: Int64, begins: Bool) {
        func kinds(_ change: (inout World) -> Void) -> Set<FindingKind?> {
            var world = World()
            world.remarks.clockAhead = .seconds(seconds)
            change(&world)
            return Set(world.findings.map(\.kind))
        }
        #expect(kinds { $0.listed = [] } == (begins ? [.slotsMissed, .tooOld, .neverCompleted] : []))
        #expect(
            kinds { $0.listed += [World.dump(.inProgress, "2026-03-10T08:00:00Z")] } == (begins ? [.unfinished] : []))
        #expect(
            kinds {
                ($0.schedules, $0.objectives.decisions.maxAge) = ([], hour)
            } == (begins ? [.tooOld] : []))
        // What Northflank says does not depend on a clock.
        #expect(kinds { $0.listed += [World.dump(.failed, "2026-03-10T08:00:00Z")] } == [.attemptFailed])
    }

    @Test("R65: a backup is dated in the future if its creation or its end is more than five minutes ahead")
    func future() {
        for isEnd in [false, true] {
            for (milliseconds, isFuture) in [(Int64(300_000), false), (300_001, true)] {
                for ahead in [Duration.zero, minute * 4, minute * -4] {
                    var world = World()
                    world.remarks.clockAhead = ahead
                    let date = (world.observedAt + ahead).adding(milliseconds: milliseconds)
                    world.listed.append(
                        Backup(
                            identity: "f", status: .completed, type: .dump,
                            createdAt: isEnd ? time("2026-03-10T00:00:06Z") : date, completedAt: date, size: 1000))
                    #expect(world.findings == (isFuture ? [.futureDated(count: 1, latest: date)] : []))
                    #expect(world.assessment.summary.count(of: .completed) == 4)
                }
            }
        }
    }
}
