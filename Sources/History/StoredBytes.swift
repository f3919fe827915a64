import Backups

/// Stored bytes are not what they should be.
struct MalformedBytes: Error {}

/// Writes numbers, identities and texts, one after the other. A number is written in groups of 7 bits, the lowest first,
/// with the highest bit set in each byte but the last, and its sign in the lowest bit.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func append(_ number: Int64) {
        var rest = UInt64(bitPattern: number << 1 ^ number >> 63)
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    mutating func append(_ identity: BackupIdentity) {
        switch identity {
        case .uuid(let first, let last):
            for half in [first, last] {
                for shift in stride(from: UInt64(56), through: 0, by: -8) {
                    bytes.append(UInt8(truncatingIfNeeded: half >> shift))
                }
            }
        case .text(let text): append(text)
        }
    }

    mutating func append(_ text: String) {
        append(Int64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }
}

/// Reads from the front of some bytes, which are passed to each call because a span cannot be stored.
struct ByteReader {
    private(set) var position = 0

    mutating func number(_ bytes: Span<UInt8>) throws(MalformedBytes) -> Int64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { throw MalformedBytes() }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
        }
        throw MalformedBytes()
    }

    mutating func uuid(_ bytes: Span<UInt8>) throws(MalformedBytes) -> BackupIdentity {
        let first = try half(bytes)
        return .uuid(first, try half(bytes))
    }

    private mutating func half(_ bytes: Span<UInt8>) throws(MalformedBytes) -> UInt64 {
        guard bytes.count - position >= 8 else { throw MalformedBytes() }
        var half: UInt64 = 0
        for index in position..<position + 8 { half = half << 8 | UInt64(bytes[index]) }
        position += 8
        return half
    }

    mutating func text(_ bytes: Span<UInt8>) throws(MalformedBytes) -> String {
        let count = try number(bytes)
        guard count >= 0, count <= bytes.count - position else { throw MalformedBytes() }
        let text = (position..<position + Int(count)).map { bytes[$0] }
        position += Int(count)
        return String(decoding: text, as: UTF8.self)
    }
}
