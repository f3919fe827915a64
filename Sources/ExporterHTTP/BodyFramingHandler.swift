import NIOCore
import NIOHTTP1

/// Ends bodies of unknown length so that each client finds the end: HTTP/1.0 does not know chunks, and a response to
/// HEAD has no body to end.
///
/// The encoder does not know the requests, and the server's own types do not have their version. So this handler is
/// between the decoder and the server's types.
final class BodyFramingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The requests without a complete response, the oldest first.
    private var requests = CircularBuffer<(knowsChunks: Bool, isHead: Bool)>()

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var part = unwrapInboundIn(data)
        if case .head(var head) = part {
            let knowsChunks = head.version.major > 1 || (head.version.major == 1 && head.version.minor >= 1)
            requests.append((knowsChunks, head.method == .HEAD))
            // The server closes the connection after the response, which ends the body.
            if !knowsChunks { head.headers.replaceOrAdd(name: "connection", value: "close") }
            part = .head(head)
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let part = unwrapOutboundIn(data)
        switch part {
        case .head(var head):
            if requests.first?.knowsChunks == false {
                head.version = .http1_0
                head.headers.replaceOrAdd(name: "connection", value: "close")
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .end where requests.popFirst()?.isHead == true:
            // Without the end of a chunked body. The empty part completes the write.
            context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: promise)
        case .body, .end: context.write(data, promise: promise)
        }
    }
}

/// Puts a `BodyFramingHandler` in its place, and leaves.
final class BodyFramingInstaller: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
            try pipeline.addHandler(BodyFramingHandler(), position: .after(decoder))
            pipeline.removeHandler(self, promise: nil)
        } catch {
            context.fireErrorCaught(error)
        }
    }
}
