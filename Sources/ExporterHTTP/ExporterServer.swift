import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Listens in one place.
package struct ExporterServer: Sendable {
    /// TCP_NOTSENT_LOWAT of Linux. Without it, the system takes megabytes of pages for a client that does not read.
    private static let tcpUnsentLowWatermark = ChannelOptions.Types.SocketOption(
        level: .tcp, name: NIOBSDSocket.Option(rawValue: 25))
    private static let longestUnsent: SocketOptionValue = 128 * 1024

    private let source: ListenSource
    private let setup: WebConnectionSetup
    private let onListening: @Sendable (Int?) async -> Void

    /// - Parameter onListening: called with the port once it is bound; with nil for a socket in the file system.
    package init(
        _ source: ListenSource, responder: ExporterResponder, log: Logger,
        onListening: @escaping @Sendable (Int?) async -> Void
    ) {
        self.source = source
        self.onListening = onListening
        // Requests do not need a log line each, and the libraries' own messages are for their developers.
        var serverLog = log
        serverLog.logLevel = .critical
        setup = WebConnectionSetup(
            connections: responder.connections, access: responder.access, log: serverLog
        ) { [serverLog] request, writer, channel in
            let context = ExporterResponder.Context(source: .init(channel: channel, logger: serverLog))
            var response = try await responder.respond(to: request, context: context)
            response.headers[.date] = HTTPDate.now
            try await writer.write(response: response.head, body: response.body)
        }
    }

    /// Serves until the service group that it runs in is shut down.
    ///
    /// - Throws: `ListenError` if the address cannot be bound.
    package func run() async throws {
        let server = try await ListenError.explaining(source) { try await bind() }
        let connections = setup.connections
        await withTaskCancellationHandler {
            await withGracefulShutdownHandler {
                await onListening(server.localAddress?.port)
                // Only a shutdown closes the server's own socket.
                try? await server.closeFuture.get()
                await connections.waitForEnd()
            } onGracefulShutdown: {
                server.close(promise: nil)
                connections.shutDown()
            }
        } onCancel: {
            server.close(promise: nil)
            connections.endAll()
        }
    }

    private func bind() async throws -> any Channel {
        var bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelOption(.maxMessagesPerRead, value: 4)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptHandler(setup.connections))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                // Not a child of a group: the library ends the process if a connection is dropped before its task
                // begins, which a group that is cancelled does.
                setup.setUp(channel).map { connection in _ = Task { await setup.serve(connection) } }
            }
        switch source {
        case .address(let address):
            bootstrap = bootstrap.childChannelOption(Self.tcpUnsentLowWatermark, value: Self.longestUnsent)
            return try await bootstrap.bind(
                host: address.host.isEmpty ? Self.everywhere : address.host, port: address.port
            ).get()
        case .descriptor(let descriptor): return try await bootstrap.withBoundSocket(descriptor).get()
        }
    }

    /// On Linux the IPv6 address accepts IPv4 too; without IPv6 in the kernel it cannot be bound.
    private static var everywhere: String {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return "0.0.0.0" }
        close(descriptor)
        return "::"
    }
}
