import Backups
import NorthflankSimulator
import Polling
import Settings
import TestSupport
import Testing

@testable import Exporter

/// An event leads to a poll at once, with no clock turned.
struct WebhookPollTests {
    private static let addons = [SimulatedAddon.addon("orders-db", Backup.daily(1...15))]

    private func post(_ exporter: SimulatedExporter, _ addon: String, token: String? = "s3cret") -> Webhooks.Answer {
        let body = #"{"event":"addon-backup:failure","data":{"project":{"id":"shop"},"addon":{"id":"\#(addon)"}}}"#
        return exporter.exporter.webhooks.receive(token: token, body: Array(body.utf8))
    }

    @Test("a watched addon is polled after a webhook, other addons are only counted")
    func polled() async throws {
        let time = ManualTime(wall: Timestamp(seconds: SimulatedExporter.now))
        try await withSimulator(shop(Self.addons)) { simulator, url in
            let exporter = try SimulatedExporter(url, time: time) { $0.webhookToken = .environment("WEBHOOK") }
            #expect(post(exporter, "orders-db") == .off)
            func requests(_ samples: Samples) -> [String?] {
                ["new", "webhook", "lists", "schedules"].map {
                    samples.account("exporter_requests_total", #",reason="\#($0)""#)
                }
            }
            try await exporter.run {
                await exporter.wait { requests($0) == ["1", "0", "2", "1"] }

                #expect(post(exporter, "orders-db", token: "wrong") == .forged)
                #expect(post(exporter, "orders-db", token: nil) == .forged)
                #expect(post(exporter, "nobody") == .accepted)
                #expect(post(exporter, "orders-db") == .accepted)
                await exporter.wait { requests($0) == ["1", "1", "2", "1"] }
                #expect(await simulator.requests.endpoints["backups"] == 2)
                let results = ["accepted", "coalesced", "unknown", "unrecognised", "ignored", "forged"]
                await exporter.wait { samples in
                    results.map { samples.values[#"northflank_exporter_webhook_events_total{result="\#($0)"}"#] }
                        == ["1", "0", "1", "0", "0", "2"]
                }
            }
        }
    }

    @Test("without a secret in the configuration webhooks are off")
    func off() async throws {
        let time = ManualTime(wall: Timestamp(seconds: SimulatedExporter.now))
        try await withSimulator(shop(Self.addons)) { _, url in
            let exporter = try SimulatedExporter(url, time: time)
            try await exporter.run {
                await time.waitForSleepers(2)
                #expect(post(exporter, "orders-db") == .off)
            }
        }
    }
}
