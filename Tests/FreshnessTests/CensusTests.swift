import Backups
import Testing

@testable import Freshness

@Suite("The use of the rest of the window") struct CensusTests {
    private static let addons = (0..<50).map { "a\($0)" }
    private static let all = Plans.settings(interval: 300) {
        $0.usesSlots = true
        $0.usesWebhooks = true
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

    @Test("the forecast counts the expected requests, and has the time at which the budget will be used up")
    func forecast() throws {
        var plan = Plans.seen(Self.addons, Self.all, outlook: Plans.due(1000, [60]))
        let ample = Plans.budget(500, left: 400, reset: 3000)
        _ = Plans.begun(&plan, now: 600, budget: ample)
        let enough = plan.forecast(now: 600, budget: ample)
        #expect(enough.usedUpAt == nil)
        #expect(enough.requests > 50 && enough.requests <= 400)
        let need = Plans.budget(500, left: 45, reset: 2900)
        _ = Plans.take(&plan, now: 700, budget: need)
        let short = plan.forecast(now: 700, budget: need)
        #expect(short.requests > 45)
        // All of them end a minute after they are due.
        let time = try #require(short.usedUpAt)
        #expect((1060.0...1120.0).contains(time))
        // Half of them a quarter of an hour later: the first half fits.
        for addon in Self.addons.prefix(25) { plan.expect(Plans.key(addon), Plans.due(2000, [60]), now: 701) }
        _ = Plans.take(&plan, now: 740, budget: need)
        let later = try #require(plan.forecast(now: 740, budget: need).usedUpAt)
        #expect((2060.0...2120.0).contains(later))
    }

    @Test("the forecast is the sweep, the lists, the readings that were never made, and the expected polls")
    func evenForecast() throws {
        let addons = (0..<10).map { "a\($0)" }
        var plan = Plans.seen(addons)
        // 12 rounds of ten, and six readings of two lists.
        #expect(plan.forecast(now: 0, budget: Plans.ample) == .init(requests: 132, usedUpAt: nil))
        let few = Plans.budget(500, left: 100)
        _ = plan.next(now: 0, budget: few, hasRoom: false)
        #expect(plan.forecast(now: 0, budget: few) == .init(requests: 100, usedUpAt: nil))
        plan.watch(Set((addons + ["x", "y", "z"]).map { Plans.key($0) }))
        let forecast = plan.forecast(now: 0, budget: few)
        #expect(forecast.requests == 103)
        // A hundred in an hour, with three gone at once.
        let time = try #require(forecast.usedUpAt)
        #expect(abs(time - 3600 * 0.97) < 0.001)
    }

    /// The polls that a census counts half a minute after the addon was polled.
    private static func polls(_ outlook: Outlook, busy: Set<AddonKey> = []) -> Double {
        var plan = Plans.seen(
            ["a"], Plans.settings(interval: 100_000) { ($0.usesSlots, $0.usesSentinel) = (true, true) },
            outlook: outlook)
        plan.listsRead(requests: 2, busy: ["shop": busy], now: 0)
        _ = plan.next(now: 30, budget: Plans.ample, hasRoom: false)
        return plan.census.polls
    }

    @Test("a census counts one poll for each backup that ends in the window, and less if it is overdue")
    func counted() {
        #expect(Self.polls(Outlook()) == 0)
        #expect(Self.polls(Plans.due(100, [50])) == 1)
        #expect(Self.polls(Plans.due(3000, [60, 1200])) == 0.5)
        #expect(Self.polls(Plans.due(4000, [60])) == 0)
        // It was due 50 and 1030 seconds before, and takes longer than ever.
        #expect(Self.polls(Plans.due(-20, [10])) == 1)
        #expect(abs(Self.polls(Plans.due(-1000, [10])) - 60 / (1030 * 0.4)) < 1e-9)
    }

    @Test("a census counts a backup that only the sentinel sees")
    func surprise() {
        #expect(abs(Self.polls(Outlook(), busy: [Plans.key("a")]) - 1) < 1e-9)
        // It is due later, and is another one.
        #expect(abs(Self.polls(Plans.due(1000, [50]), busy: [Plans.key("a")]) - 2) < 1e-9)
        #expect(abs(Self.polls(Plans.due(-10, [500]), busy: [Plans.key("a")]) - 1) < 1e-9)
    }
}
