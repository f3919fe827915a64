package import Exposition
package import Polling
package import Reports
package import Settings

/// What the HTTP server needs of the exporter.
package protocol ExporterEndpoints: Sendable {
    /// The metrics as of now.
    func page(_ format: ExpositionFormat) -> [UInt8]
    /// Whether scrapes make sense.
    var isReady: Bool { get }
    /// What keeps the exporter from working, for people; nil if nothing does.
    var standstill: String? { get }
    /// Every addon with its verdict.
    func report() -> HealthReport
    /// How many shards there are, and where Prometheus reaches each; nil if that is not configured.
    var shards: (count: Int, addresses: [String]?) { get }
    /// Reads the configuration again.
    /// - Throws: what is wrong with it.
    func reload() throws(ConfigurationError)
    /// Whether a sender of webhooks knows the secret; asked before the body is read, and counts those that do not.
    func check(webhookToken: String?) -> Webhooks.Answer
    /// Takes the secret and the body of a webhook.
    func receive(webhookToken: String?, body: [UInt8]) -> Webhooks.Answer
}
