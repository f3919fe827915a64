/// A generator of random numbers whose sequence depends on its parts alone: the same in every process and on every
/// machine, unlike the standard library's `Hasher` and `SystemRandomNumberGenerator`. Worlds and test cases are drawn
/// from it, so its sequences must never change.
package struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64 = 0

    /// - Parameter parts: for instance a seed, and the number of what is drawn.
    package init<Part: BinaryInteger>(_ parts: Part...) {
        for part in parts { state = Self.mixed((state ^ UInt64(truncatingIfNeeded: part)) &+ 0x9E37_79B9_7F4A_7C15) }
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// The next number in `0 ..< 1`.
    package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// The next number in `range`.
    package mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// The next integer in `0 ..< count`; 0 if `count` is 0.
    package mutating func below(_ count: Int) -> Int { count > 0 ? Int(next() % UInt64(count)) : 0 }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
