import Backups
import Fleet
import NorthflankSimulator
import Reports
import Settings
import TestSupport
import Testing

@testable import Exporter

/// Verdicts and what else is said of protection, from the API's lists to the page.
struct VerdictMetricsTests {
    private static let month = Backup.daily(1...15)
    private static let shrunk = Backup.dump(.completed, "2027-01-15T07:00:00Z", minutes: 1, size: 10)

    /// One addon for each state.
    private static let addons: [SimulatedAddon] = [
        .addon("ok", month),
        .addon("failing", [.dump(.failed, "2027-01-15T07:00:00Z", minutes: 5)] + month),
        .addon("late", Backup.daily(1...14)),
        .addon("stuck", [.dump(.inProgress, "2027-01-15T06:30:00Z")] + month),
        .addon("suspect", [shrunk] + month),
        .addon("never", []),
        .addon("unprotected", month, isScheduled: false),
        .addon("paused", Backup.daily(1...14), status: "paused"),
    ]

    @Test("each addon is in exactly one state, and the report says the same")
    func states() async throws {
        try await withSimulator(shop(Self.addons)) { _, url in
            let exporter = try SimulatedExporter(url)
            let collected = await exporter.collect()
            #expect(collected.isComplete)
            for addon in Self.addons.map(\.id) {
                for state in HealthState.allCases.map(\.rawValue) {
                    let value = collected.samples.addon("backup_health", addon, #",state="\#(state)""#)
                    #expect(value == (state == addon ? "1" : "0"), "\(addon) \(state)")
                }
            }
            let report = exporter.exporter.report()
            #expect(
                report.addons.map(\.addon) == [
                    "never", "failing", "stuck", "late", "suspect", "unprotected", "paused", "ok",
                ])
            #expect(report.addons.allSatisfy { $0.addon == $0.state })
            #expect(!report.isAllWell)
            let stuck = Finding.unfinished(
                type: .dump, since: time("2027-01-15T06:30:00Z"), limit: .seconds(3600))
            let now = Timestamp(seconds: SimulatedExporter.now)
            #expect(report.addons[2].findings.map(\.text) == [stuck.text(FindingContext(now: now))])
        }
    }

    @Test("the metrics of a schedule, for an addon that is late")
    func late() async throws {
        let samples = try await SimulatedExporter.collectOnce([.addon("orders-db", Backup.daily(1...14))], state: nil)
        func value(_ name: String, _ more: String = #",type="dump""#) -> String? {
            samples.addon("backup_\(name)", "orders-db", more)
        }
        #expect(value("objective_seconds") == "88200")
        #expect(value("next_due_timestamp_seconds") == "1800057600")
        #expect(value("consecutive_missed_slots") == "1")
        #expect(value("missed_slots_total") == "0")
        #expect(value("schedule_info", #",type="dump",interval="daily",schedule="daily""#) == "1")
        #expect(value("schedule_retention_seconds", #",schedule="daily""#) == "2592000")
        // Thirty days after the creation of the one of the 14th.
        #expect(value("expiry_timestamp_seconds") == "1802476805")
        #expect(value("expected_size_bytes", #",type="dump",bound="low""#) == "500")
        #expect(value("expected_size_bytes", #",type="dump",bound="high""#) == "1500")
        #expect(value("next_due_timestamp_seconds", #",type="snapshot""#) == nil)
        #expect(samples.addon("paused") == "0")
    }

    @Test(
        "a retention that no backup outlives is no crash, and no made-up instant",
        arguments: [1_000_000, 100_000_000_000_000])
    func endlessRetention(days: Int) async throws {
        var addon = SimulatedAddon.addon("orders-db", Self.month)
        addon.schedules[0].retentionDays = days
        let samples = try await SimulatedExporter.collectOnce([addon], state: nil)
        #expect(samples.addon("backup_health", "orders-db", #",state="ok""#) == "1")
        let expiry = samples.addon("backup_expiry_timestamp_seconds", "orders-db", #",type="dump""#)
        // A million days after the creation of the newest one, and nothing sooner.
        #expect((expiry.flatMap(Double.init) ?? .infinity) >= 88_199_971_205)
    }

    @Test("restores are collected only if they are configured")
    func restores() async throws {
        let restores = [
            SimulatedRestore(
                id: "r1", restoreTimestamp: "2027-01-10T10:00:00Z", completedAt: "2027-01-10T10:05:00Z",
                backupId: "b"),
            SimulatedRestore(id: "r2", status: "failed", restoreTimestamp: "2027-01-11T10:00:00Z", backupId: "b"),
        ]
        let addon = SimulatedAddon.addon("orders-db", Self.month, restores: restores)
        for isOn in [false, true] {
            let samples = try await SimulatedExporter.collectOnce([addon], state: nil) { $0.restores = isOn }
            #expect(
                samples.addon("restore_last_completed_timestamp_seconds") == (isOn ? "1799575500" : nil))
            #expect(samples.addon("restores", "orders-db", #",status="failed""#) == (isOn ? "1" : nil))
            let requests = samples.account("exporter_requests_total", #",reason="restores""#)
            #expect(requests == (isOn ? "1" : "0"))
        }
    }

    @Test("schedules that the token may not read leave addons unprotected, without other failures")
    func forbidden() async throws {
        try await withSimulator(shop([.addon("orders-db", Self.month)])) { simulator, url in
            await simulator.setFaults([Fault(.status(403), scope: .init(endpoint: .schedules))])
            let collected = try await SimulatedExporter(url).collect()
            #expect(collected.isComplete)
            #expect(collected.samples.addon("backup_health", "orders-db", #",state="unprotected""#) == "1")
            #expect(collected.samples.addon("up") == "1")
        }
    }

    @Test("once means each list once: addons, backups and schedules")
    func requests() async throws {
        try await withSimulator(shop(Self.addons)) { simulator, url in
            let samples = try await SimulatedExporter(url).collect().samples
            #expect(
                await simulator.requests.endpoints == [
                    "projects": 1, "addons": 1, "backups": 8, "backup-schedules": 8, "auth": 1,
                ])
            let counts = RequestPurpose.allCases.map {
                samples.account("exporter_requests_total", #",reason="\#($0.label)""#)
            }
            #expect(counts == ["8", "0", "0", "0", "0", "2", "0", "8", "0", "1"])
        }
    }
}
