/// The webhook's side of the simulator; ``WebhookDelivery`` carries it out.
extension Simulator {
    /// Notifies somebody else from now on, or nobody.
    package func setWebhook(_ webhook: Webhook?) {
        // What happened while nobody listened is not told later.
        if self.webhook == nil { told = Timestamp.milliseconds(now()) - 1 }
        self.webhook = webhook
    }

    /// What has happened since the last call. The present millisecond is left for the next: something more may still
    /// happen in it.
    func dueNotifications() -> [WebhookNotification] {
        let last = Timestamp.milliseconds(now()) - 1
        guard webhook != nil, last > told else { return [] }
        defer { told = last }
        return source.notifications(after: told, through: last)
    }

    func record(_ notification: WebhookNotification, attempts: Int, status: Int?) {
        webhookLog.add(notification, attempts: attempts, status: status)
    }
}
