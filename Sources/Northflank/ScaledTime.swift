package import Backups

/// A time that runs faster than the real one, so that days of backups can be watched in minutes: for tests against
/// a simulator whose time runs the same way.
package struct ScaledTime: TimeSource {
    private let base: any TimeSource
    /// Seconds since the Unix epoch, of the real time and of this one.
    private let origin: (real: Double, scaled: Double)
    private let scale: Double

    /// - Parameters:
    ///   - origin: a real instant, and what this clock shows then; both in seconds since the Unix epoch.
    ///   - scale: seconds of this time in a real one, above 0.
    package init(_ base: any TimeSource, origin: (real: Double, scaled: Double), scale: Double) {
        self.base = base
        self.origin = origin
        self.scale = scale
    }

    package var wall: Timestamp { Timestamp(seconds: origin.scaled + (base.wall.seconds - origin.real) * scale) }

    package var uptime: Double { base.uptime * scale }

    package func sleep(until uptime: Double) async throws { try await base.sleep(until: uptime / scale) }
}
