import Fleet
import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Follows the requests of a connection, or the one of an HTTP/2 stream, for the sake of its deadlines, and ends the
/// connection after a response that says so.
final class RequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var connection: ConnectionHandler?
    /// That of an HTTP/2 stream.
    private var ownKeeper: PaceKeeper?
    private var isStream = false
    private var isTooMany = false
    private var isClosing = false

    private var keeper: PaceKeeper? { ownKeeper ?? connection?.keeper }

    func handlerAdded(context: ChannelHandlerContext) {
        let outer = try? context.pipeline.syncOperations.handler(type: ConnectionHandler.self)
        // A stream is on the event loop of its connection.
        connection =
            outer ?? (try? context.channel.parent?.pipeline.syncOperations.handler(type: ConnectionHandler.self))
        guard outer == nil, let connection else { return }
        isStream = true
        isTooMany = !connection.beginStream()
        ownKeeper = connection.makeKeeper(on: context.eventLoop) { context.close(promise: nil) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { leave() }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isTooMany { return refuse(context, unwrapInboundIn(data)) }
        switch unwrapInboundIn(data) {
        case .head: keeper?.update { $0.receivedHead(now: $1) }
        case .body: break
        case .end:
            keeper?.update { $0.receivedEnd(now: $1) }
            connection?.setBusy(true, now: context.eventLoop.now)
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        var part = unwrapOutboundIn(data)
        switch part {
        case .head(var head):
            isClosing = head.headerFields[.connection] == "close"
            // HTTP/2 does not know the header.
            if isStream { head.headerFields[.connection] = nil }
            part = .head(head)
        case .body:
            promise.futureResult.assumeIsolated().whenSuccess { self.keeper?.update { $0.sentChunk(now: $1) } }
        case .end:
            promise.futureResult.assumeIsolated().whenSuccess { self.sentResponse(context) }
        }
        context.write(wrapOutboundOut(part), promise: promise)
    }

    private func sentResponse(_ context: ChannelHandlerContext) {
        keeper?.update { $0.sentResponse(now: $1) }
        if keeper?.pace.unanswered ?? 0 == 0 { connection?.setBusy(false, now: context.eventLoop.now) }
        if isClosing { context.close(mode: isStream ? .all : .output, promise: nil) }
    }

    private func refuse(_ context: ChannelHandlerContext, _ part: HTTPRequestPart) {
        guard case .head = part else { return }
        let head = HTTPResponse(status: .serviceUnavailable, headerFields: [.retryAfter: "1"])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
            context.close(promise: nil)
        }
    }

    private func leave() {
        if isStream { connection?.endStream() }
        isStream = false
        ownKeeper?.end()
        ownKeeper = nil
    }
}
