import Backups
import Freshness
import Northflank
import Polling
import Synchronization
import TestSupport

/// The body of a webhook, a zero byte, and the event's id.
struct WebhookFuzzer: Fuzzer {
    func run(_ bytes: [UInt8]) {
        let parts = parts(bytes)
        let webhooks = Webhooks(decoder: PageDecoder(), time: ManualTime()) { keys in
            precondition(keys.allSatisfy { $0.utf8.count <= 1000 }, "a line of the log has a long key")
        }
        let events = Mutex(0)
        webhooks.setReceivers([
            Webhooks.Receiver(
                account: "acme", token: { Secret("right") },
                withID: { id in [AddonKey(account: "acme", project: "shop", addon: id)] },
                onEvent: { _, _ in events.withLock { $0 += 1 } })
        ])
        let id = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
        precondition(webhooks.receive(token: "wrong", eventID: id, body: parts[0]) == .forged)
        precondition(events.withLock { $0 } == 0, "a forged event was taken")
        precondition(webhooks.receive(token: "right", eventID: id, body: parts[0]) == .accepted)
        let counted = webhooks.counts.values.reduce(0, +)
        precondition(counted + events.withLock { $0 } == 2, "an event counts once")
    }
}
