package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// Makes the HTTP servers, one for each address.
package enum ExporterServer {
    /// Seconds after which a connection that says nothing is closed: longer than any usual scrape interval, so
    /// that Prometheus keeps its connection.
    private static let idleTimeout: Int64 = 180
    /// Far more than Prometheus replicas; what is beyond waits, so that nobody exhausts our file descriptors.
    private static let maxConnections = 256

    /// - Parameters:
    ///   - onListening: told the port once it is bound.
    /// - Returns: a service that listens until it is shut down gracefully.
    package static func make(
        _ address: ListenAddress, responder: ExporterResponder, log: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) -> Application<ExporterResponder> {
        // Requests are not worth a line each, and Hummingbird's own words are for its developers.
        var serverLog = log
        serverLog.logLevel = max(log.logLevel, .warning)
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                // Empty means everywhere: on Linux this address takes IPv4 too.
                address: .hostname(address.host.isEmpty ? "::" : address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(maxConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? address.port) },
            logger: serverLog)
    }
}
