/// A clock that may run faster than the real one and from another instant on. All times are seconds since 1970.
package struct VirtualClock: Sendable, Equatable {
    /// A real instant.
    package let start: Double
    /// What this clock shows at it.
    package let virtualStart: Double
    /// How many times faster than real it runs.
    package let scale: Double

    /// A clock that shows `virtualStart` at the real instant `start` and then runs `scale` times as fast. A scale
    /// that no clock can have counts as 1.
    package init(start: Double, virtualStart: Double, scale: Double) {
        self.start = start
        self.virtualStart = virtualStart
        self.scale = scale.isFinite && scale > 0 ? scale : 1
    }

    /// The real time.
    package static let real = VirtualClock(start: 0, virtualStart: 0, scale: 1)

    /// What this clock shows at a real instant.
    package func now(real: Double) -> Double {
        virtualStart + (real - start) * scale
    }
}
