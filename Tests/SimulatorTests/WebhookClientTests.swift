import NorthflankSimulator
import Testing

@testable import NorthflankSimulator

/// The webhook over HTTP, with the simulator itself as its receiver.
@Suite(.timeLimit(.minutes(1))) struct WebhookClientTests {
    private func send(_ url: String, timeout: Double = 5, body: String = "") async throws -> Int {
        let notification = WebhookNotification(
            event: "addon-backup:start", eventId: "e", project: "p", addon: "a", backup: "b",
            body: Array(body.utf8))
        return try await WebhookClient(timeout: timeout)
            .send(notification, to: Webhook(url: url, token: "t"))
    }

    @Test func posts() async throws {
        try await withSimulator(Simulator(fleet: oddFleet, now: atNoon)) { simulator, url in
            let refused = try await send(url + "/hook?a=b")
            #expect(refused == 401)
            let last = await simulator.requests.last
            #expect(last?.method == "POST")
            #expect(last?.target == "/hook?a=b")
            // The complete body arrives.
            let changed = try await send(url + "/_simulator/token", body: #"{"token":"by webhook"}"#)
            #expect(changed == 204)
            #expect(await simulator.get("/v1/projects", token: "by webhook").status == 200)
        }
    }

    @Test func brokenAnswers() async throws {
        try await withSimulator(Simulator(fleet: oddFleet, now: atNoon)) { simulator, url in
            await simulator.setFaults([Fault(.cutBody, times: 1), Fault(.noAnswer)])
            await #expect(throws: (any Error).self) { try await send(url) }
            await #expect(throws: WebhookClient.NoAnswer.self) { try await send(url, timeout: 0.01) }
        }
        await #expect(throws: (any Error).self) { try await send("http://127.0.0.1:1/") }
    }

    /// The server sends notifications by itself.
    @Test func serverDelivers() async throws {
        let clock = HandClock()
        try await withSimulator(now: clock.now) { simulator, url in
            await simulator.setFaults([
                Fault(.canned(body: [], status: 200), scope: .init(path: "/hook"))
            ])
            await simulator.setWebhook(try Webhook(url: url + "/hook", token: "t"))
            _ = try await simulator.addBackup(ManualBackup(), project: "shop", addon: "orders-db")
            clock.advance(by: 0.001)
            await clock.wait { await simulator.webhookLog.sent == 2 }
            #expect(await simulator.requests.paths == ["/hook": 2])
        }
    }

    /// A receiver that does not answer does not delay the end of the server.
    @Test func endsWhileSending() async throws {
        let (clock, wait) = (HandClock(), EndlessWait())
        try await withSimulator(Simulator(now: clock.now, sleep: wait.sleep)) { simulator, url in
            await simulator.setFaults([Fault(.noAnswer)])
            await simulator.setWebhook(try Webhook(url: url, token: ""))
            _ = try await simulator.addBackup(ManualBackup(), project: "shop", addon: "orders-db")
            clock.advance(by: 1)
            await wait.waitForBegin()
        }
    }
}
