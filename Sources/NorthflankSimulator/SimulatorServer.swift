internal import Hummingbird
internal import HummingbirdCore
package import Logging
internal import NIOCore

/// The reason for which the simulator does not serve.
package enum SimulatorError: Error, Equatable, CustomStringConvertible {
    /// The host is not a loopback address. Others are refused, because the control endpoints need no token.
    case notLoopback(String)
    /// The server ended before it listened.
    case didNotListen

    package var description: String {
        switch self {
        case .notLoopback(let host):
            "the simulator listens on loopback addresses alone, not on \(host)"
        case .didNotListen: "the simulator ended before it listened"
        }
    }
}

/// Serves a ``Simulator`` over HTTP.
package struct SimulatorServer: Sendable {
    private let simulator: Simulator
    private let host: String
    private let port: Int
    private let logger: Logger

    /// A server for a loopback host; port 0 takes a free one.
    package init(
        simulator: Simulator, host: String = "127.0.0.1", port: Int = 0, logger: Logger
    ) {
        self.simulator = simulator
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Serves until cancelled or, within a service group, shut down. Calls `onListening` once with the base
    /// URL, such as `http://127.0.0.1:8080`.
    ///
    /// - Throws: ``SimulatorError/notLoopback(_:)``, or the error of the bind.
    package func run(
        onListening: @escaping @Sendable (_ baseURL: String) async -> Void
    ) async throws {
        guard Self.isLoopback(host) else { throw SimulatorError.notLoopback(host) }
        let urlHost = host.contains(":") ? "[\(host)]" : host
        let application = Application(
            responder: SimulatorResponder(simulator: simulator),
            server: .http1(
                configuration: .init(
                    // Called once for each connection; the server has no other hook.
                    additionalChannelHandlers: Self.handlers(of: simulator),
                    // Longer than `SimulatorResponder` holds a request without an answer.
                    idleTimeout: .seconds(75))),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { channel in
                guard let port = channel.localAddress?.port else { return }
                await onListening("http://\(urlHost):\(port)")
            },
            logger: logger)
        let delivery = WebhookDelivery(
            simulator: simulator, send: { try await WebhookClient().send($0, to: $1) },
            pause: Simulator.realSleep)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await delivery.run() }
            // Deliveries end with the server.
            defer { group.cancelAll() }
            try await application.run()
        }
    }

    private static func handlers(of simulator: Simulator) -> [any RemovableChannelHandler] {
        simulator.connections.increment()
        return [VirtualDateInstaller(now: simulator.now)]
    }

    static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
