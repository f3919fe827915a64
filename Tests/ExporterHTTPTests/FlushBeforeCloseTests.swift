import NIOCore
import NIOEmbedded
import Testing

@testable import ExporterHTTP

/// What becomes of a connection whose client does not read: nothing that is written here is flushed.
@Suite struct FlushBeforeCloseTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: FlushBeforeCloseHandler())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func pass(_ seconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .seconds(seconds)) }

    @Test("a close waits for what is written, as soon as it is sent")
    func waits() throws {
        channel.write(ByteBuffer(string: "x"), promise: nil)
        channel.close(promise: nil)
        #expect(channel.isActive)
        channel.flush()
        #expect(!channel.isActive)
    }

    @Test("a close waits three seconds at most")
    func limit() {
        channel.write(ByteBuffer(string: "x"), promise: nil)
        channel.close(promise: nil)
        pass(2)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test("a close of the output waits for what is written, however long that takes")
    func output() throws {
        let isClosed = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
        channel.write(ByteBuffer(string: "x"), promise: nil)
        let closing = channel.eventLoop.makePromise(of: Void.self)
        closing.futureResult.whenComplete { _ in isClosed.value = true }
        channel.close(mode: .output, promise: closing)
        pass(100)
        #expect(channel.isActive)
        #expect(!isClosed.value)
        channel.flush()
        #expect(isClosed.value)
    }

    @Test("a close has nothing to wait for where everything is sent")
    func nothingPending() throws {
        try channel.writeAndFlush(ByteBuffer(string: "x")).wait()
        channel.close(promise: nil)
        #expect(!channel.isActive)
    }

    @Test("a shutdown ends a response that is not read after three seconds")
    func shutdown() {
        channel.write(ByteBuffer(string: "x"), promise: nil)
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        pass(2)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test("all is sent when all that was written before was flushed")
    func sent() throws {
        try channel.triggerUserOutboundEvent(AllIsSent()).wait()
        let isSent = NIOLoopBoundBox(false, eventLoop: channel.eventLoop)
        channel.write(ByteBuffer(string: "x"), promise: nil)
        channel.write(ByteBuffer(string: "y"), promise: nil)
        channel.triggerUserOutboundEvent(AllIsSent()).whenSuccess { isSent.value = true }
        #expect(!isSent.value)
        channel.flush()
        #expect(isSent.value)
    }

    @Test("nothing is waited for on a connection that is closed")
    func closed() throws {
        channel.write(ByteBuffer(string: "x"), promise: nil)
        let sent = channel.triggerUserOutboundEvent(AllIsSent())
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        pass(3)
        #expect(!channel.isActive)
        #expect(throws: ChannelError.ioOnClosedChannel) { try sent.wait() }
    }
}
