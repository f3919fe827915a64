import Fleet
import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOHTTP2
import NIOSSL

/// A connection by the protocol that it speaks.
enum WebConnection: Sendable {
    case plain(HTTP1Channel.Value)
    /// Over TLS, in which client and server settle the protocol.
    case encrypted(EventLoopFuture<NIONegotiatedHTTPVersion<HTTP1Channel.Value, HTTP2Channel.Value>>)
    /// There was no place for it.
    case refused
}

/// Makes connections out of what is accepted, and answers their requests.
struct WebConnectionSetup: Sendable {
    let connections: Connections
    let access: WebAccess
    let http1: HTTP1Channel
    let http2: HTTP2Channel
    let log: Logger

    init(
        connections: Connections, access: WebAccess, log: Logger, responder: @escaping HTTPChannelHandler.Responder
    ) {
        self.connections = connections
        self.access = access
        self.log = log
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: [BodyFramingInstaller(), RequestHandler(), FlushBeforeCloseHandler()],
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 100))
        http1 = HTTP1Channel(responder: responder, configuration: configuration)
        let streams = HTTP1Channel.Configuration(
            additionalChannelHandlers: [RequestHandler(), FlushBeforeCloseHandler()])
        let idle = Duration.nanoseconds(connections.paceLimits.idle.nanoseconds)
        http2 = HTTP2Channel(
            responder: responder,
            configuration: .init(idleTimeout: idle, gracefulCloseTimeout: .seconds(3), streamConfiguration: streams))
    }

    func setUp(_ channel: any Channel) -> EventLoopFuture<WebConnection> {
        guard let admission = connections.open(channel) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeSucceededFuture(.refused)
        }
        let tls = access.tls
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(ConnectionHandler(admission.id, of: connections, isEncrypted: tls != nil))
            guard let tls else { return http1.setup(channel: channel, logger: log).map { .plain($0) } }
            try tls.addHandlers(to: pipeline) { [connections, access] reason in
                connections.count(.handshake)
                access.noteHandshake(reason, of: channel.remoteAddress, now: channel.eventLoop.now)
            }
        } catch {
            connections.close(admission.id)
            return channel.eventLoop.makeFailedFuture(error)
        }
        return channel.configureHTTP2AsyncSecureUpgrade { channel in
            http1.setup(channel: channel, logger: log)
        } http2ConnectionInitializer: { channel in
            http2.setup(channel: channel, logger: log)
        }.map { .encrypted($0) }
    }

    func serve(_ connection: WebConnection) async {
        switch connection {
        case .plain(let value): await http1.handle(value: value, logger: log)
        case .encrypted(let negotiated):
            // A handshake that fails ends the connection, and its client knows why.
            switch try? await negotiated.get() {
            case .http1_1(let value): await http1.handle(value: value, logger: log)
            case .http2(let value): await http2.handle(value: value, logger: log)
            case nil: break
            }
        case .refused: break
        }
    }
}
