import NIOCore

/// An outbound event that is complete when all bytes that were written before it have been sent.
struct AllIsSent: Sendable {}

/// Delays the close of a connection until all written bytes are sent.
///
/// At a graceful shutdown the server closes a connection when the end of its response is written, before a slow client
/// has read it. Without this handler, the response to a running scrape would be truncated.
///
/// Completes `AllIsSent`, too, because it knows what is pending.
///
/// Closes the connection of a client that does not read, too, which a graceful shutdown would wait for, after some seconds.
final class FlushBeforeCloseHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny
    typealias OutboundIn = NIOAny

    /// Seconds after which the connection closes although the client has not read everything.
    private static let timeout: Int64 = 3

    private var pendingWrites = 0
    /// Of the events `AllIsSent` that are not complete.
    private var waiting: [EventLoopPromise<Void>] = []
    private var close: (mode: CloseMode, promise: EventLoopPromise<Void>?)?
    /// The close of the output alone, which has as much time as the response before it.
    private var outputClose: EventLoopPromise<Void>?

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let promise = promise ?? context.eventLoop.makePromise(of: Void.self)
        pendingWrites += 1
        promise.futureResult.assumeIsolated().whenComplete { _ in
            self.pendingWrites -= 1
            if self.pendingWrites == 0 {
                self.finish(context)
                if let promise = self.outputClose {
                    self.outputClose = nil
                    context.close(mode: .output, promise: promise)
                }
                self.endWaiting { $0.succeed() }
            }
        }
        context.write(data, promise: promise)
    }

    func triggerUserOutboundEvent(context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?) {
        guard event is AllIsSent, let promise else {
            context.triggerUserOutboundEvent(event, promise: promise)
            return
        }
        waiting.append(promise)
        if pendingWrites == 0 { endWaiting { $0.succeed() } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        endWaiting { $0.fail(ChannelError.ioOnClosedChannel) }
        outputClose?.fail(ChannelError.ioOnClosedChannel)
        outputClose = nil
        context.fireChannelInactive()
    }

    private func endWaiting(_ end: (EventLoopPromise<Void>) -> Void) {
        let ended = waiting
        waiting = []
        ended.forEach(end)
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .output, pendingWrites > 0, outputClose == nil, context.channel.isActive {
            outputClose = promise ?? context.eventLoop.makePromise(of: Void.self)
            return
        }
        guard pendingWrites > 0, mode == .all, close == nil, context.channel.isActive else {
            // A second close waits for the first.
            if let close, mode == .all, pendingWrites > 0 {
                promise.map { close.promise?.futureResult.cascade(to: $0) ?? $0.succeed() }
            } else {
                context.close(mode: mode, promise: promise)
            }
            return
        }
        close = (mode, promise ?? context.eventLoop.makePromise(of: Void.self))
        context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Self.timeout)) { self.finish(context) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent {
            context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(Self.timeout)) { context.close(promise: nil) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func finish(_ context: ChannelHandlerContext) {
        guard let (mode, promise) = close else { return }
        close = nil
        pendingWrites = 0
        context.close(mode: mode, promise: promise)
    }
}
