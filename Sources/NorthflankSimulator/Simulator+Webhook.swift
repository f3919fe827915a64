/// The webhook's notifications; ``WebhookDelivery`` sends them.
extension Simulator {
    /// Notifies another webhook from now on; nil switches notifications off.
    package func setWebhook(_ webhook: Webhook?) {
        // Events while there was no webhook are not sent later.
        if self.webhook == nil { notifiedThrough = Timestamp.milliseconds(now()) - 1 }
        self.webhook = webhook
    }

    /// The notifications since the last call. The present millisecond is left for the next call, because further events
    /// can follow in it.
    func dueNotifications() -> [WebhookNotification] {
        let last = Timestamp.milliseconds(now()) - 1
        guard webhook != nil, last > notifiedThrough else { return [] }
        defer { notifiedThrough = last }
        return source.notifications(after: notifiedThrough, through: last)
    }

    func record(_ notification: WebhookNotification, attempts: Int, status: Int?) {
        webhookLog.add(notification, attempts: attempts, status: status)
    }
}
