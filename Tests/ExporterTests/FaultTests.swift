import NorthflankSimulator
import Settings
import TestSupport
import Testing

@testable import Exporter

/// What each fault of the API does to the samples: one good collection, then one with the fault, then a good one.
@Suite struct FaultTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let fault: Fault.Kind
        let reason: String
        /// What stands in the label `code`.
        let code: String
        var testDescription: String { reason + " " + code }
    }

    static let cases: [Case] = [
        .init(fault: .status(401), reason: "unauthorized", code: "401"),
        .init(fault: .status(403), reason: "forbidden", code: "403"),
        .init(fault: .status(404), reason: "not_found", code: "404"),
        .init(fault: .status(404, body: .html), reason: "client_error", code: "404"),
        .init(fault: .status(400), reason: "client_error", code: "400"),
        .init(fault: .status(500), reason: "unavailable", code: "500"),
        .init(fault: .status(502, body: .html), reason: "unavailable", code: "502"),
        .init(fault: .status(503, body: .empty), reason: "unavailable", code: "503"),
        .init(fault: .redirect(location: "http://127.0.0.1:1/"), reason: "client_error", code: "302"),
        .init(fault: .cutBody, reason: "connect", code: "error"),
        .init(fault: .truncatedJSON, reason: "decode", code: "200"),
        .init(fault: .malformedJSON, reason: "decode", code: "200"),
        .init(fault: .htmlPage, reason: "decode", code: "200"),
        .init(fault: .wrongTypes(.fields), reason: "decode", code: "200"),
        .init(fault: .wrongTypes(.list), reason: "decode", code: "200"),
        .init(fault: .wrongTypes(.data), reason: "decode", code: "200"),
        .init(fault: .wrongTypes(.pagination), reason: "decode", code: "200"),
        .init(fault: .repeatingCursor, reason: "pagination", code: "200"),
        .init(fault: .endlessPages, reason: "pagination", code: "200"),
        .init(fault: .oversizedBody(bytes: 9_000_000), reason: "decode", code: "error"),
    ]

    private static let backup = SimulatedBackup(
        id: "b", createdAt: "2026-01-02T00:00:00Z", completedAt: "2026-01-02T01:00:00Z", size: "99")

    private static func simulator(count: Int = 1) -> Simulator {
        let addons = ["orders-db", "carts-db"].prefix(count).map { SimulatedAddon(id: $0, backups: [backup]) }
        return Simulator(fleet: [.shop(addons)], now: { SimulatedExporter.now })
    }

    @Test("the last good samples stay, up is 0, and the reason is counted", arguments: cases)
    func fault(_ each: Case) async throws {
        try await withSimulator(Self.simulator()) { simulator, url in
            let exporter = try SimulatedExporter(url)
            let good = await exporter.collect()
            #expect(good.isComplete)
            let scope = Fault.Scope(endpoint: .backups, project: "shop", addon: "orders-db")
            await simulator.setFaults([Fault(each.fault, scope: scope)])
            let bad = await exporter.collect()

            #expect(!bad.isComplete)
            #expect(bad.samples.addon("up") == "0")
            var kept = bad.samples.all(of: "orders-db")
            let error =
                #"northflank_addon_last_error_info{account="acme",project="shop",addon="orders-db",reason="\#(each.reason)"}"#
            #expect(kept.removeValue(forKey: error) == "1")
            kept[#"northflank_addon_up{account="acme",project="shop",addon="orders-db"}"#] = "1"
            #expect(kept == good.samples.all(of: "orders-db"))
            #expect(bad.samples.account("api_errors_total", #",reason="\#(each.reason)""#) == "1")
            let code = bad.samples.account("api_requests_total", #",endpoint="backups",code="\#(each.code)""#)
            #expect(code != nil && code != "0")
        }
    }

    @Test("a refusal for too many requests keeps the last good samples, too")
    func rateLimited() async throws {
        try await withSimulator(Self.simulator()) { simulator, url in
            // The lists, which are read at the same time, wait for as long as the refusal says.
            let exporter = try SimulatedExporter(url, time: ManualTime(.jumping))
            let good = await exporter.collect()
            let scope = Fault.Scope(endpoint: .backups, project: "shop", addon: "orders-db")
            await simulator.setFaults([Fault(.status(429, retryAfter: "3000"), scope: scope)])
            let bad = await exporter.collect()

            #expect(!bad.isComplete)
            #expect(bad.samples.addon("up") == "0")
            let observed = "last_observed_timestamp_seconds"
            #expect(good.samples.addon(observed) != nil)
            #expect(bad.samples.addon(observed) == good.samples.addon(observed))
            #expect(bad.samples.addon("backups", "orders-db", #",status="completed""#) == "1")
            #expect(bad.samples.account("api_errors_total", #",reason="rate_limited""#) == "1")
            #expect(bad.samples.account("api_requests_total", #",endpoint="backups",code="429""#) == "1")
        }
    }

    @Test("an addon that fails does not hold back another, and comes back")
    func recovery() async throws {
        try await withSimulator(Self.simulator(count: 2)) { simulator, url in
            let exporter = try SimulatedExporter(url)
            let scope = Fault.Scope(endpoint: .backups, project: "shop", addon: "orders-db")
            await simulator.setFaults([Fault(.status(500), scope: scope)])
            let bad = await exporter.collect()
            #expect(bad.samples.addon("up", "carts-db") == "1")
            #expect(bad.samples.addon("up", "orders-db") == "0")
            // It was never seen, so nothing is known of it but what lists say.
            let families = Set(bad.samples.all(of: "orders-db").keys.map { String($0.prefix { $0 != "{" }) })
            #expect(
                families == [
                    "northflank_addon_backup_health", "northflank_addon_backup_finding_since_timestamp_seconds",
                    "northflank_addon_backup_outcomes_total",
                    "northflank_addon_info", "northflank_addon_last_error_info", "northflank_addon_paused",
                    "northflank_addon_up",
                ])
            #expect(bad.samples.addon("backup_health", "orders-db", #",state="unknown""#) == "1")
            await simulator.setFaults([])
            let good = await exporter.collect()
            #expect(good.isComplete)
            #expect(good.samples.addon("up", "orders-db") == "1")
        }
    }

    @Test("temporary failures are tried again")
    func retries() async throws {
        try await withSimulator(Self.simulator()) { simulator, url in
            await simulator.setFaults([Fault(.status(503), scope: .init(endpoint: .backups), times: 2)])
            let collected = try await SimulatedExporter(url, attempts: 4).collect()
            #expect(collected.isComplete)
            #expect(collected.samples.account("api_retries_total", #",reason="unavailable""#) == "2")
            #expect(collected.samples.account("api_errors_total", #",reason="unavailable""#) == "0")
            #expect(collected.samples.account("api_requests_total", #",endpoint="backups",code="200""#) == "1")
        }
    }

    @Test("no server listens")
    func refused() async throws {
        let collected = try await SimulatedExporter("http://127.0.0.1:1") {
            $0.addons = [Target(project: "shop", addon: "orders-db")]
            $0.discovery.enabled = false
        }.collect()
        #expect(!collected.isComplete)
        #expect(collected.samples.addon("up") == "0")
        #expect(collected.samples.account("api_requests_total", #",endpoint="backups",code="error""#) == "1")
    }

    @Test("a token that the API does not take leaves the addons up at 0 and says why")
    func wrongToken() async throws {
        try await withSimulator(Self.simulator()) { _, url in
            let collected = try await SimulatedExporter(url, token: "wrong") {
                $0.addons = [Target(project: "shop", addon: "orders-db")]
            }.collect()
            #expect(collected.samples.addon("up") == "0")
            #expect(collected.samples.account("exporter_discovery_up") == "0")
            #expect(collected.samples.account("api_errors_total", #",reason="unauthorized""#) == "3")
        }
    }
}
