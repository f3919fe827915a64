/// Sends the simulator's notifications, one after the other.
struct WebhookDelivery: Sendable {
    /// Sends a notification and returns the status of the answer.
    typealias Send = @Sendable (WebhookNotification, Webhook) async throws -> Int

    /// Seconds between two checks of the fleet.
    static let interval = 0.1
    /// The number of times that a notification is sent at most.
    static let attempts = 4

    let simulator: Simulator
    let send: Send
    /// Waits for a number of real seconds.
    let pause: @Sendable (Double) async throws -> Void

    /// Delivers until it is cancelled.
    func run() async {
        while !Task.isCancelled {
            await deliverDueNotifications()
            guard (try? await pause(Self.interval)) != nil else { return }
        }
    }

    func deliverDueNotifications() async {
        for notification in await simulator.dueNotifications() {
            guard !Task.isCancelled else { return }
            await deliver(notification)
        }
    }

    private func deliver(_ notification: WebhookNotification) async {
        var status: Int?
        var attempts = 0
        while attempts < Self.attempts, !WebhookLog.isSuccess(status) {
            if attempts > 0 {
                // Twice as long each time: 0.1, 0.2, 0.4 seconds.
                let delay = Self.interval * Double(1 << (attempts - 1))
                guard (try? await pause(delay)) != nil else { return }
            }
            // The webhook can have changed in the meantime.
            guard let webhook = await simulator.webhook else { return }
            status = try? await send(notification, webhook)
            attempts += 1
        }
        await simulator.record(notification, attempts: attempts, status: status)
    }
}
