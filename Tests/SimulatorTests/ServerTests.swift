import Foundation
import Logging
import NorthflankSimulator
import Synchronization
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The simulator over HTTP.
@Suite(.timeLimit(.minutes(1))) struct ServerTests {
    private func get(
        _ url: String, token: String = "simulator-token", method: String = "GET", body: String? = nil
    ) async throws -> (status: Int, headers: [String: String], text: String) {
        var request = URLRequest(url: try #require(URL(string: url)))
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization")
        request.setValue("test/1", forHTTPHeaderField: "User-Agent")
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        let (data, response) = try await session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        let headers = http.allHeaderFields.reduce(into: [String: String]()) {
            $0["\($1.key)".lowercased()] = "\($1.value)"
        }
        return (http.statusCode, headers, String(decoding: data, as: UTF8.self))
    }

    @Test func serves() async throws {
        try await withSimulator(now: atNoon) { simulator, url in
            #expect(url.hasPrefix("http://127.0.0.1:"))
            let page = try await get("\(url)/v1/projects/shop/addons/orders-db/backups?per_page=100")
            #expect(page.status == 200)
            #expect(page.headers["x-ratelimit-remaining"] == "999")
            // By the simulator's clock.
            #expect(page.headers["date"] == "Sun, 15 Jun 2025 15:06:40 GMT")
            #expect(page.headers["content-type"] == "application/json; charset=utf-8")
            let same = await simulator.get("/v1/projects/shop/addons/orders-db/backups?per_page=100")
            #expect(page.text == same.text)
            #expect(try await get("\(url)/v1/projects", token: "wrong").status == 401)
            let requests = await simulator.requests
            #expect(requests.total == 3)
            #expect(requests.connections == 2)
            #expect(requests.last?.userAgent == "test/1")
        }
    }

    @Test func control() async throws {
        try await withSimulator(now: atNoon) { _, url in
            let faults = #"[{"kind":"status","status":503,"retryAfter":1,"times":1}]"#
            let put = try await get("\(url)/_simulator/faults", method: "PUT", body: faults)
            #expect(put.status == 204)
            let failed = try await get("\(url)/v1/projects")
            #expect(failed.status == 503)
            #expect(failed.headers["retry-after"] == "1")
            #expect(try await get("\(url)/v1/projects").status == 200)
        }
    }

    @Test func cutBody() async throws {
        try await withSimulator(now: atNoon) { simulator, url in
            await simulator.setFaults([Fault(.cutBody, times: 1)])
            await #expect(throws: URLError.self) { try await get("\(url)/v1/projects") }
            let next = try await get("\(url)/v1/projects")
            #expect(next.status == 200)
        }
    }

    /// Latency and missing answers wait with the injected sleep.
    @Test func latencyAndSilence() async throws {
        let slept = Mutex<[Double]>([])
        let simulator = Simulator(
            fleet: oddFleet, now: { noon }, sleep: { seconds in slept.withLock { $0.append(seconds) } })
        try await withSimulator(simulator) { simulator, url in
            await simulator.setFaults([Fault(.latency(seconds: 9), times: 1)])
            let late = try await get("\(url)/v1/projects")
            #expect(late.status == 200)
            await simulator.setFaults([Fault(.noAnswer, times: 1)])
            await #expect(throws: URLError.self) { try await get("\(url)/v1/projects") }
            #expect(await simulator.requests.statuses == [200: 1, 0: 1])
        }
        #expect(slept.withLock { $0 } == [9, 60])
    }

    /// A request without an answer does not delay the end of the server.
    @Test func endsWhileSilent() async throws {
        let wait = EndlessWait()
        try await withSimulator(Simulator(fleet: oddFleet, now: atNoon, sleep: wait.sleep)) { simulator, url in
            await simulator.setFaults([Fault(.noAnswer)])
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await get("\(url)/v1/projects") }
                await wait.waitForBegin()
                group.cancelAll()
            }
        }
    }

    @Test(arguments: ["0.0.0.0", "::", "192.168.0.1", "example.com", "127.0.0.1.example.com", "127.1.2"])
    func refusesOtherHosts(host: String) async {
        let server = SimulatorServer(
            simulator: Simulator(now: { noon }), host: host, logger: Logger(label: "test"))
        await #expect(throws: SimulatorError.notLoopback(host)) { try await server.run { _ in } }
    }

    @Test func errorOfTheBodyComesThrough() async {
        struct Own: Error {}
        await #expect(throws: Own.self) {
            try await withSimulator(now: atNoon) { _, _ in throw Own() }
        }
    }
}
