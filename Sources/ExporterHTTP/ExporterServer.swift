import Glibc
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// Listens on one address.
package struct ExporterServer: Sendable {
    /// Seconds after which a connection is closed that is idle, whose request head is not complete, or whose client
    /// has not read a chunk: longer than any usual scrape interval, so that Prometheus keeps its connection.
    private static let idleTimeout: Int64 = 180
    /// Far more than Prometheus replicas. Further connections wait, so that clients cannot exhaust the file
    /// descriptors.
    private static let maxConnections = 256

    private let address: ListenAddress
    private let responder: ExporterResponder
    private let log: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameter onListening: called with the port once it is bound.
    package init(
        _ address: ListenAddress, responder: ExporterResponder, log: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.address = address
        self.responder = responder
        self.onListening = onListening
        // Requests do not need a log line each, and Hummingbird's own messages are for its developers.
        var serverLog = log
        serverLog.logLevel = .critical
        self.log = serverLog
    }

    /// Serves until the service group that it runs in is shut down.
    ///
    /// - Throws: `ListenError` if the address cannot be bound.
    package func run() async throws {
        let application = Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        BodyFramingInstaller(), IdleStateHandler(writeTimeout: .seconds(Self.idleTimeout)),
                        FlushBeforeCloseHandler(),
                    ],
                    idleTimeout: .seconds(Self.idleTimeout),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))),
            configuration: ApplicationConfiguration(
                address: .hostname(address.host.isEmpty ? Self.everywhere : address.host, port: address.port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.maxConnections)),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? address.port) },
            logger: log)
        try await ListenError.explaining(address) { try await application.run() }
    }

    /// On Linux the IPv6 address accepts IPv4 too; without IPv6 in the kernel it cannot be bound.
    private static var everywhere: String {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return "0.0.0.0" }
        close(descriptor)
        return "::"
    }
}
