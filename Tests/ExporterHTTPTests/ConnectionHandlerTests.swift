import Fleet
import NIOCore
import NIOEmbedded
import Testing

@testable import ExporterHTTP

/// What becomes of a connection whose client is slow, or goes on after the last response.
@Suite struct ConnectionHandlerTests {
    private let connections = Connections(.init(connections: 16), .init())
    private let channel = EmbeddedChannel()

    private func open(isEncrypted: Bool = false) throws {
        let admission = try #require(connections.open(channel))
        try channel.pipeline.syncOperations.addHandler(HalfCloser())
        try channel.pipeline.syncOperations.addHandler(
            ConnectionHandler(admission.id, of: connections, isEncrypted: isEncrypted))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func pass(_ milliseconds: Int64) { channel.embeddedEventLoop.advanceTime(by: .milliseconds(milliseconds)) }

    @Test("a connection without a whole head ends after ten seconds, whatever comes byte by byte")
    func slowHead() throws {
        try open()
        for _ in 0..<9 {
            pass(1000)
            try channel.writeInbound(ByteBuffer(string: "G"))
        }
        pass(999)
        #expect(channel.isActive)
        #expect(connections.status.open == 1)
        pass(1)
        #expect(!channel.isActive)
        #expect(connections.status.open == 0)
        #expect(connections.status.ended == [.slowHead: 1])
    }

    @Test("after the output is closed nothing is let in, and a second later the connection ends")
    func tail() throws {
        try open()
        channel.pipeline.close(mode: .output, promise: nil)
        try channel.writeInbound(ByteBuffer(repeating: 0, count: 256 * 1024))
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
        pass(999)
        #expect(channel.isActive)
        pass(1)
        #expect(!channel.isActive)
    }

    @Test("more than 256 KiB after the last response end the connection at once")
    func longTail() throws {
        try open()
        channel.pipeline.close(mode: .output, promise: nil)
        try channel.writeInbound(ByteBuffer(repeating: 0, count: 256 * 1024))
        #expect(channel.isActive)
        try channel.writeInbound(ByteBuffer(repeating: 0, count: 1))
        #expect(!channel.isActive)
    }

    @Test("the client's own end after the last response ends the connection at once; before it, it does not")
    func inputClosed() throws {
        try open()
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(channel.isActive)
        channel.pipeline.close(mode: .output, promise: nil)
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        #expect(!channel.isActive)
    }

    @Test("plain HTTP where TLS is spoken is told what to do")
    func plainHTTP() throws {
        try open(isEncrypted: true)
        try channel.writeInbound(ByteBuffer(string: "GET / HTTP/1.1\r\n\r\n"))
        let answer = try #require(try channel.readOutbound(as: ByteBuffer.self))
        let text = String(buffer: answer)
        #expect(text.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
        #expect(text.hasSuffix("\r\n\r\nThis address speaks HTTPS; use https:// in the URL.\n"))
        #expect(try channel.readInbound(as: ByteBuffer.self) == nil)
    }

    @Test("a connection whose place is needed ends at once")
    func evicted() throws {
        let full = Connections(.init(connections: 1, reserved: 0), .init())
        let admission = try #require(full.open(channel))
        try channel.pipeline.syncOperations.addHandler(ConnectionHandler(admission.id, of: full, isEncrypted: false))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        let other = EmbeddedChannel(loop: channel.embeddedEventLoop)
        #expect(full.open(other) != nil)
        #expect(!channel.isActive)
        #expect(full.status.open == 1)
        #expect(full.status.ended == [.evicted: 1])
    }
}

/// Stands for the socket, whose output can close alone; that of an embedded channel cannot.
private final class HalfCloser: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if mode == .all { context.close(promise: promise) } else { promise?.succeed() }
    }
}
