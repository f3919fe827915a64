internal import Logging

/// Serves a generated fleet on a free port for as long as `body` runs. `now` is seconds since 1970.
package func withSimulator<Result: Sendable>(
    _ options: SimulatorOptions = SimulatorOptions(), now: @escaping @Sendable () -> Double,
    body: (_ simulator: Simulator, _ baseURL: String) async throws -> Result
) async throws -> Result {
    try await withSimulator(Simulator(options: options, now: now), body: body)
}

/// Serves a simulator on a free port for as long as `body` runs.
package func withSimulator<Result: Sendable>(
    _ simulator: Simulator,
    body: (_ simulator: Simulator, _ baseURL: String) async throws -> Result
) async throws -> Result {
    let server = SimulatorServer(
        simulator: simulator,
        logger: Logger(label: "simulator", factory: { _ in SwiftLogNoOpLogHandler() }))
    let (urls, listening) = AsyncThrowingStream<String, any Error>.makeStream()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            do {
                try await server.run { listening.yield($0) }
                listening.finish()
            } catch {
                listening.finish(throwing: error)
            }
        }
        defer { group.cancelAll() }
        var iterator = urls.makeAsyncIterator()
        guard let url = try await iterator.next() else { throw SimulatorError.didNotListen }
        return try await body(simulator, url)
    }
}
