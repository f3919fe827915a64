/// The subject of a raw webhook's event. It only causes a poll; no data is taken from it.
package struct WebhookEvent: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// A backup started.
        case start
        /// A backup ended, with any outcome.
        case end
        /// The event is not about backups.
        case other
    }

    package let kind: Kind
    /// Nil if the event does not name the project in a known way.
    package let project: String?
    /// Nil if the event does not name the addon in a known way.
    package let addon: String?

    package init(kind: Kind, project: String?, addon: String?) {
        self.kind = kind
        self.project = project
        self.addon = addon
    }

    /// Decodes the body of an event.
    ///
    /// Names of events are `addon-backup:success` and so on, or `trigger:addon-backup:success` as in the API's own
    /// settings. For backups, Northflank does not document the fields of `data` that name the addon, so the likely
    /// ones are all tried.
    ///
    /// - Returns: nil if the body names no event.
    package init?(body: [UInt8], decoder: PageDecoder) {
        let paths: [StaticString] = [
            "event", "data.project.id", "data.projectId", "data.addon.id", "data.addonId", "data.addon.projectId",
        ]
        guard let texts = decoder.texts(at: paths, in: body), let event = texts[0] else { return nil }
        self.init(
            kind: Kind(event: event), project: texts[1] ?? texts[2] ?? texts[5], addon: texts[3] ?? texts[4])
    }
}

extension WebhookEvent.Kind {
    init(event: String) {
        let prefix = "trigger:"
        let name = event.hasPrefix(prefix) ? String(event.dropFirst(prefix.count)) : event
        self =
            switch name {
            case "addon-backup:start": .start
            case "addon-backup:success", "addon-backup:failure", "addon-backup:abort": .end
            default: .other
            }
    }
}

extension Secret {
    /// Whether `text` is the secret, in a time that depends only on the length of `text`.
    package func matches(_ text: String) -> Bool {
        let secret = Array(reveal().utf8)
        guard !secret.isEmpty else { return false }
        var difference = secret.count ^ text.utf8.count
        for (index, byte) in text.utf8.enumerated() {
            difference |= Int(secret[index % secret.count] ^ byte)
        }
        return difference == 0
    }
}
