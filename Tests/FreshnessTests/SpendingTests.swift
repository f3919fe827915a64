import Backups
import Testing

@testable import Freshness

@Suite("The shares of the sweep and of the sentinel") struct SpendingTests {
    private static let budget = Plans.budget(500)
    /// One request in the six hours over which is averaged.
    private static let single = 1.0 / 21_600

    @Test("4 % of the allowance for the rest of the window, unless more than that was spent in the last hours")
    func kept() {
        var spending = Spending()
        #expect(spending.keptForSweep(Self.budget) == 20 && spending.keptForSentinel(Self.budget) == 20)
        #expect(spending.keptForSweep(Plans.budget(500, left: 3, reset: 1800)) == 10)
        for _ in 0..<119 { spending.countPoll(.sweep, now: 100) }
        #expect(spending.keptForSweep(Self.budget) == 20)
        for _ in 0..<3 { spending.countPoll(.sweep, now: 100) }
        #expect(spending.keptForSweep(Self.budget) == 0)
        #expect(spending.keptForSentinel(Self.budget) == 20)
        // Half of it is forgotten after six hours.
        spending.countPoll(.sweep, now: 21_700)
        #expect(spending.keptForSweep(Self.budget) == 20)
        for _ in 0..<122 { spending.countSentinelReading(now: 100) }
        #expect(spending.keptForSentinel(Self.budget) == 0)
    }

    @Test("polls for a reason that names an addon are averaged over six hours")
    func urgentRate() {
        var spending = Spending()
        for reason in PollReason.allCases { spending.countPoll(reason, now: 0) }
        #expect(abs(spending.urgentRate - 3 * Self.single) < 1e-12)
        spending.countPoll(.slot, now: 10_800)
        #expect(abs(spending.urgentRate - 3 * Self.single) < 1e-12)
        // A clock that goes backwards forgets nothing.
        spending.countPoll(.slot, now: 0)
        #expect(abs(spending.urgentRate - 4 * Self.single) < 1e-12)
    }
}
