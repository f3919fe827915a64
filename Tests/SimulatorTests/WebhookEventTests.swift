import NorthflankSimulator
import Testing

@testable import NorthflankSimulator

/// The content and the time of notifications.
@Suite struct WebhookEventTests {
    private let clock = HandClock()
    private let simulator: Simulator

    init() throws {
        let hook = try Webhook(url: "http://127.0.0.1:1234/webhook", token: "s3cret")
        simulator = Simulator(options: SimulatorOptions(webhook: hook), now: clock.now)
    }

    private func add(_ status: ManualBackup.Status = .completed, seconds: Double = 0) async throws {
        _ = try await simulator.addBackup(
            ManualBackup(status: status, seconds: seconds, size: 7), project: "billing",
            addon: "invoices-db")
    }

    @Test func wholeNotification() async throws {
        try await add()
        clock.advance(by: 0.001)
        let due = await simulator.dueNotifications()
        #expect(due.map(\.event) == ["addon-backup:start", "addon-backup:success"])
        #expect(
            String(decoding: due[1].body, as: UTF8.self) == """
                {"event":"addon-backup:success","data":{"project":{"id":"billing","name":"Billing & \
                invoices"},"addon":{"id":"invoices-db","name":"Invoices DB"},"backup":{"id":"manual-1",\
                "name":"Manual backup 1","status":"completed","createdAt":"2025-06-15T15:06:40.000Z",\
                "completedAt":"2025-06-15T15:06:40.000Z","config":{"source":{"type":"sameAddon"},\
                "size":"7","addonVersion":"8.4.2","compressionType":"zstd"}}}}
                """)
        let prefix = "X-Northflank-Notification-Integration-"
        let headers = due[1].headers(token: "s3cret")
        #expect(
            headers.map(\.name) == ["Content-Type"]
                + ["Id", "Name", "Token", "Event-Id", "Event-Type"].map { prefix + $0 })
        #expect(
            headers.map(\.value) == [
                "application/json", "simulator", "Simulator", "s3cret", due[1].eventId,
                "addon-backup:success",
            ])
        #expect(due[0].eventId != due[1].eventId)
        #expect(due[0].eventId.count == 36)
    }

    /// Each start and end in a day's backups causes one event, in order of time.
    @Test func everyEventOnce() async throws {
        try await simulator.setPersonalities([
            "shop/catalog-db": .failing, "shop/carts-cache": .flaky, "billing/documents": .unsupported,
            "analytics/jobs-queue": .hung,
        ])
        var sent: [WebhookNotification] = []
        for _ in 0..<(4 * 24) {
            clock.advance(by: 900)
            sent += await simulator.dueNotifications()
        }
        // Aborts the hung run.
        try await simulator.setPersonalities(["analytics/jobs-queue": .healthy])
        clock.advance(by: 1)
        sent += await simulator.dueNotifications()
        #expect(await simulator.dueNotifications() == [])
        #expect(Set(sent.map(\.eventId)).count == sent.count)
        func events(_ addon: String) -> [String] {
            sent.filter { $0.addon == addon }.map { String($0.event.dropFirst(13)) }
        }
        #expect(events("catalog-db") == ["start", "failure"])
        #expect(events("documents") == ["start", "failure"])
        #expect(events("jobs-queue") == ["start", "abort"])
        #expect(events("orders-db").count { $0 == "success" } == 25)
        #expect(events("sandbox-db") == [])
        // As many ends as outcomes.
        let outcomes = await simulator.outcomes()
        let ends = sent.count { $0.event != "addon-backup:start" }
        #expect(
            ends
                == outcomes.map { $0.completed + $0.failed + $0.aborted + $0.notSupported }.reduce(0, +))
    }

    /// Events of the present millisecond are sent with the next call, because more can follow in it.
    @Test func presentMillisecond() async throws {
        clock.advance(by: 1)
        _ = await simulator.dueNotifications()
        try await add(.failed)
        #expect(await simulator.dueNotifications() == [])
        try await add(.aborted)
        clock.advance(by: 0.001)
        #expect(
            await simulator.dueNotifications().map { "\($0.backup) \($0.event.dropFirst(13))" } == [
                "manual-1 start", "manual-1 failure", "manual-2 start", "manual-2 abort",
            ])
    }

    @Test func deletedBeforeItsEnd() async throws {
        try await add(seconds: 60)
        clock.advance(by: 30)
        try await simulator.deleteBackup("manual-1", project: "billing", addon: "invoices-db")
        clock.advance(by: 60)
        #expect(await simulator.dueNotifications().map(\.event) == ["addon-backup:start"])
    }
}
