import SplitMix64

extension SplitMix64 {
    /// The next 128 bits in the manner of a UUID.
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
}
