import Fleet
import NIOCore

/// The outermost handler of a connection: gives it its place, ends it when the client is too slow, and lets nothing in
/// after the last response.
final class ConnectionHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// What is still read after the last response. A close with bytes that are not read would make the client's system
    /// drop the response.
    private static let longestTail = 256 * 1024
    private static let tailTime = TimeAmount.seconds(1)
    /// Requests that one HTTP/2 connection may have at the same time. Each needs as much memory as a connection.
    private static let mostStreams = 4
    /// The first byte of a TLS handshake.
    private static let handshake: UInt8 = 22

    let id: UInt64
    private let connections: Connections
    private let isEncrypted: Bool
    /// Nil from when the connection's requests have keepers of their own.
    private(set) var keeper: PaceKeeper?
    private var context: ChannelHandlerContext?
    private var streams = 0
    private var isFirst = true
    /// The bytes that came after the last response; nil before it.
    private var tail: Int?

    init(_ id: UInt64, of connections: Connections, isEncrypted: Bool) {
        self.id = id
        self.connections = connections
        self.isEncrypted = isEncrypted
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        keeper = makeKeeper(on: context.eventLoop) { [weak self] in self?.context?.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        leave()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    /// A keeper that counts what it ends.
    func makeKeeper(on eventLoop: any EventLoop, end: @escaping () -> Void) -> PaceKeeper {
        PaceKeeper(connections.paceLimits, on: eventLoop) { [connections] phase in
            switch phase {
            case .head: connections.count(.slowHead)
            case .body: connections.count(.slowBody)
            case .response: connections.count(.slowReader)
            case .idle: break
            }
            end()
        }
    }

    /// Begins one of several requests of a connection, each of which has a keeper of its own.
    ///
    /// - Returns: whether it may be answered.
    func beginStream() -> Bool {
        keeper?.end()
        keeper = nil
        streams += 1
        return streams <= Self.mostStreams
    }

    func endStream() { streams -= 1 }

    func setBusy(_ isBusy: Bool, now: NIODeadline) { connections.setBusy(id, isBusy, now: now) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let bytes = unwrapInboundIn(data)
        if let tail {
            self.tail = tail + bytes.readableBytes
            if tail + bytes.readableBytes > Self.longestTail { context.close(promise: nil) }
            return
        }
        defer { isFirst = false }
        if isFirst, isEncrypted, let byte = bytes.getInteger(at: bytes.readerIndex, as: UInt8.self),
            byte != Self.handshake
        {
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: Self.answerToPlainHTTP)), promise: nil)
            close(context: context, mode: .output, promise: nil)
            return
        }
        keeper?.update { $0.receivedBytes(now: $1) }
        context.fireChannelRead(data)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is MustEnd || tail != nil && event as? ChannelEvent == .inputClosed {
            context.close(promise: nil)
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        context.close(mode: mode, promise: promise)
        guard mode == .output, tail == nil else { return }
        tail = 0
        keeper?.end()
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.tailTime) { [weak self] in
            self?.context?.close(promise: nil)
        }
    }

    private func leave() {
        keeper?.end()
        connections.close(id)
    }

    private static let answerToPlainHTTP = """
        HTTP/1.1 400 Bad Request\r
        Content-Type: text/plain; charset=utf-8\r
        Connection: close\r
        \r
        This address speaks HTTPS; use https:// in the URL.

        """
}
