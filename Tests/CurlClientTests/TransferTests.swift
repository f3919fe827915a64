import CurlClient
import Testing

/// The bytes of a request, and the response that comes of the answer's bytes.
@Suite(.timeLimit(.minutes(1)))
struct TransferTests {
    let client = CurlClient()

    @Test func sendsARequestAndReturnsTheResponse() async throws {
        let server = try ScriptedServer { _ in
            http("200 OK", ["Content-Type: text/plain", "X-Twice: first", "X-TWICE: second"], body: "hello")
        }
        var request = server.request("/v1/a?b=c%20d")
        request.headers = [
            CurlHeader("Authorization", "Bearer secret-token"), CurlHeader("X-Empty", ""),
            CurlHeader("Accept", "application/json"),
        ]
        let response = try await client.perform(request)

        #expect(response.status == 200)
        #expect(response.body == Array("hello".utf8))
        #expect(response.httpVersion == "1.1")
        #expect(response.connectionsOpened == 1)
        #expect(response.duration > 0)
        #expect(response.header("content-type") == "text/plain")
        #expect(response.header("x-twice") == "second")
        #expect(response.header("X-None") == nil)
        #expect(response.header("X-Twic") == nil)
        #expect(response.header("X-Twice-") == nil)
        #expect(
            response.headers == [
                CurlHeader("Content-Type", "text/plain"), CurlHeader("X-Twice", "first"),
                CurlHeader("X-TWICE", "second"), CurlHeader("Content-Length", "5"),
            ])

        let lines = try #require(server.heads.first).split(separator: "\r\n")
        #expect(lines[0] == "GET /v1/a?b=c%20d HTTP/1.1")
        #expect(lines[1] == "Host: 127.0.0.1:\(server.port)")
        #expect(lines[2] == "User-Agent: curl-client-tests")
        #expect(lines[3].hasPrefix("Accept-Encoding: "))
        #expect(
            lines[4...] == ["Authorization: Bearer secret-token", "X-Empty:", "Accept: application/json"])
    }

    /// The answer waits until another request has timed out, which gives its duration a lower limit.
    @Test func durationIsInSeconds() async throws {
        let gate = Gate()
        let server = try ScriptedServer { head in
            gate.wait()
            return http()
        }
        let beginning = ContinuousClock.now
        async let response = client.perform(server.request())
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        var other = server.request()
        other.totalTimeout = .milliseconds(100)
        #expect(await client.failure(other)?.kind == .timeout)
        gate.open()
        let duration = Duration.seconds(try await response.duration)
        #expect(duration >= .milliseconds(100))
        #expect(duration <= ContinuousClock.now - beginning)
    }

    @Test(arguments: ["204 No Content", "404 Not Found", "500 Internal Server Error"])
    func returnsEveryStatus(status: String) async throws {
        let server = try ScriptedServer { _ in http(status) }
        let response = try await client.perform(server.request())
        #expect(response.status == Int(status.prefix(3)))
        #expect(response.body == [])
    }

    @Test func usesAConnectionAgain() async throws {
        let server = try ScriptedServer { _ in http(body: "x") }
        var opened: [Int] = []
        for _ in 1...3 { opened.append(try await client.perform(server.request()).connectionsOpened) }
        #expect(opened == [1, 0, 0])
        #expect(server.connectionCount == 1)
    }

    @Test func opensANewConnectionWhenTheServerHasClosedTheOld() async throws {
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.send(http(body: "x")) }
        }
        for _ in 1...3 { #expect(try await client.perform(server.request()).body == [UInt8(ascii: "x")]) }
        #expect(server.connectionCount == 3)
    }

    @Test func decodesGzip() async throws {
        let server = try ScriptedServer { _ in http("200 OK", ["Content-Encoding: gzip"], body: Gzip.json) }
        let response = try await client.perform(server.request())
        #expect(String(decoding: response.body, as: UTF8.self) == Gzip.decodedJSON)
        #expect(response.header("Content-Length") == "\(Gzip.json.count)")
    }

    @Test func refusesABrokenEncoding() async throws {
        let server = try ScriptedServer { _ in http("200 OK", ["Content-Encoding: gzip"], body: "not gzip") }
        #expect(await client.failure(server.request())?.kind == .malformedResponse)
    }

    @Test func leavesOutInterimHeadersAndTrailers() async throws {
        let server = try ScriptedServer { _ in
            Array(
                """
                HTTP/1.1 103 Early Hints\r
                X-Source: interim\r
                X-Early: yes\r
                \r
                HTTP/1.1 200 OK\r
                X-Source: final\r
                Transfer-Encoding: chunked\r
                \r
                2\r
                ab\r
                3\r
                cde\r
                0\r
                X-Source: trailer\r
                \r\n
                """.utf8)
        }
        let response = try await client.perform(server.request())
        #expect(response.status == 200)
        #expect(response.body == Array("abcde".utf8))
        #expect(
            response.headers == [CurlHeader("X-Source", "final"), CurlHeader("Transfer-Encoding", "chunked")])
    }

    @Test func doesNotFollowRedirects() async throws {
        let elsewhere = try ScriptedServer { _ in http(body: "elsewhere") }
        let location = "http://127.0.0.1:\(elsewhere.port)/"
        let server = try ScriptedServer { _ in http("302 Found", ["Location: \(location)"]) }
        let response = try await client.perform(server.request())
        #expect(response.status == 302)
        #expect(response.header("Location") == location)
        #expect(elsewhere.connectionCount == 0)
    }

    @Test func speaksHTTP1Point0() async throws {
        let server = try ScriptedServer { connection in
            if connection.readHead() != nil { connection.send("HTTP/1.0 200 OK\r\n\r\nuntil the end") }
        }
        let response = try await client.perform(server.request())
        #expect(response.httpVersion == "1.0")
        #expect(response.body == Array("until the end".utf8))
    }

    @Test func hasTheVersionOfTheLibrary() {
        #expect(CurlClient.libcurlVersion.wholeMatch(of: #/\d+\.\d+\.\d+(-\w+)?/#) != nil)
    }
}
