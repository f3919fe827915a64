package import Backups

/// The only source of time in the program, passed in so that tests control it.
package protocol TimeSource: Sendable {
    /// The time of day; jumps when the machine's clock is set.
    var wall: Timestamp { get }
    /// Seconds since a fixed instant; never jumps. All waits use it.
    var uptime: Double { get }
    /// - Throws: `CancellationError` if the task is cancelled first.
    func sleep(until uptime: Double) async throws
}

extension TimeSource {
    package func sleep(for seconds: Double) async throws { try await sleep(until: uptime + seconds) }
}

/// The real time.
package struct SystemTime: TimeSource {
    private let start = ContinuousClock.now
    private let wallClock: @Sendable () -> Timestamp
    private let sleeper: (@Sendable (Double) async throws -> Void)?

    /// - Parameters:
    ///   - wallClock: reads the machine's time of day.
    ///   - sleeper: sleeps for so many seconds; nil for a sleep where all tasks do.
    package init(
        wallClock: @escaping @Sendable () -> Timestamp, sleeper: (@Sendable (Double) async throws -> Void)? = nil
    ) {
        self.wallClock = wallClock
        self.sleeper = sleeper
    }

    package var wall: Timestamp { wallClock() }

    package var uptime: Double { (ContinuousClock.now - start) / .seconds(1) }

    package func sleep(until uptime: Double) async throws {
        if let sleeper { return try await sleeper(uptime - self.uptime) }
        try await Task.sleep(until: start + .seconds(uptime), clock: .continuous)
    }
}
