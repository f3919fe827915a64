import Testing

@testable import CurlClient

/// Cancellation, many transfers at once, and the end of a client.
@Suite(.timeLimit(.minutes(3)))
struct ConcurrencyTests {
    /// A server that answers no request, and notices when a client closes its connection.
    private static func makeStalledServer() throws -> ScriptedServer {
        try ScriptedServer { connection in
            if connection.readHead() != nil { connection.waitForClose() }
        }
    }

    @Test func cancelsATransferInFlight() async throws {
        let server = try Self.makeStalledServer()
        let client = CurlClient()
        let task = Task { await client.failure(server.request()) }
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        task.cancel()
        #expect(await task.value == .cancelled)
        #expect(await events.next() == .connectionClosed)
    }

    /// The invalid URL shows that the request is not even judged.
    @Test func startsNoTransferForACancelledTask() async {
        let client = CurlClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.failure(CurlRequest(url: "", userAgent: "t"))
        }
        #expect(await task.value == .cancelled)
    }

    /// A task can be cancelled between the check for it and the start of its transfer.
    @Test func cancelsATransferThatStartsAfterTheCancellation() async throws {
        let server = try Self.makeStalledServer()
        let client = CurlClient()
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await client.transfer(server.request())
        }
        let result = await task.value
        #expect(throws: CurlError.cancelled) { try result.get() }
    }

    @Test func runsAHundredTransfersAtOnceAndKeepsTheirConnections() async throws {
        let barrier = Barrier(size: 100)
        let server = try ScriptedServer { _ in
            barrier.pass()
            return http()
        }
        let client = CurlClient()
        for _ in 1...2 {
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...100 { group.addTask { try await client.perform(server.request()).status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == [Int](repeating: 200, count: 100))
        }
        #expect(server.connectionCount == 100)
    }

    @Test func shutdownEndsEverything() async throws {
        let server = try Self.makeStalledServer()
        let client = CurlClient()
        async let first = client.failure(server.request())
        async let second = client.failure(server.request())
        var events = server.events.makeAsyncIterator()
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        #expect(await events.next() == .request("GET / HTTP/1.1"))
        async let end: Void = client.shutdown()

        #expect(await first == .closed)
        #expect(await second == .closed)
        #expect(await events.next() == .connectionClosed)
        #expect(await events.next() == .connectionClosed)
        await end
        #expect(await client.failure(server.request()) == .closed)
        await client.shutdown()
        #expect(server.connectionCount == 2)
    }

    @Test func aClientThatIsLetGoEndsItsThread() async {
        let mailbox = CurlClient().mailbox
        await mailbox.waitUntilEnded()
    }

    @Test func aTransferKeepsItsClient() async throws {
        let server = try ScriptedServer { _ in http() }
        #expect(try await CurlClient().perform(server.request()).status == 200)
    }

    /// A caller that is resumed twice traps; a caller that is never resumed reaches the time limit.
    @Test func resumesEveryCallerOnce() async throws {
        let server = try ScriptedServer { _ in http(body: "x") }
        let client = CurlClient()
        let workers = 8
        let outcomes = await withTaskGroup(of: [String: Int].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    var outcomes: [String: Int] = [:]
                    for round in 0..<(10_000 / workers) {
                        let task = Task { await client.failure(server.request())?.kind.rawValue ?? "ok" }
                        // Cancels the task before its transfer starts, while it runs, as it ends, or afterwards.
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
            let client = CurlClient()
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
