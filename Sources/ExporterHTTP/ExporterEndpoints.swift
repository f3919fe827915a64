package import Exporter
package import Exposition

/// What the HTTP server needs of the exporter.
package struct ExporterEndpoints: Sendable {
    package var page: @Sendable (ExpositionFormat) -> [UInt8]
    package var isReady: @Sendable () -> Bool
    /// What keeps the exporter from working, for people; nil if nothing does.
    package var standstill: @Sendable () -> String?
    /// Reads the configuration again, and returns what is wrong with it; nil if that is not offered over HTTP.
    package var reload: (@Sendable () -> ConfigurationError?)?
    /// Every addon with its verdict.
    package var report: @Sendable () -> HealthReport
    /// How many shards there are, and where Prometheus reaches each; nil if nobody has said where.
    package var shards: @Sendable () -> (count: Int, addresses: [String]?)
    /// Whether a sender of webhooks knows the secret; asked before the body is read, and counts who does not.
    package var webhookSender: @Sendable (String?) -> Webhooks.Answer
    /// Takes the secret and the body of a webhook.
    package var webhook: @Sendable (String?, [UInt8]) -> Webhooks.Answer

    package init(
        page: @escaping @Sendable (ExpositionFormat) -> [UInt8], isReady: @escaping @Sendable () -> Bool,
        standstill: @escaping @Sendable () -> String? = { nil },
        reload: (@Sendable () -> ConfigurationError?)? = nil,
        report: @escaping @Sendable () -> HealthReport,
        shards: @escaping @Sendable () -> (count: Int, addresses: [String]?) = { (1, nil) },
        webhookSender: @escaping @Sendable (String?) -> Webhooks.Answer = { _ in .accepted },
        webhook: @escaping @Sendable (String?, [UInt8]) -> Webhooks.Answer = { _, _ in .off }
    ) {
        self.page = page
        self.isReady = isReady
        self.standstill = standstill
        self.reload = reload
        self.report = report
        self.shards = shards
        self.webhookSender = webhookSender
        self.webhook = webhook
    }
}
