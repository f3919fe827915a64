import SplitMix64

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The receiver of notifications about starts and ends of backups.
package struct Webhook: Sendable, Equatable {
    /// The reason for which a webhook is refused.
    package enum Refusal: Error, Equatable, CustomStringConvertible {
        /// The host is not a loopback address.
        case notLoopback
        /// A header cannot contain the token.
        case token

        package var description: String {
            switch self {
            case .notLoopback: "the webhook's URL must be http:// with a loopback host"
            case .token: "the webhook's token must be printable ASCII"
            }
        }
    }

    /// The given URL.
    package let url: String
    /// The shared secret.
    package let token: String
    let host: String
    let port: Int
    /// The path and query.
    let target: String

    /// A webhook at a URL such as `http://127.0.0.1:1234/webhook/northflank`.
    package init(url: String, token: String) throws(Refusal) {
        guard let parts = URLComponents(string: url), parts.scheme == "http",
            parts.user == nil, parts.password == nil, let host = parts.host
        else { throw .notLoopback }
        // An IPv6 address is in brackets.
        self.host = String(host.drop { $0 == "[" }.prefix { $0 != "]" })
        guard SimulatorServer.isLoopback(self.host), (1...65_535).contains(parts.port ?? 80) else {
            throw .notLoopback
        }
        guard token.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { throw .token }
        self.url = url
        self.token = token
        port = parts.port ?? 80
        let path = parts.percentEncodedPath
        target = (path.isEmpty ? "/" : path) + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
    }
}

/// One notification of a webhook.
struct WebhookNotification: Sendable, Equatable {
    /// `addon-backup:start` and the like.
    let event: String
    /// The same for every repetition.
    let eventId: String
    let project: String
    let addon: String
    /// The backup's id.
    let backup: String
    let body: [UInt8]

    /// The headers of the notification, without those of HTTP itself.
    func headers(token: String) -> [(name: String, value: String)] {
        let prefix = "X-Northflank-Notification-Integration-"
        return [
            ("Content-Type", "application/json"),
            (prefix + "Id", "simulator"),
            (prefix + "Name", "Simulator"),
            (prefix + "Token", token),
            (prefix + "Event-Id", eventId),
            (prefix + "Event-Type", event),
        ]
    }
}

extension FleetModel {
    func notifications(after: Int64, through last: Int64) -> [WebhookNotification] {
        events(after: after, through: last).map(notification)
    }

    private func notification(of event: BackupEvent) -> WebhookNotification {
        let project = projects[event.address.project]
        let addon = identity(at: event.address)
        let backup = backup(event.run, of: addon, now: event.instant)
        var hash = SplitMix64(
            options.seed, UInt64(addon.number), event.run.kind.number,
            UInt64(bitPattern: event.run.slot), event.kind == .start ? 5 : 6)
        let name = "addon-backup:\(event.kind.rawValue)"
        var body: [UInt8] = []
        body.append(UInt8(ascii: "{"))
        body.appendField("event", name, first: true)
        body.append(text: ",\"data\":{\"project\":{")
        body.appendField("id", project.id, first: true)
        body.appendField("name", project.name)
        body.append(text: "},\"addon\":{")
        body.appendField("id", addon.id, first: true)
        body.appendField("name", addon.name)
        body.append(text: "},\"backup\":")
        backup.write(to: &body)
        body.append(text: "}}")
        return WebhookNotification(
            event: name, eventId: hash.uuid(), project: project.id, addon: addon.id,
            backup: backup.id, body: body)
    }
}
