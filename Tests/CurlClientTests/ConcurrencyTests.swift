import Testing

@testable import CurlClient

/// Cancellation, the limit of concurrent transfers, and the end of a client.
@Suite(.timeLimit(.minutes(3)))
struct ConcurrencyTests {
    /// Answers no request, and notices when a client gives up.
    private static func makeStalledServer() throws -> ScriptedServer {
        try ScriptedServer { connection in
            if connection.readHead() != nil { connection.waitForClose() }
        }
    }

    @Test func cancelsATransferInFlight() async throws {
        let server = try Self.makeStalledServer()
        let client = CurlClient(maxConcurrentTransfers: 1)
        let task = Task { await client.failure(server.request()) }
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(await events.next() == .connectionClosed)
    }

    @Test func cancelsATransferThatWaits() async throws {
        let gate = Gate()
        let server = try ScriptedServer { _ in
            gate.wait()
            return http()
        }
        let client = CurlClient(maxConcurrentTransfers: 1)
        let first = Task { try await client.perform(server.request("/1")).status }
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET /1 HTTP/1.1"))

        let second = Task { await client.failure(server.request("/2")) }
        second.cancel()
        #expect(await second.value == .cancelled)
        gate.open()
        #expect(try await first.value == 200)
        #expect(try await client.perform(server.request("/3")).status == 200)
        #expect(server.heads.map { $0.prefix(6) } == ["GET /1", "GET /3"])
    }

    @Test func sendsNothingForATaskThatIsCancelledAlready() async throws {
        let server = try ScriptedServer { _ in http() }
        let client = CurlClient(maxConcurrentTransfers: 1)
        let gate = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            // A cancelled task leaves the stream at once.
            for await _ in gate.stream {}
            return await client.failure(server.request())
        }
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(server.connectionCount == 0)
    }

    @Test func runsAsManyTransfersAsAllowed() async throws {
        let barrier = Barrier(size: 3)
        let server = try ScriptedServer { _ in
            barrier.pass()
            return http()
        }
        let client = CurlClient(maxConcurrentTransfers: 3)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 1...30 { group.addTask { try await client.perform(server.request()).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == [Int](repeating: 200, count: 30))
        #expect(barrier.greatestInside == 3)
        #expect(server.connectionCount == 3)
    }

    @Test func startsWhatWaitsWhenTheLimitRises() async throws {
        let gate = Gate()
        let server = try ScriptedServer { head in
            if head.hasPrefix("GET /stalled") { gate.wait() }
            return http()
        }
        // Counts as 1.
        let client = CurlClient(maxConcurrentTransfers: -1)
        let stalled = Task { try await client.perform(server.request("/stalled")).status }
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET /stalled HTTP/1.1"))
        async let other = client.perform(server.request("/other"))
        client.setMaxConcurrentTransfers(2)
        #expect(try await other.status == 200)
        gate.open()
        #expect(try await stalled.value == 200)
    }

    @Test func shutdownEndsEverything() async throws {
        let server = try Self.makeStalledServer()
        let client = CurlClient(maxConcurrentTransfers: 1)
        let first = Task { await client.failure(server.request()) }
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        async let waiting = client.failure(server.request())
        async let end: Void = client.shutdown()

        #expect(await first.value == .closed)
        #expect(await waiting == .closed)
        #expect(await events.next() == .connectionClosed)
        await end
        #expect(await client.failure(server.request()) == .closed)
        await client.shutdown()
        client.setMaxConcurrentTransfers(2)
        #expect(server.connectionCount == 1)
    }

    @Test func aClientThatIsLetGoEndsItsThread() async {
        let mailbox = CurlClient(maxConcurrentTransfers: 1).mailbox
        await mailbox.waitUntilEnded()
    }

    @Test func aTransferKeepsItsClient() async throws {
        let server = try ScriptedServer { _ in http() }
        #expect(try await CurlClient(maxConcurrentTransfers: 1).perform(server.request()).status == 200)
    }

    /// A caller that is resumed twice traps, one that is never resumed runs into the time limit.
    @Test func resumesEveryCallerOnce() async throws {
        let server = try ScriptedServer { _ in http(body: "x") }
        let client = CurlClient(maxConcurrentTransfers: 3)
        let workers = 8
        let outcomes = await withTaskGroup(of: [String: Int].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var outcomes: [String: Int] = [:]
                    for round in 0..<(10_000 / workers) {
                        let task = Task { await client.failure(server.request())?.kind.rawValue ?? "ok" }
                        // Cancelled at once, while it waits, while it runs, as it ends, or afterwards.
                        for _ in 0..<((round + worker) % 60) { await Task.yield() }
                        task.cancel()
                        outcomes[await task.value, default: 0] += 1
                    }
                    return outcomes
                }
            }
            return await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
        }
        #expect(outcomes["ok", default: 0] + outcomes["cancelled", default: 0] == 10_000)
        #expect(try await client.perform(server.request()).status == 200)
        await client.shutdown()
    }

    @Test func shutdownRacesWithNewTransfers() async throws {
        let server = try ScriptedServer { _ in http() }
        for _ in 1...100 {
            let client = CurlClient(maxConcurrentTransfers: 2)
            await withTaskGroup(of: CurlError.Kind?.self) { group in
                for _ in 1...4 { group.addTask { await client.failure(server.request())?.kind } }
                group.addTask {
                    await client.shutdown()
                    return nil
                }
                for await kind in group { #expect(kind == nil || kind == .closed) }
            }
        }
    }
}
