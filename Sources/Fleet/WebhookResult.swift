/// The result of a webhook's event; the raw value is the label `result`.
package enum WebhookResult: String, CaseIterable, Sendable {
    /// The addon will be polled.
    case accepted
    /// The addon is to be polled anyway.
    case coalesced
    /// The addon is not watched.
    case unknown
    /// The event is about a backup, but does not say in a known way of which addon.
    case unrecognised
    /// The event has the right secret, but is not about a backup.
    case ignored
    /// The event does not have the right secret.
    case forged
}
