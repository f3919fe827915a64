package import Exporter
package import Exposition

/// What the HTTP server needs of the exporter.
package struct ExporterEndpoints: Sendable {
    package var page: @Sendable (ExpositionFormat) -> [UInt8]
    package var isReady: @Sendable () -> Bool
    /// Reads the configuration again, and returns what is wrong with it; nil if that is not offered over HTTP.
    package var reload: (@Sendable () -> ConfigurationError?)?

    package init(
        page: @escaping @Sendable (ExpositionFormat) -> [UInt8], isReady: @escaping @Sendable () -> Bool,
        reload: (@Sendable () -> ConfigurationError?)? = nil
    ) {
        self.page = page
        self.isReady = isReady
        self.reload = reload
    }
}
