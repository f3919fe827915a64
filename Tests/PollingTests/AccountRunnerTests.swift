import Backups
import Freshness
import History
import Northflank
import Settings
import Synchronization
import TestSupport
import Testing

@testable import Polling

/// What a runner makes of an account's effects, and when it wakes the account.
@Suite(.timeLimit(.minutes(1)))
struct AccountRunnerTests {
    /// Time that writes down what the budget has left at each look at the uptime.
    private final class Witness: TimeSource {
        let time = ManualTime()
        private let seen = Mutex<[Int]>([])
        let budget = Mutex<BudgetGate?>(nil)

        var left: [Int] { seen.withLock { $0 } }
        var wall: Timestamp { time.wall }
        var uptime: Double {
            if let budget = budget.withLock({ $0 }) {
                let left = budget.withBudget { $0.left(now: 0) }
                seen.withLock { $0.append(left) }
            }
            return time.uptime
        }

        func sleep(until uptime: Double) async throws { try await time.sleep(until: uptime) }
    }

    @Test("with `once` every list is read once, each effect is carried out in its order, and the run ends by itself")
    func once() async {
        let bench = RunnerBench([], isDiscovering: true, readsRestores: false)
        let account = await bench.runOnce()
        // The look at the token is sent together with the list of projects.
        #expect(bench.log.lines.filter { $0.hasSuffix("auth") } == ["GET auth", "acme: 1 for auth"])
        #expect(
            bench.log.lines.filter { !$0.hasSuffix("auth") } == [
                "status of acme: 0 addons", "status of acme: 0 addons",
                "GET projects", "status of acme: 0 addons", "GET projects/shop/addons", "acme: 2 for lists",
                "info: discovery changed account=acme added=1 addons=1 removed=0",
                "publish db", "status of acme: 0 addons", "publish db", "ready", "status of acme: 1 addons",
                "GET projects/shop/addons/db/backups", "acme: 1 for new", "publish db, observed",
                "GET projects/shop/addons/db/backup-schedules", "acme: 1 for schedules",
                "info: state changed account=acme addon=db findings=no-objective from=ok project=shop to=unprotected",
                "publish db, observed",
            ])
        #expect(account.isFirstRoundDone)
        #expect(bench.time.sleeps == [1])
    }

    @Test("what is published has been kept")
    func kept() async {
        let bench = RunnerBench()
        let account = await bench.runOnce()
        let records = bench.history.load(at: bench.time.wall) { record, _ in record }
        #expect(records.map(\.key) == [RunnerBench.key("db")])
        #expect(records.first?.lastObserved == bench.time.wall)
        #expect(records.first?.schedules == [])
        var record = records.first
        record?.standing = bench.log.addons.last?.record?.standing
        #expect(bench.log.addons.last?.record == record)
        #expect(account.addons[RunnerBench.key("db")] == bench.log.addons.last)
    }

    @Test("a request counts in the budget when it is dispatched, before it is sent")
    func admission() async {
        let witness = Witness()
        let bench = RunnerBench(["a", "b", "c"], runnerTime: witness) { _ in .silence }
        witness.budget.withLock { $0 = bench.budget }
        let run = bench.start()
        for request in ["projects", "auth"] + ["a", "b", "c"].map({ "projects/shop/addons/\($0)/backups" }) {
            await bench.log.wait(for: "GET \(request)")
        }
        await witness.time.waitForSleepers()
        // To begin, the look at the budget, the tick, the five requests, and the timer.
        #expect(witness.left == [500, 500, 500, 500, 499, 498, 497, 496, 495])
        // The client does not count them again.
        #expect(bench.left == 495)
        run.cancel()
        _ = await run.value
    }

    @Test("a webhook leads to a poll at once, back to the newest backup that is known")
    func hint() async {
        let backups = "projects/shop/addons/db/backups"
        let polls = Atomic(0)
        let bench = RunnerBench { path in
            switch path {
            case backups:
                let first = polls.add(1, ordering: .relaxed).oldValue == 0
                let entry = ListJSON.backup(first ? "b2" : "b3", createdAt: "2025-12-3\(first ? 0 : 1)T00:00:00.000Z")
                let known = first ? [] : [ListJSON.backup("b2", createdAt: "2025-12-30T00:00:00.000Z")]
                return .ok(ListJSON.backups([entry] + known, hasNextPage: true, cursor: "next"))
            case "\(backups)?&cursor=next":
                return .ok(ListJSON.backups([ListJSON.backup("b1", createdAt: "2025-12-29T00:00:00.000Z")]))
            default: return nil
            }
        }
        let run = bench.start()
        await bench.log.wait(for: "acme: 2 for new")
        await bench.log.wait(for: "acme: 1 for schedules")
        bench.hints.continuation.yield(.event(RunnerBench.key("db"), .end))
        await bench.log.wait(for: "acme: 1 for webhook")
        bench.hints.continuation.yield(.event(RunnerBench.key("stranger"), .end))
        await bench.log.wait(for: "hint unknown")
        #expect(bench.log.lines.filter { $0.hasPrefix("hint") } == ["hint accepted", "hint unknown"])
        #expect(bench.log.lines.count { $0 == "GET \(backups)" } == 2)
        #expect(bench.log.lines.count { $0 == "GET \(backups)?&cursor=next" } == 1)
        run.cancel()
        let account = await run.value
        #expect(account.addons[RunnerBench.key("db")]?.summary?.count(of: .completed) == 3)
    }

    @Test("there is one timer, of a second, whatever happens meanwhile")
    func timer() async {
        let bench = RunnerBench()
        let run = bench.start()
        await bench.waitForFirstReadings()
        await bench.time.waitForSleepers()
        #expect(bench.time.sleeps == [1])
        for seconds in 2...4 {
            bench.time.advance(by: 1)
            await bench.time.waitForSleepers()
            #expect(bench.time.sleeps == Array(repeating: 1, count: seconds))
        }
        run.cancel()
        _ = await run.value
    }

    @Test("the timer is shorter if something is due sooner, and a poll follows")
    func shortTimer() async {
        let bench = RunnerBench(["a", "b", "c", "d"], interval: .seconds(1))
        bench.budget.withBudget {
            $0.observe(RateLimitHeaders(limit: 1_000_000, remaining: 1_000_000, reset: 3600), now: 1000)
        }
        let run = bench.start()
        await bench.waitForFirstReadings(addons: 4)
        await bench.time.waitForSleepers()
        bench.time.advance(by: 1)
        await bench.time.waitForSleepers()
        await bench.log.wait(for: "acme: 1 for sweep")
        #expect(bench.time.sleeps == [1, 0.25])
        bench.time.advance(by: 0.25)
        await bench.log.wait(for: "acme: 1 for sweep", times: 2)
        run.cancel()
        _ = await run.value
    }

    @Test("a run that is cancelled returns the account as it was, though requests are open")
    func cancelled() async {
        let bench = RunnerBench { _ in .silence }
        let run = bench.start()
        await bench.log.wait(for: "GET projects")
        await bench.log.wait(for: "GET projects/shop/addons/db/backups")
        let before = bench.log.lines.count
        run.cancel()
        let account = await run.value
        #expect(account.addons.keys.map(\.addon) == ["db"])
        #expect(account.addons[RunnerBench.key("db")]?.isUp == nil)
        #expect(bench.log.lines.count == before)
    }

    @Test("each step is a beat, and after the run there are none to miss")
    func pulse() async {
        let bench = RunnerBench { _ in .silence }
        let run = bench.start()
        await bench.time.waitForSleepers()
        bench.pulseTime.advance(by: 121)
        #expect(bench.pulse.standstills.map(\.account) == ["acme"])
        bench.time.advance(by: 1)
        await bench.time.waitForSleepers()
        #expect(bench.pulse.standstills.map(\.account) == [])
        run.cancel()
        _ = await run.value
        bench.pulseTime.advance(by: 121)
        #expect(bench.pulse.standstills.map(\.account) == [])
    }

    @Test("without further webhooks the run goes on")
    func hintsEnd() async {
        let bench = RunnerBench()
        bench.hints.continuation.finish()
        let run = bench.start()
        await bench.waitForFirstReadings()
        await bench.time.waitForSleepers()
        bench.time.advance(by: 300)
        await bench.log.wait(for: "acme: 1 for sweep")
        run.cancel()
        _ = await run.value
    }

    @Test("a poll that fails is logged with its account, and leaves the addon down")
    func failure() async {
        let bench = RunnerBench { path in path.hasSuffix("/backups") ? .failure(.refused) : nil }
        let run = bench.start()
        await bench.log.wait(for: "acme: 1 for new")
        await bench.time.waitForSleepers()
        run.cancel()
        let account = await run.value
        #expect(account.addons[RunnerBench.key("db")]?.isUp == false)
        #expect(
            bench.log.lines.filter { $0.hasPrefix("warning: ") } == [
                "warning: account cannot be read account=acme addons=1 error=the token is not sent to "
                    + "api.test (refused in a test) reason=connect remedy=use https in base_url since=2026-01-01T00:00:00Z"
            ])
    }
}
