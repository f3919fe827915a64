import Backups
import History
import Northflank
import NorthflankSimulator
import Synchronization
import TestSupport
import Testing

@testable import Exporter
@testable import Settings

/// What a restart keeps, with a history in a file.
struct RestartTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.file("state/history.sqlite") }

    init() throws { directory = try TemporaryDirectory() }

    private func outcomes(_ samples: Samples) -> [String?] {
        ["completed", "failed", "aborted", "not-supported"].map {
            samples.addon("backup_outcomes_total", "orders-db", #",status="\#($0)""#)
        }
    }

    @Test("all addons are shown at once with their last observation, before the first poll")
    func atOnce() async throws {
        let addons = [
            SimulatedAddon.addon("orders-db", Backup.daily(1...15)),
            .addon("carts-db", [.dump(.failed, "2027-01-15T07:00:00Z", minutes: 5)] + Backup.daily(1...15)),
        ]
        let before = try await SimulatedExporter.collectOnce(addons, state: path)
        #expect(before.addon("last_observed_timestamp_seconds") == "1800000000")

        try await SimulatedExporter.afterRestart(addons, state: path) { exporter, after in
            #expect(exporter.isReady)
            #expect(exporter.hasData)
            for addon in ["orders-db", "carts-db"] {
                #expect(after.addon("last_observed_timestamp_seconds", addon) == "1800000000")
                #expect(after.addon("up", addon) == nil)
                #expect(after.addon("backup_next_due_timestamp_seconds", addon, #",type="dump""#) == "1800057600")
            }
            #expect(after.addon("backups", "carts-db", #",status="failed""#) == "1")
            // An hour is too long for what was good, but what was bad still is.
            #expect(after.addon("backup_health", "orders-db", #",state="unknown""#) == "1")
            #expect(after.addon("backup_health", "carts-db", #",state="failing""#) == "1")
            #expect(after.account("exporter_requests_total", #",reason="new""#) == "0")
            // Apart from what time and polls make, all samples are the same.
            let changing = ["_up{", "_age_seconds{", "_health{", "_finding_since_"]
            func kept(_ samples: Samples) -> [String: String] {
                samples.values.filter { sample in
                    sample.key.hasPrefix("northflank_addon") && !changing.contains { sample.key.contains($0) }
                }
            }
            #expect(kept(after) == kept(before))
        }
    }

    @Test("the first backups do not count; later ones count once, over restarts and deletions")
    func outcomesCountOnce() async throws {
        let failed = Backup.dump(.failed, "2027-01-14T12:00:00Z", minutes: 1)
        let failedLater = Backup.dump(.failed, "2027-01-15T07:00:00Z", minutes: 1)
        let first = [failed] + Backup.daily(1...14)
        let second = [failedLater] + Backup.daily(15...15) + first
        func collect(_ backups: [Backup]) async throws -> [String?] {
            outcomes(
                try await SimulatedExporter.collectOnce([.addon("orders-db", backups)], state: path))
        }
        #expect(try await collect(first) == ["0", "0", "0", "0"])
        #expect(try await collect(second) == ["1", "1", "0", "0"])
        #expect(try await collect(second) == ["1", "1", "0", "0"])
        #expect(try await collect(Backup.daily(15...15)) == ["1", "1", "0", "0"])
        #expect(try await collect(second) == ["1", "1", "0", "0"])
    }

    @Test("a backup that was running when the exporter ended counts when it has ended")
    func runningOverRestart() async throws {
        func collect(_ newest: Backup) async throws -> [String?] {
            var newest = newest
            newest.identity = "newest"
            let addon = SimulatedAddon.addon("orders-db", [newest] + Backup.daily(1...14))
            return outcomes(try await SimulatedExporter.collectOnce([addon], state: path))
        }
        #expect(try await collect(.dump(.inProgress, "2027-01-15T07:00:00Z")) == ["0", "0", "0", "0"])
        #expect(try await collect(.dump(.aborted, "2027-01-15T07:00:00Z", minutes: 30)) == ["0", "0", "1", "0"])
        #expect(try await collect(.dump(.aborted, "2027-01-15T07:00:00Z", minutes: 30)) == ["0", "0", "1", "0"])
    }

    @Test("a slot missed before the first observation does not count; one missed later counts once")
    func missedSlots() async throws {
        func collect(day: Double) async throws -> [String?] {
            let samples = try await SimulatedExporter.collectOnce(
                [.addon("orders-db", Backup.daily(1...13))], state: path,
                time: StillTime(wall: Timestamp(seconds: SimulatedExporter.now + day * 86_400)))
            return ["consecutive_missed_slots", "missed_slots_total"].map {
                samples.addon("backup_\($0)", "orders-db", #",type="dump""#)
            }
        }
        #expect(try await collect(day: 0) == ["2", "0"])
        #expect(try await collect(day: 0) == ["2", "0"])
        #expect(try await collect(day: 1) == ["3", "1"])
        #expect(try await collect(day: 1) == ["3", "1"])
        #expect(try await collect(day: 3) == ["5", "3"])
    }

    @Test("an addon that was dropped before a restart does not return after it")
    func gone() async throws {
        let both = [SimulatedAddon.addon("carts-db", []), .addon("orders-db", Backup.daily(1...15))]
        _ = try await SimulatedExporter.collectOnce(both, state: path)
        // One of two addons: after the second reading without it, it is gone. It never had a backup.
        let once = try await SimulatedExporter.collectOnce([both[1]], state: path)
        #expect(once.all(of: "carts-db") != [:])
        let twice = try await SimulatedExporter.collectOnce([both[1]], state: path)
        #expect(twice.all(of: "carts-db") == [:])
        try await SimulatedExporter.afterRestart([both[1]], state: path) { _, after in
            #expect(after.all(of: "carts-db") == [:])
            #expect(after.addon("last_observed_timestamp_seconds") == "1800000000")
        }
    }

    @Test(
        "an addon that a filter or a shard left out returns as a new one: outcomes meanwhile do not count")
    func comesBack() async throws {
        let daily = Backup.daily(1...15)
        let failed = [1, 2].map { Backup.dump(.failed, "2027-01-15T0\($0):00:00Z", minutes: 1) }
        func collect(_ backups: [Backup], by change: (inout AccountConfiguration) -> Void = { _ in }) async throws
            -> Samples
        {
            try await SimulatedExporter.collectOnce([.addon("orders-db", backups)], state: path, change: change)
        }
        #expect(outcomes(try await collect(daily)) == ["0", "0", "0", "0"])
        #expect(outcomes(try await collect([failed[0]] + daily)) == ["0", "1", "0", "0"])
        #expect(try await collect(daily) { $0.discovery.addons.exclude = ["orders-*"] }.all(of: "orders-db") == [:])
        // Its old findings are not shown, whoever has seen it since.
        try await SimulatedExporter.afterRestart([.addon("orders-db", failed + daily)], state: path) { _, after in
            #expect(after.all(of: "orders-db") == [:])
        }
        #expect(outcomes(try await collect(failed + daily)) == ["0", "1", "0", "0"])
        let news = [Backup.dump(.aborted, "2027-01-15T07:30:00Z", minutes: 1)]
        #expect(outcomes(try await collect(news + failed + daily)) == ["0", "1", "1", "0"])
    }

    @Test("an addon that the configuration excludes, or of a removed account, does not return after a restart")
    func unwanted() async throws {
        let both = [SimulatedAddon.addon("carts-db", []), .addon("orders-db", Backup.daily(1...15))]
        _ = try await SimulatedExporter.collectOnce(both, state: path)
        try await SimulatedExporter.afterRestart(both, state: path) {
            $0.discovery.addons.exclude = ["carts-*"]
        } body: { _, after in
            #expect(after.all(of: "carts-db") == [:])
            #expect(after.all(of: "orders-db") != [:])
        }
        try await SimulatedExporter.afterRestart(both, state: path) {
            $0.name = "other"
        } body: { exporter, after in
            #expect(!exporter.hasData)
            #expect(!after.values.keys.contains { $0.contains(#"account="acme""#) })
        }
    }

    @Test("restores that are no longer collected are no longer shown")
    func restores() async throws {
        let restore = SimulatedRestore(
            id: "r", restoreTimestamp: "2027-01-10T10:00:00Z", completedAt: "2027-01-10T10:05:00Z", backupId: "b")
        let addon = [SimulatedAddon.addon("orders-db", Backup.daily(1...15), restores: [restore])]
        let before = try await SimulatedExporter.collectOnce(addon, state: path) { $0.restores = true }
        #expect(before.addon("restore_last_completed_timestamp_seconds") == "1799575500")
        for isOn in [true, false, true] {
            try await SimulatedExporter.afterRestart(addon, state: path) {
                $0.restores = isOn
            } body: { _, after in
                #expect(after.addon("restore_last_completed_timestamp_seconds") == (isOn ? "1799575500" : nil))
                #expect(after.addon("restores", "orders-db", #",status="completed""#) == (isOn ? "1" : nil))
            }
        }
    }

    @Test("an addon that a reload leaves out goes, and the others stay, even if the history is lost")
    func lostHistory() async throws {
        let both = [SimulatedAddon.addon("carts-db", []), .addon("orders-db", Backup.daily(1...15))]
        try await withSimulator(shop(both)) { _, url in
            let exporter = try SimulatedExporter(url)
            let before = await exporter.collect().samples
            exporter.exporter.history.close()
            let loaded = exporter.exporter.state.withLock { $0.loaded }
            var configuration = loaded.configuration
            configuration.accounts[0].discovery.addons.exclude = ["orders-*"]
            _ = exporter.exporter.prepare(
                LoadedConfiguration(
                    configuration: configuration, tokens: loaded.tokens, webhookTokens: [:], shard: .whole,
                    shardAddresses: nil))
            let after = exporter.samples
            #expect(after.all(of: "orders-db") == [:])
            #expect(after.all(of: "carts-db") == before.all(of: "carts-db"))
        }
    }

    @Test("what is decided anew is in the history at once, before anything is polled")
    func decidedAnew() async throws {
        let addon = [SimulatedAddon.addon("orders-db", Backup.daily(1...15), isScheduled: false)]
        let key = AddonKey(account: "acme", project: "shop", addon: "orders-db")
        _ = try await SimulatedExporter.collectOnce(addon, state: path)
        var policy = PolicyConfiguration(source: DecisionSource(key: "accounts[0].policies[0]"))
        let waiver = Waiver(reason: "moving", owner: "ops", until: Timestamp(seconds: 2e9))
        policy.decisions.waiver = waiver
        policy.sources[.waive] = policy.source
        for policies in [[policy], [policy], []] {
            try await SimulatedExporter.afterRestart(addon, state: path) {
                $0.policies = policies
            } body: { exporter, _ in
                let past = exporter.history.past(of: key, at: exporter.time.wall)
                let decided = past?.changes.compactMap { change in
                    if case .decisions(let decisions) = change.fact { .some(decisions?.waiver) } else { Waiver??.none }
                }
                #expect(past?.record.decisions?.value.waiver == (policies.isEmpty ? nil : waiver))
                #expect(decided?.last == .some(policies.isEmpty ? nil : waiver))
            }
        }
    }

    @Test("kept data is judged by the current objectives")
    func objectives() async throws {
        let addon = [SimulatedAddon.addon("orders-db", Backup.daily(1...15), isScheduled: false)]
        let before = try await SimulatedExporter.collectOnce(addon, state: path)
        #expect(before.addon("backup_health", "orders-db", #",state="unprotected""#) == "1")
        try await SimulatedExporter.afterRestart(addon, state: path) {
            $0.objective.maxAge = .seconds(3600)
        } body: { _, after in
            #expect(after.addon("backup_health", "orders-db", #",state="late""#) == "1")
            #expect(after.addon("backup_objective_seconds", "orders-db", #",type="any""#) == "3600")
        }
    }
}
