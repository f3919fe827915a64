/// A hash based on SplitMix64. Equal parts give equal bits in every process, unlike the standard library's `Hasher`.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(_ parts: UInt64...) {
        state = 0
        for part in parts {
            state = Self.mixed((state ^ part) &+ 0x9E37_79B9_7F4A_7C15)
        }
    }

    /// The next 64 bits of the sequence that these parts start.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mixed(state)
    }

    /// The next number in `0 ..< 1`.
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// The next number in `range`.
    mutating func number(in range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// The next integer in `0 ..< count`; 0 if `count` is 0.
    mutating func below(_ count: Int) -> Int {
        count > 0 ? Int(next() % UInt64(count)) : 0
    }

    /// The next 128 bits in the form of a UUID.
    mutating func uuid() -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for half in 0..<2 {
            let bits = next()
            for digit in 0..<16 {
                let position = half * 16 + digit
                if position == 8 || position == 12 || position == 16 || position == 20 {
                    bytes.append(UInt8(ascii: "-"))
                }
                let nibble = UInt8(truncatingIfNeeded: bits >> UInt64(4 * digit)) & 15
                bytes.append(nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func mixed(_ value: UInt64) -> UInt64 {
        var value = value
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
