import Testing

@testable import Freshness

@Suite("What the sweep and the sentinel have a right to") struct SpendingTests {
    private static let budget = Plans.budget(500)
    /// One request in the six hours over which is averaged.
    private static let single = 1.0 / 21_600

    @Test("4 % of the allowance for what is left of the window, unless more than that was spent in the last hours")
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

    @Test("polls are averaged over six hours, those for a reason that names an addon")
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

    @Test("the census is made every half minute, and at once in another window or with another allowance")
    func census() {
        var census = Census()
        let begin = { (now: Double, left: Int, allowance: Int, reset: Double) in
            census.begin(now: now, budget: Plans.budget(allowance, left: left, reset: reset))
        }
        #expect(begin(0, 400, 500, 3600))
        #expect(!begin(1, 400, 500, 3599) && !begin(29.9, 390, 500, 3570))
        #expect(begin(30, 390, 500, 3570))
        #expect(!begin(31, 389, 500, 3569) && begin(32, 390, 500, 3568))
        #expect(begin(33, 390, 400, 3567))
        #expect(begin(63, 390, 400, 12))
        #expect(!begin(74.9, 390, 400, 0.1) && begin(75, 390, 400, 3600))
        #expect(census.next == 105 && census.reset == 3675)
    }

    @Test("the fewer requests are to spare for the expected ends, the longer they are waited for")
    func patience() {
        var census = Census()
        census.count([4, 6])
        #expect(census.polls == 10)
        #expect(census.adjust(spare: 20, kept: 20) == true)
        #expect(!census.isShort && census.patience == 0.6 && abs(census.slack - 0.02) < 1e-12)
        #expect(census.adjust(spare: 1000, kept: 20) == false)
        #expect(census.patience == 0.6)
        #expect(census.adjust(spare: 10, kept: 20) == true)
        #expect(census.isShort && census.patience == 0.8 && abs(census.slack - 0.11) < 1e-12)
        #expect(census.adjust(spare: -1, kept: 0) == true)
        #expect(census.isShort && census.patience == 1 && census.slack == 0.2)
        // Without expected ends one request to spare is enough.
        census.count([0, 0])
        #expect(census.adjust(spare: 1, kept: 0) == true)
        #expect(census.patience == 0.6)
    }
}
