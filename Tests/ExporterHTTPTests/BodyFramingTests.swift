import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import ExporterHTTP

/// The bytes of responses without a length, as the client reads them.
@Suite struct BodyFramingTests {
    /// A connection as the server makes it, without what comes after the decoder.
    private final class Connection {
        private let channel = EmbeddedChannel()

        init() throws {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false)
            try pipeline.addHandler(BodyFramingInstaller())
        }

        /// Sends requests. Returns their heads as the server sees them.
        func ask(_ requests: String) throws -> [HTTPRequestHead] {
            try channel.writeInbound(ByteBuffer(string: requests))
            var heads: [HTTPRequestHead] = []
            while let part = try channel.readInbound(as: HTTPServerRequestPart.self) {
                if case .head(let head) = part { heads.append(head) }
            }
            return heads
        }

        /// Responds with the parts of a body. Returns the bytes that the client reads.
        func respond(_ body: [String], headers: HTTPHeaders = [:]) throws -> String {
            try channel.writeOutbound(
                HTTPServerResponsePart.head(.init(version: .http1_1, status: .ok, headers: headers)))
            for part in body {
                try channel.writeOutbound(HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: part))))
            }
            try channel.writeOutbound(HTTPServerResponsePart.end(nil))
            var text = ""
            while case .byteBuffer(let bytes)? = try channel.readOutbound(as: IOData.self) {
                text += String(buffer: bytes)
            }
            return text
        }
    }

    private static let chunked = """
        HTTP/1.1 200 OK\r
        transfer-encoding: chunked\r
        \r
        3\r
        abc\r
        2\r
        de\r
        0\r
        \r

        """

    @Test("HTTP/1.1 gets chunks, request after request")
    func current() throws {
        let connection = try Connection()
        for _ in 0..<2 {
            let heads = try connection.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(heads.map { $0.headers["connection"] } == [[]])
            #expect(try connection.respond(["abc", "", "de"]) == Self.chunked)
        }
    }

    @Test(
        "HTTP/1.0 gets the bytes alone, and the end of the connection as their end",
        arguments: ["", "Connection: keep-alive\r\n"])
    func old(header: String) throws {
        let connection = try Connection()
        let heads = try connection.ask("GET / HTTP/1.0\r\n\(header)\r\n")
        #expect(heads.map { $0.headers["connection"] } == [["close"]])
        #expect(try connection.respond(["abc", "de"]) == "HTTP/1.0 200 OK\r\nconnection: close\r\n\r\nabcde")
    }

    @Test("HTTP/1.0 gets the length of a body that has one")
    func oldWithLength() throws {
        let connection = try Connection()
        _ = try connection.ask("GET / HTTP/1.0\r\n\r\n")
        #expect(
            try connection.respond(["abc"], headers: ["content-length": "3"])
                == "HTTP/1.0 200 OK\r\ncontent-length: 3\r\nconnection: close\r\n\r\nabc")
    }

    @Test("HEAD gets no end of a body, and the next request its own response")
    func head() throws {
        let connection = try Connection()
        let get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
        let heads = try connection.ask("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + get + "HEAD / HTTP/1.0\r\n\r\n")
        #expect(heads.map(\.method) == [.HEAD, .GET, .HEAD])
        #expect(try connection.respond([]) == "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        #expect(try connection.respond(["abc", "de"]) == Self.chunked)
        #expect(try connection.respond([]) == "HTTP/1.0 200 OK\r\nconnection: close\r\n\r\n")
    }
}
