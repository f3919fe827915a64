/// A clock with its own speed and its own start. All times are seconds since 1970.
package struct VirtualClock: Sendable, Equatable {
    /// A real instant.
    package let start: Double
    /// The time of this clock at `start`.
    package let virtualStart: Double
    /// The speed of this clock in relation to real time.
    package let scale: Double

    /// A clock that shows `virtualStart` at the real instant `start` and runs `scale` times as fast as real time. An
    /// invalid scale counts as 1.
    package init(start: Double, virtualStart: Double, scale: Double) {
        self.start = start
        self.virtualStart = virtualStart
        self.scale = scale.isFinite && scale > 0 ? scale : 1
    }

    /// The real time.
    package static let real = VirtualClock(start: 0, virtualStart: 0, scale: 1)

    /// The time of this clock at a real instant.
    package func now(real: Double) -> Double {
        virtualStart + (real - start) * scale
    }
}
