import Backups
import Testing

@testable import Freshness

@Suite("The plan's expectations from an addon's past backups") struct EntryTests {
    private static func entry(_ from: Double, _ lags: [Double], isRunning: Bool = false) -> Entry {
        var entry = Entry()
        entry.wasPolled = true
        entry.outlook = Outlook(expected: [.init(from: from, lag: Spread(lags), isRunning: isRunning)])
        return entry
    }

    @Test("the remaining durations stand for equal shares")
    func rest() {
        func shares(_ lags: [Double], after time: Double) -> [Double] {
            var shares: [Double] = []
            Rest(.init(from: 100, lag: Spread(lags)), after: time).forEachShare { lag, weight in
                shares.append(lag)
                shares.append(weight)
            }
            return shares
        }
        #expect(shares((1...10).map { Double($0) }, after: 90) == [2, 0.2, 4, 0.2, 6, 0.2, 8, 0.2, 10, 0.2])
        #expect(shares([5, 7], after: 100) == [5, 0.5, 7, 0.5])
        #expect(shares([5, 7], after: 105) == [7, 1])
        #expect(shares([5, 7], after: 107) == [])
    }

    @Test(
        "the likely end is the median of the remaining durations, or the time at which the backup was last seen to run")
    func estimatedEnd() {
        var entry = Self.entry(1000, [10, 20, 30, 40])
        #expect(entry.estimatedEnd == 1020)
        entry.lastPoll = 1020
        #expect(entry.estimatedEnd == 1030)
        entry.saw(isBusy: true, now: 1035)
        #expect(entry.estimatedEnd == 1040)
        entry.saw(isBusy: true, now: 1050)
        #expect(entry.estimatedEnd == 1050)
        entry.saw(isBusy: false, now: 1060)
        #expect(entry.estimatedEnd == 1030)
        entry.outlook = Outlook()
        #expect(entry.estimatedEnd == nil)
    }

    @Test("a backup that runs is expected from its slot until twice its longest duration and a minute have passed")
    func isExpected() {
        let entry = Self.entry(1000, [10, 40])
        #expect([999, 1000, 1140, 1141].map { entry.isExpected(now: $0) } == [false, true, true, false])
    }

    @Test("an idle addon has probably ended when half of the past durations have passed")
    func hasProbablyEnded() {
        var entry = Self.entry(1000, [10, 20, 30, 40])
        #expect([990, 1019, 1020].map { entry.hasProbablyEnded(now: $0) } == [false, false, true])
        // A poll since the slot has shown more.
        entry.lastPoll = 1000
        #expect(!entry.hasProbablyEnded(now: 1050))
        entry = Self.entry(1000, [5000], isRunning: true)
        entry.lastPoll = 1010
        #expect(entry.hasProbablyEnded(now: 1011))
        // A poll for it that showed nothing is not sent twice.
        #expect(entry.learn(nil, .sweep) == false)
        #expect(entry.hasProbablyEnded(now: 1011))
        #expect(entry.learn(nil, .slot) == false)
        #expect(!entry.hasProbablyEnded(now: 1011))
    }

    @Test("polls for an expected end have growing gaps until something changes")
    func gaps() {
        let outlook = Outlook(expected: [.init(from: 1000, lag: Spread([1]))])
        var entry = Entry()
        entry.lastPoll = 1000
        func gap() -> Double? {
            entry.pollTime(isTrusted: false, patience: 1, slack: 0).map { $0 - 1000 }
        }
        #expect(entry.learn(outlook, .slot) == false)
        #expect(gap() == 15)
        let gaps = (1...11).map { _ in
            _ = entry.learn(outlook, .slot)
            return gap()
        }
        #expect(gaps == [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 7680, 7680])
        _ = entry.learn(outlook, .webhook)
        #expect(gap() == 7680)
        let running = Outlook(expected: [.init(from: 1000, lag: Spread([1]), isRunning: true)])
        #expect(entry.learn(running, .slot) == false)
        #expect(gap() == 15)
        _ = entry.learn(running, .slot)
        #expect(entry.learn(Outlook(expected: running.expected, lastEnd: 990), .slot) == true)
        #expect(gap() == 15)
        #expect(entry.learn(Outlook(expected: running.expected, lastEnd: 990), .slot) == false)
        #expect(gap() == 30)
        #expect(entry.learn(Outlook(), .slot) == false)
        #expect(gap() == nil)
    }

    @Test("an end that a webhook will report is waited for")
    func trusted() {
        let entry = Self.entry(1000, [80, 100])
        #expect(entry.pollTime(isTrusted: true, patience: 1, slack: 0) == 1185)
        #expect(entry.pollTime(isTrusted: false, patience: 1, slack: 0.1) == 1112)
        #expect(entry.pollTime(isTrusted: false, patience: 0.5, slack: 0) == 1082)
    }
}
