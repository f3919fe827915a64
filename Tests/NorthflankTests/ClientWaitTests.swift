import Synchronization
import TestSupport
import Testing

@testable import Northflank

@Suite struct ClientWaitTests {
    private static let limits = ["x-ratelimit-limit": "1000", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "30"]

    @Test("a 429 of one list holds back all others until the reset")
    func everybodyStops() async throws {
        let time = ManualTime()
        let projects = "https://api.test/v1/projects?per_page=100"
        let bench = Bench(
            FakeTransport([
                Bench.backupsURL: [.status(429, headers: Self.limits), .ok(ListJSON.example)],
                projects: [.ok(ListJSON.page("projects", []))],
            ]), time: time, random: 0)
        let backups = Task { try await bench.backups() }
        await time.waitForSleepers()
        let others = Task { try await bench.client.projects() }
        await time.waitForSleepers(2)
        #expect(bench.transport.urls == [Bench.backupsURL])
        time.advance(by: 29)
        #expect(bench.transport.urls == [Bench.backupsURL])
        time.advance(by: 1)
        #expect(try await backups.value.entries.count == 1)
        #expect(try await others.value.entries.isEmpty)
        #expect(bench.transport.urls.sorted() == [projects, Bench.backupsURL, Bench.backupsURL].sorted())
    }

    @Test("cancelled while it waits for the budget: nothing is sent, nothing counted")
    func cancelledInBudget() async throws {
        let time = ManualTime()
        let bench = Bench(FakeTransport([:]), time: time)
        _ = bench.budget.withBudget { $0.refused(Refusal(), sent: time.uptime, now: time.uptime) }
        let task = Task { try await bench.backups() }
        await time.waitForSleepers()
        task.cancel()
        let error = await #expect(throws: APIError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(bench.transport.urls.isEmpty)
        #expect(bench.log.all == ["waiting 60.0"])
        #expect(bench.budget.withBudget { $0.used } == 0)
    }

    @Test("cancelled while it waits before the next attempt")
    func cancelledInBackoff() async throws {
        let time = ManualTime()
        let bench = Bench(FakeTransport([Bench.backupsURL: [.status(502), .ok(ListJSON.example)]]), time: time)
        let task = Task { try await bench.backups() }
        await time.waitForSleepers()
        task.cancel()
        let error = await #expect(throws: APIError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(bench.transport.urls.count == 1)
        #expect(bench.log.all == ["backups 502 0.25", "retry unavailable"])
    }

    @Test("cancelled while a request is on its way: no event says that anything failed")
    func cancelledInFlight() async throws {
        let (sent, send) = AsyncStream.makeStream(of: Void.self)
        let bench = Bench(
            FakeTransport { _ in
                send.finish()
                return .silence
            })
        let task = Task { try await bench.backups() }
        for await _ in sent {}
        task.cancel()
        let error = await #expect(throws: APIError.self) { try await task.value }
        #expect(error?.reason == .cancelled)
        #expect(bench.log.all.isEmpty)
    }

    @Test("a request without an answer is timed by the clock")
    func duration() async throws {
        let time = ManualTime()
        let bench = Bench(
            FakeTransport { _ in
                time.advance(by: 1.5)
                return .failure(.tls)
            }, time: time)
        await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(bench.log.all == ["backups error 1.5", "backups given up: tls"])
    }

    @Test("the token is read before each request, so that a rotated token is used at once")
    func rotation() async throws {
        let tokens = Mutex(["first", "second", "third"])
        let next = Bench.backupsURL + "&cursor=x"
        let bench = Bench(
            FakeTransport([
                Bench.backupsURL: [
                    .status(502), .ok(ListJSON.backups([ListJSON.backup("a")], hasNextPage: true, cursor: "x")),
                ],
                next: [.ok(ListJSON.backups([ListJSON.backup("b")]))],
            ]), token: { tokens.withLock { Secret($0.removeFirst()) } })
        _ = try await bench.backups()
        #expect(bench.transport.tokens == [Secret("first"), Secret("second"), Secret("third")])
    }

    @Test("the API's words come with the error, cut, and without the token")
    func words() async throws {
        func message(_ words: String) async -> String? {
            let bench = Bench(.status(401, #"{"error":{"status":401,"message":"\#(words)"}}"#))
            return await #expect(throws: APIError.self) { try await bench.backups() }?.detail
        }
        #expect(await message("Token s3cret is not known.") == "Token <redacted> is not known.")
        #expect(
            await message(String(repeating: "é", count: 999)) == String(repeating: "é", count: 200))
        // Redacted before it is cut, or a piece of the token would be left at the end.
        let long = String(repeating: "x", count: 197)
        #expect(await message(long + "s3cret") == long + "<re")
    }
}
