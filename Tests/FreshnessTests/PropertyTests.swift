import Backups
import SplitMix64
import Testing

@testable import Freshness

/// Whatever happens, in whatever order.
@Suite struct PropertyTests {
    /// A runner that answers in random order, late, wrongly or never until the end.
    private struct Chaos {
        var random: SplitMix64
        var plan: FreshnessPlan
        var now = 0.0
        var watched: Set<AddonKey> = []
        var open: [FreshnessPlan.Action] = []
        var left = 200
        var reset = 3600.0
        var log: [String] = []
        /// When each watched addon was polled last, or began to be watched.
        var polled: [AddonKey: Double] = [:]
        var longest = 0.0

        init(seed: Int) {
            random = SplitMix64(seed)
            var settings = FreshnessSettings(interval: .seconds(300), listInterval: .seconds(600))
            settings.restoresInterval = seed % 2 == 0 ? .seconds(7200) : nil
            plan = FreshnessPlan(settings: settings)
        }

        mutating func key() -> AddonKey {
            let number = random.below(30)
            return AddonKey(account: "acme", project: "p\(number % 3)", addon: "a\(number)")
        }

        mutating func outlook() -> Outlook {
            let expected = (0..<random.below(4)).map { _ in
                Outlook.Expected(
                    from: now + Double(random.below(8000)) - 4000,
                    lag: Spread((0..<random.below(6)).map { _ in Double(random.below(900)) }),
                    isRunning: random.below(3) == 0)
            }
            let end = random.below(2) == 0 ? now - Double(random.below(1000)) : nil
            return Outlook(expected: expected, lastEnd: end)
        }

        mutating func seen() -> Seen {
            let lastWhole = random.below(3) > 0 ? now - Double(random.below(200_000)) + 10_000 : nil
            return Seen(key: key(), pages: random.below(5), lastWhole: lastWhole)
        }

        mutating func watch() {
            watched = Set((0..<25).map { _ in key() })
            plan.watch(watched, seen: random.below(2) == 0 ? [seen(), seen()] : [])
            polled = polled.filter { watched.contains($0.key) }
            for key in watched where polled[key] == nil { polled[key] = now }
        }

        mutating func answer() {
            guard !open.isEmpty else { return }
            let works = random.below(8) > 0
            let action = open.remove(at: random.below(open.count))
            switch action {
            case .poll(let key, _, _):
                plan.polled(
                    key, pages: works ? 1 + random.below(4) : nil, isWhole: random.below(5) == 0 ? true : nil,
                    outlook: random.below(3) > 0 ? outlook() : nil, now: now)
            case .readSchedules(let key):
                plan.schedulesRead(key, worked: works, outlook: random.below(2) == 0 ? outlook() : nil, now: now)
            case .readRestores(let key): plan.restoresRead(key, worked: works, now: now)
            case .readProject(let name):
                let busy = Set((0..<random.below(6)).map { _ in key() })
                if works {
                    plan.sentinelRead(name, busy: busy, requests: 1 + random.below(2), now: now)
                } else {
                    plan.sentinelFailed(name, now: now)
                }
            case .readLists:
                let busy = Set((0..<random.below(6)).map { _ in key() })
                plan.listsRead(requests: 1 + random.below(5), busy: works ? ["p0": busy] : [:], now: now)
            case .wait: break
            }
        }

        mutating func step() {
            now += Double(random.below(2000)) / 100
            if now >= reset { (left, reset) = (200, now + 3600) }
            switch random.below(12) {
            case 0: _ = plan.hint(key(), random.below(2) == 0 ? .start : .end, now: now)
            case 1: if random.below(40) == 0 { watch() }
            case 2: plan.expect(key(), outlook(), now: now)
            case 3: _ = plan.wantSchedules(key(), now: now)
            case 5: if random.below(3) == 0 { left = max(0, left - 10) }
            default: answer()
            }
            #expect(plan.queueViolations() == [])
            take()
        }

        mutating func take() {
            for _ in 0..<100 {
                let budget = FreshnessPlan.Budget(allowance: 200, left: left, secondsToReset: reset - now)
                let action = plan.next(now: now, budget: budget, hasRoom: plan.inFlight < 5)
                log.append("\(now) \(action)")
                switch action {
                case .wait(let until):
                    #expect(until > now)
                    check(budget)
                    return
                case .poll(let key, _, _):
                    #expect(watched.contains(key))
                    #expect(!open.contains { if case .poll(key, _, _) = $0 { true } else { false } })
                    longest = max(longest, now - (polled[key] ?? now))
                    polled[key] = now
                case .readSchedules(let key), .readRestores(let key): #expect(watched.contains(key))
                case .readProject(let name):
                    #expect(watched.contains { $0.project == name })
                    #expect(!open.contains(action))
                case .readLists: #expect(!open.contains(.readLists))
                }
                #expect(left > 0)
                open.append(action)
                left -= 1
            }
            Issue.record("a hundred actions without a wait")
        }

        func check(_ budget: FreshnessPlan.Budget) {
            #expect(plan.queueViolations() == [])
            #expect(open.count { $0 != .readLists } <= 5)
            #expect(plan.inFlight == open.count { $0 != .readLists })
            #expect(plan.count == watched.count)
            #expect(plan.intervalInForce(budget) >= .seconds(300) && plan.listIntervalInForce(budget) >= .seconds(600))
            let forecast = plan.forecast(now: now, budget: budget)
            #expect(forecast.requests.isFinite && forecast.requests >= 0)
        }
    }

    private static func run(seed: Int, steps: Int = 6000) -> Chaos {
        var chaos = Chaos(seed: seed)
        chaos.watch()
        for _ in 0..<steps { chaos.step() }
        return chaos
    }

    @Test("never too many at once, no addon twice, no unknown addon, no wait in the past", arguments: 1...4)
    func invariants(seed: Int) {
        let chaos = Self.run(seed: seed)
        #expect(chaos.now > 50_000)
        // 200 requests an hour for 25 addons or fewer: even the sweep's floor polls all within three hours or so.
        for (key, time) in chaos.polled { #expect(chaos.now - time < 3 * 3600, "\(key)") }
        #expect(chaos.longest < 3 * 3600)
    }

    @Test("the same events bring the same actions")
    func determinism() {
        #expect(Self.run(seed: 3, steps: 1000).log == Self.run(seed: 3, steps: 1000).log)
    }
}
