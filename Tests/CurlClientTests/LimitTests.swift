import CurlClient
import Foundation
import Testing

/// Servers that send too much, too little, too slowly or nothing.
@Suite(.timeLimit(.minutes(1)))
struct LimitTests {
    let client = CurlClient()

    @Test func takesABodyOfExactlyTheLimit() async throws {
        let server = try ScriptedServer { _ in http(body: [UInt8](repeating: 7, count: 1000)) }
        var request = server.request()
        request.maxBodyBytes = 1000
        #expect(try await client.perform(request).body == [UInt8](repeating: 7, count: 1000))
    }

    /// 50,001 bytes, announced and not announced; then 65,536 bytes in 96 bytes of gzip.
    @Test(arguments: [("announced", 63), ("unannounced", 0), ("compressed", 0)] as [(String, Int32)])
    func refusesALargerBody(kind: String, code: Int32) async throws {
        let body = [UInt8](repeating: 7, count: 50_001)
        let answer =
            switch kind {
            case "announced": http(body: body)
            case "unannounced": Array("HTTP/1.1 200 OK\r\n\r\n".utf8) + body
            default: http("200 OK", ["Content-Encoding: gzip"], body: Gzip.zeros)
            }
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.send(answer) }
        }
        var request = server.request()
        request.maxBodyBytes = 50_000
        let error = await client.failure(request)
        #expect(error?.kind == .bodyTooLarge)
        #expect(error?.code == code)
        // A higher limit lets the same answer pass.
        request.maxBodyBytes = 65_536
        #expect(try await client.perform(request).status == 200)
    }

    @Test func refusesABodyIfNoneIsAllowed() async throws {
        let server = try ScriptedServer { _ in http(body: "x") }
        var request = server.request()
        request.maxBodyBytes = 0
        #expect(await client.failure(request)?.kind == .bodyTooLarge)
    }

    @Test func refusesHeadersWithoutEnd() async throws {
        let line = "X-Fill: \(String(repeating: "a", count: 990))\r\n"
        let server = try ScriptedServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 100))
            connection.waitForClose()
        }
        let error = await client.failure(server.request())
        #expect(error == CurlError(.headersTooLarge, message: "the headers are larger than 65536 bytes"))
    }

    @Test func refusesInterimResponsesWithoutEnd() async throws {
        let server = try ScriptedServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send(String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 10_000))
            connection.waitForClose()
        }
        #expect(await client.failure(server.request())?.kind == .headersTooLarge)
    }

    @Test(
        arguments: [
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", 18),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc", 18),
            ("", 52),
        ] as [(String, Int32)])
    func reportsACutConnection(answer: String, code: Int32) async throws {
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.send(answer) }
        }
        let error = await client.failure(server.request())
        #expect(error?.kind == .interrupted)
        #expect(error?.code == code)
    }

    @Test func refusesWhatIsNotHTTP() async throws {
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.send("220 smtp.example ESMTP\r\n") }
        }
        #expect(await client.failure(server.request())?.kind == .malformedResponse)
    }

    @Test func reportsARefusedConnection() async throws {
        let (socket, port) = try ScriptedServer.bindLoopback()
        defer { close(socket) }
        let error = await client.failure(CurlRequest(url: "http://127.0.0.1:\(port)/", userAgent: "t"))
        #expect(error?.kind == .connect)
        #expect(error?.code == 7)
        #expect(error?.message.hasPrefix("Failed to connect to 127.0.0.1 port \(port)") == true)
    }

    @Test func endsATransferThatTakesTooLong() async throws {
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.waitForClose() }
        }
        var request = server.request()
        request.totalTimeout = .milliseconds(50)
        request.lowSpeedLimit = 0
        let error = await client.failure(request)
        #expect(error?.kind == .timeout)
        #expect(error?.code == 28)
    }

    /// The server accepts the connection and does not answer the TLS handshake.
    @Test func endsAConnectionThatTakesTooLong() async throws {
        let server = try ScriptedServer { $0.waitForClose() }
        var request = CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t")
        request.connectTimeout = .milliseconds(50)
        request.totalTimeout = .seconds(600)
        request.lowSpeedLimit = 0
        #expect(await client.failure(request)?.kind == .timeout)
    }

    @Test func endsATransferThatIsTooSlow() async throws {
        let server = try ScriptedServer { connection in
            guard connection.readHead() != nil else { return }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nabc")
            connection.waitForClose()
        }
        var request = server.request()
        request.lowSpeedLimit = 1000
        request.lowSpeedTime = .milliseconds(10)
        let error = await client.failure(request)
        #expect(error?.kind == .timeout)
        #expect(error?.message.contains("Less than 1000 bytes/sec transferred the last 1 seconds") == true)
    }

    @Test func reportsAFailedHandshake() async throws {
        let server = try ScriptedServer { connection in
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForClose()
        }
        let error = await client.failure(
            CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t"))
        #expect(error?.kind == .tls)
        #expect(error?.code == 35)
    }

    @Test func reportsAMissingCAFile() async throws {
        let server = try ScriptedServer { $0.waitForClose() }
        var request = CurlRequest(url: "https://127.0.0.1:\(server.port)/", userAgent: "t")
        request.caFile = "/nonexistent/ca.pem"
        let error = await client.failure(request)
        #expect(error?.kind == .tls)
        #expect(error?.code == 77)
    }
}
