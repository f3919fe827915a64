package import Backups

/// A time that runs faster than real time, so that days of backups pass in minutes: for tests against a simulator
/// whose time runs equally fast.
package struct ScaledTime: TimeSource {
    private let base: any TimeSource
    /// One instant in real and in scaled time, in seconds since the Unix epoch.
    private let origin: (real: Double, scaled: Double)
    private let scale: Double

    /// - Parameters:
    ///   - origin: a real instant, and the scaled time at that instant; both in seconds since the Unix epoch.
    ///   - scale: scaled seconds in a real second, above 0.
    package init(_ base: any TimeSource, origin: (real: Double, scaled: Double), scale: Double) {
        self.base = base
        self.origin = origin
        self.scale = scale
    }

    package var wall: Timestamp { Timestamp(seconds: origin.scaled + (base.wall.seconds - origin.real) * scale) }

    package var uptime: Double { base.uptime * scale }

    package func sleep(until uptime: Double) async throws { try await base.sleep(until: uptime / scale) }
}
