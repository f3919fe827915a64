import Backups
import NorthflankSimulator
import Settings
import Testing

@testable import Exporter

/// The whole path from a page of JSON to samples, over real HTTP.
@Suite struct CollectionTests {
    private static let example = """
        {"data":{"backups":[{"id":"example-backup","name":"Example Backup","status":"completed",\
        "createdAt":"2021-01-20T11:19:53.175Z","completedAt":"2021-01-20T11:19:54.494Z",\
        "config":{"source":{"type":"snapshot"},"size":"1234","addonVersion":"4.4.8"}}]},\
        "pagination":{"hasNextPage":false,"count":1}}
        """

    private static func simulator(_ backups: [SimulatedBackup], options: SimulatorOptions = .init()) -> Simulator {
        let addon = SimulatedAddon(id: "orders-db", name: "Orders \"main\" DB", backups: backups)
        return Simulator(fleet: [.shop([addon])], options: options, now: { SimulatedExporter.now })
    }

    @Test("the API's example gives exactly these samples")
    func example() async throws {
        let samples = try await withSimulator(Self.simulator([])) { simulator, url in
            await simulator.setFaults([
                Fault(.canned(body: Array(Self.example.utf8)), scope: .init(endpoint: .backups))
            ])
            return try await SimulatedExporter(url).collect().samples
        }
        let base = #"{account="acme",project="shop",addon="orders-db""#
        var expected = [
            "northflank_addon_info\(base),project_name=\"The Shop\",addon_name=\"Orders \\\"main\\\" DB\","
                + "addon_type=\"postgresql\"}": "1",
            "northflank_addon_backup_last_completed_timestamp_seconds\(base),type=\"snapshot\"}": "1611141594.494",
            "northflank_addon_backup_last_completed_age_seconds\(base),type=\"snapshot\"}": "188858405.506",
            "northflank_addon_backup_last_completed_info\(base),type=\"snapshot\",addon_version=\"4.4.8\"}": "1",
            "northflank_addon_backup_last_completed_size_bytes\(base),type=\"snapshot\"}": "1234",
            "northflank_addon_backup_last_completed_duration_seconds\(base),type=\"snapshot\"}": "1.319",
            "northflank_addon_backup_oldest_completed_timestamp_seconds\(base),type=\"snapshot\"}": "1611141594.494",
            "northflank_addon_backup_stored_bytes\(base),type=\"snapshot\"}": "1234",
            "northflank_addon_up\(base)}": "1",
            "northflank_addon_paused\(base)}": "0",
            "northflank_addon_last_observed_timestamp_seconds\(base)}": "1800000000",
        ]
        expected["northflank_addon_backups\(base),status=\"failed\"}"] = "0"
        expected["northflank_addon_backups\(base),status=\"completed\"}"] = "1"
        // What was there at first is no news.
        for status in ["completed", "failed", "aborted", "not-supported"] {
            expected["northflank_addon_backup_outcomes_total\(base),status=\"\(status)\"}"] = "0"
        }
        for state in HealthState.allCases.map(\.rawValue) {
            // It has no schedule.
            expected["northflank_addon_backup_health\(base),state=\"\(state)\"}"] = state == "unprotected" ? "1" : "0"
        }
        expected["northflank_addon_backup_finding_since_timestamp_seconds\(base),finding=\"no-objective\"}"] =
            "1800000000"
        expected["northflank_addon_backup_consecutive_failed_attempts\(base),type=\"snapshot\"}"] = "0"
        #expect(samples.all(of: "orders-db") == expected)
    }

    @Test("fields that the API leaves out or renames do not affect other fields")
    func oddities() async throws {
        let backups: [SimulatedBackup] = [
            .init(id: "a", status: "completed", createdAt: "2026-01-03T00:00:00.000Z", completedAt: nil, size: 7),
            .init(
                id: "b", uid: "u-b", status: "completed", createdAt: "2026-01-02T00:00:00Z",
                completedAt: "2026-01-02T01:00:00Z", source: nil, size: "x"),
            .init(id: "c", status: "teleported", createdAt: "2026-01-04T00:00:00Z", completedAt: .null),
            .init(id: "d", status: "failed", createdAt: "2026-01-05T00:00:00Z", completedAt: ""),
            .init(
                id: "e", status: "completed", createdAt: "2026-01-06T00:00:00Z",
                completedAt: "2026-01-06T00:00:01Z", source: "fileUpload", size: "0"),
            .init(id: "f", status: "in-progress", createdAt: "2026-01-07T00:00:00Z", completedAt: nil),
        ]
        let samples = try await withSimulator(Self.simulator(backups)) { _, url in
            try await SimulatedExporter(url).collect().samples
        }
        func timestamp(_ type: String) -> String? {
            samples.addon("backup_last_completed_timestamp_seconds", "orders-db", #",type="\#(type)""#)
        }
        // Without an end the creation counts; a size that is a number is one; one that is not is not there.
        #expect(timestamp("dump") == "1767398400")
        #expect(timestamp("unknown") == "1767315600")
        #expect(timestamp("import") == "1767657601")
        #expect(samples.addon("backup_stored_bytes", "orders-db", #",type="dump""#) == "7")
        #expect(samples.addon("backup_stored_bytes", "orders-db", #",type="unknown""#) == nil)
        #expect(samples.addon("backup_stored_bytes", "orders-db", #",type="import""#) == "0")
        #expect(samples.addon("backup_last_completed_duration_seconds", "orders-db", #",type="dump""#) == nil)
        #expect(samples.addon("backups", "orders-db", #",status="unknown""#) == "1")
        // The import after it does not end a row of failures.
        #expect(samples.addon("backup_consecutive_failed_attempts", "orders-db", #",type="dump""#) == "1")
        #expect(samples.addon("backup_last_failed_timestamp_seconds") == "1767571200")
        #expect(samples.addon("backup_oldest_unfinished_timestamp_seconds") == "1767744000")
    }

    @Test("every page is read, in whatever order, on either route", arguments: [nil, "acme-team"])
    func pages(team: String?) async throws {
        let options = SimulatorOptions(backupsPerAddon: 250, team: team, shuffled: true)
        try await withSimulator(options, now: SimulatedExporter.clock) { simulator, url in
            let collected = try await SimulatedExporter(url) { $0.team = team }.collect()
            let requests = await simulator.requests
            #expect(collected.isComplete)
            #expect(collected.samples.addon("backups", "orders-db", #",status="completed""#) == "250")
            // Twelve addons with three pages each.
            #expect(requests.endpoints["backups"] == 36)
            // The token is no list, and no team's.
            #expect(requests.paths["/v1/auth"] == 1)
            let lists = requests.paths.keys.filter { $0 != "/v1/auth" }
            #expect(lists.allSatisfy { $0.hasPrefix("/v1/teams/") == (team != nil) })
            #expect(lists.allSatisfy { $0.contains("per_page=100") })
        }
    }

    @Test("connections are reused, and requests have a User-Agent")
    func connections() async throws {
        try await withSimulator(now: SimulatedExporter.clock) { simulator, url in
            var poll = PollConfiguration()
            poll.concurrency = 2
            _ = try await SimulatedExporter(url, poll: poll).collect()
            let requests = await simulator.requests
            #expect(requests.total > 12)
            #expect(requests.connections <= 2)
            #expect(requests.last?.userAgent == "northflank-backup-exporter/0.1.0")
            #expect(requests.last?.acceptEncoding?.contains("gzip") == true)
        }
    }
}
