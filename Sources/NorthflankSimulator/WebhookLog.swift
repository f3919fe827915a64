/// The results of the webhook's notifications.
package struct WebhookLog: Sendable, Equatable {
    /// A notification that was delivered or has failed.
    package struct Delivery: Sendable, Equatable {
        /// `addon-backup:start` and the like.
        package var event: String
        /// The value of its event header, the same for every repetition.
        package var eventId: String
        /// The project's slug.
        package var project: String
        /// The addon's slug.
        package var addon: String
        /// The backup's id.
        package var backup: String
        /// The number of times that it was sent.
        package var attempts: Int
        /// The status of the last answer; nil if there was none.
        package var status: Int?
    }

    /// The number of deliveries that `last` contains at most.
    static let capacity = 100

    /// Notifications that were answered with 2xx.
    package private(set) var sent = 0
    /// Notifications that failed after all attempts.
    package private(set) var failed = 0
    /// The number of repetitions.
    package private(set) var retried = 0
    /// The last deliveries, the newest last.
    package private(set) var last: [Delivery] = []

    mutating func add(_ notification: WebhookNotification, attempts: Int, status: Int?) {
        if Self.isSuccess(status) { sent += 1 } else { failed += 1 }
        retried += attempts - 1
        if last.count == Self.capacity { last.removeFirst() }
        last.append(
            Delivery(
                event: notification.event, eventId: notification.eventId,
                project: notification.project, addon: notification.addon,
                backup: notification.backup, attempts: attempts, status: status))
    }

    static func isSuccess(_ status: Int?) -> Bool {
        status.map { (200...299).contains($0) } ?? false
    }

    var json: JSONValue {
        let deliveries: [JSONValue] = last.map { delivery in
            [
                "event": .string(delivery.event), "eventId": .string(delivery.eventId),
                "project": .string(delivery.project), "addon": .string(delivery.addon),
                "backup": .string(delivery.backup), "attempts": .int(Int64(delivery.attempts)),
                "status": delivery.status.map { .int(Int64($0)) } ?? .null,
            ]
        }
        return [
            "sent": .int(Int64(sent)), "failed": .int(Int64(failed)), "retried": .int(Int64(retried)),
            "last": .array(deliveries),
        ]
    }
}
