import NorthflankSimulator
import Testing

@testable import NorthflankSimulator

/// What the webhook tells, and when.
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

    /// Each event once, in the order of time, as the backups of a day have it.
    @Test func everyEventOnce() async throws {
        try await simulator.setPersonalities([
            "shop/catalog-db": .failing, "shop/carts-cache": .flaky, "billing/documents": .unsupported,
            "analytics/jobs-queue": .hung,
        ])
        var told: [WebhookNotification] = []
        for _ in 0..<(4 * 24) {
            clock.advance(by: 900)
            told += await simulator.dueNotifications()
        }
        // Aborts what hangs.
        try await simulator.setPersonalities(["analytics/jobs-queue": .healthy])
        clock.advance(by: 1)
        told += await simulator.dueNotifications()
        #expect(await simulator.dueNotifications() == [])
        #expect(Set(told.map(\.eventId)).count == told.count)
        func events(_ addon: String) -> [String] {
            told.filter { $0.addon == addon }.map { String($0.event.dropFirst(13)) }
        }
        #expect(events("catalog-db") == ["start", "failure"])
        #expect(events("documents") == ["start", "failure"])
        #expect(events("jobs-queue") == ["start", "abort"])
        #expect(events("orders-db").count { $0 == "success" } == 25)
        #expect(events("sandbox-db") == [])
        // As many ends as the outcomes tell.
        let outcomes = await simulator.outcomes()
        let ends = told.count { $0.event != "addon-backup:start" }
        #expect(
            ends
                == outcomes.map { $0.completed + $0.failed + $0.aborted + $0.notSupported }.reduce(0, +))
    }

    /// What may still change is not told: the present millisecond waits for the next.
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
