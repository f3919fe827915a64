import NIOCore

/// Accepts no connection while there are as many as descriptors were set aside for: those that have to go need a moment
/// to close, and a process without a free descriptor does not survive in every library.
final class AcceptHandler: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    /// Until the next look whether connections have ended.
    private static let pause = TimeAmount.milliseconds(10)

    private let connections: Connections
    private var isPaused = false

    init(_ connections: Connections) { self.connections = connections }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        connections.accepted()
        channel.closeFuture.whenComplete { [connections] _ in connections.left() }
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        guard !isPaused else { return }
        guard !connections.mayAccept else { return context.read() }
        isPaused = true
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            self.isPaused = false
            self.read(context: context)
        }
    }
}
