import NorthflankSimulator
import Synchronization
import Testing

@testable import NorthflankSimulator

/// Sending and repeating notifications, and switching the webhook off.
@Suite struct WebhookTests {
    private let clock = HandClock()
    private let simulator: Simulator
    private let hook: Webhook

    init() throws {
        hook = try Webhook(url: "http://127.0.0.1:1234/webhook", token: "s3cret")
        simulator = Simulator(options: SimulatorOptions(webhook: hook), now: clock.now)
    }

    /// The receiver of the webhook: stores notifications and answers with the given statuses.
    private final class Receiver: Sendable {
        private let state: Mutex<(answers: [Int], sent: [WebhookNotification], pauses: [Double])>

        init(_ answers: Int...) {
            state = Mutex((answers, [], []))
        }

        var sent: [WebhookNotification] { state.withLock { $0.sent } }
        var pauses: [Double] { state.withLock { $0.pauses } }

        /// Sends to this receiver. The last status is repeated; 0 means no answer.
        func delivery(of simulator: Simulator) -> WebhookDelivery {
            WebhookDelivery(
                simulator: simulator,
                send: { notification, _ in
                    try self.state.withLock { state in
                        state.sent.append(notification)
                        let answer = state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
                        if answer == 0 { throw WebhookClient.NoAnswer() }
                        return answer
                    }
                }, pause: { seconds in self.state.withLock { $0.pauses.append(seconds) } })
        }
    }

    private func add(_ status: ManualBackup.Status = .completed, seconds: Double = 0) async throws {
        _ = try await simulator.addBackup(
            ManualBackup(status: status, seconds: seconds, size: 7), project: "billing",
            addon: "invoices-db")
    }

    @Test func delivers() async throws {
        let receiver = Receiver(500, 0, 204)
        try await add(.failed)
        clock.advance(by: 1)
        await receiver.delivery(of: simulator).deliverDueNotifications()
        #expect(receiver.sent.map(\.event) == ["start", "start", "start", "failure"].map { "addon-backup:\($0)" })
        #expect(Set(receiver.sent.prefix(3).map(\.eventId)).count == 1)
        #expect(receiver.pauses == [0.1, 0.2])
        let ids = receiver.sent.suffix(2).map(\.eventId)
        #expect(
            await simulator.control("GET", "webhooks").text == """
                {"sent":2,"failed":0,"retried":2,"last":[\
                {"event":"addon-backup:start","eventId":"\(ids[0])","project":"billing",\
                "addon":"invoices-db","backup":"manual-1","attempts":3,"status":204},\
                {"event":"addon-backup:failure","eventId":"\(ids[1])","project":"billing",\
                "addon":"invoices-db","backup":"manual-1","attempts":1,"status":204}]}
                """)
    }

    @Test func givesUp() async throws {
        let receiver = Receiver(0)
        try await add()
        clock.advance(by: 1)
        await receiver.delivery(of: simulator).deliverDueNotifications()
        #expect(receiver.sent.count == 8)
        #expect(receiver.pauses == [0.1, 0.2, 0.4, 0.1, 0.2, 0.4])
        let log = await simulator.webhookLog
        #expect([log.sent, log.failed, log.retried] == [0, 2, 6])
        #expect(log.last.map(\.status) == [nil, nil])
        #expect(log.last.map(\.attempts) == [4, 4])
    }

    @Test func remembersTheLastHundred() async throws {
        for _ in 0..<60 { try await add() }
        clock.advance(by: 1)
        await Receiver(200).delivery(of: simulator).deliverDueNotifications()
        let log = await simulator.webhookLog
        #expect(log.sent == 120)
        #expect(log.last.count == 100)
        #expect(log.last.last?.backup == "manual-60")
    }

    /// Events while the webhook is off are not sent later.
    @Test func switchedOffAndOn() async throws {
        let receiver = Receiver(200)
        let delivery = receiver.delivery(of: simulator)
        #expect(await simulator.control("PUT", "webhook", #"{"url":null}"#).status == 204)
        #expect(await simulator.webhook == nil)
        try await add()
        clock.advance(by: 60)
        await delivery.deliverDueNotifications()
        let on = #"{"url":"http://127.0.0.1:1234/webhook","token":"s3cret"}"#
        #expect(await simulator.control("PUT", "webhook", on).status == 204)
        #expect(await simulator.webhook == hook)
        try await add()
        clock.advance(by: 1)
        // A change of the URL loses no event.
        await simulator.setWebhook(try Webhook(url: "http://[::1]/", token: ""))
        await delivery.deliverDueNotifications()
        #expect(receiver.sent.map(\.backup) == ["manual-2", "manual-2"])
    }

    /// A notification that is being sent is dropped, and counts as neither sent nor failed.
    @Test func switchedOffWhileSending() async throws {
        try await add()
        clock.advance(by: 1)
        let delivery = WebhookDelivery(
            simulator: simulator,
            send: { [simulator] _, _ in
                await simulator.setWebhook(nil)
                return 500
            }, pause: { _ in })
        await delivery.deliverDueNotifications()
        #expect(await simulator.webhookLog == WebhookLog())
    }

    @Test(arguments: [
        "", "{}", #"{"url":5}"#, #"{"url":"https://127.0.0.1/"}"#, #"{"url":"http://example.com/"}"#,
        #"{"url":"http://u:p@127.0.0.1/"}"#, #"{"url":"127.0.0.1:80"}"#, #"{"url":"http://127.0.0.1:0/"}"#,
        #"{"url":"http://127.0.0.1.example.com/"}"#, #"{"url":"http://127.0.0.1/","token":"a\nb"}"#,
    ])
    func refused(body: String) async {
        #expect(await simulator.control("PUT", "webhook", body).status == 400)
        #expect(await simulator.webhook == hook)
    }

    @Test func partsOfTheURL() throws {
        let hook = try Webhook(url: "http://[::1]:8080/a%20b/c?d=e%2F", token: "t")
        #expect(hook.host == "::1")
        #expect(hook.port == 8080)
        #expect(hook.target == "/a%20b/c?d=e%2F")
        let short = try Webhook(url: "http://localhost", token: "")
        #expect(short.port == 80)
        #expect(short.target == "/")
    }
}
