/// What distinguishes an entry of an addon's list of backups from the others: its `uid`, else its `id`.
///
/// Most are UUIDs, which need no memory of their own here. Two identities are equal if their bytes are.
package enum BackupIdentity: Sendable {
    /// The first and the last eight bytes of a UUID, which the API writes in lower case with hyphens.
    case uuid(UInt64, UInt64)
    /// Any other text.
    case text(String)

    /// - Parameter text: as the API writes it.
    package init(_ text: String) {
        self = Self.uuid(text.utf8) ?? .text(text)
    }

    /// As the API writes it.
    package var text: String {
        switch self {
        case .text(let text): return text
        case .uuid(let first, let last):
            var digits: [UInt8] = []
            digits.reserveCapacity(Self.textLength)
            for (index, half) in [first, last].enumerated() {
                for shift in stride(from: 60, through: 0, by: -4) {
                    if Self.hyphens.contains(digits.count) { digits.append(UInt8(ascii: "-")) }
                    digits.append(Self.digits[Int(half >> UInt64(shift) & 15)])
                }
                assert(digits.count == (index == 0 ? 18 : Self.textLength))
            }
            return String(decoding: digits, as: UTF8.self)
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
    private static let hyphens: Set<Int> = [8, 13, 18, 23]
    private static let textLength = 36

    /// Nil for a text that is not exactly what `text` would make of it.
    private static func uuid(_ text: String.UTF8View) -> BackupIdentity? {
        guard text.count == textLength else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for (position, byte) in text.enumerated() {
            switch (position, byte) {
            case (8, UInt8(ascii: "-")), (13, UInt8(ascii: "-")), (18, UInt8(ascii: "-")), (23, UInt8(ascii: "-")):
                continue
            case (8, _), (13, _), (18, _), (23, _): return nil
            case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): append(byte - UInt8(ascii: "0"))
            case (_, UInt8(ascii: "a")...UInt8(ascii: "f")): append(byte - UInt8(ascii: "a") + 10)
            default: return nil
            }
            func append(_ digit: UInt8) {
                if position < 18 {
                    halves.0 = halves.0 << 4 | UInt64(digit)
                } else {
                    halves.1 = halves.1 << 4 | UInt64(digit)
                }
            }
        }
        return .uuid(halves.0, halves.1)
    }
}

extension BackupIdentity: Hashable {
    package static func == (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.uuid(let first, let last), .uuid(let otherFirst, let otherLast)):
            first == otherFirst && last == otherLast
        // Not by `==` of texts, for which two spellings of one letter are equal.
        case (.text(let text), .text(let other)): text.utf8.elementsEqual(other.utf8)
        case (.uuid, .text), (.text, .uuid): false
        }
    }

    package func hash(into hasher: inout Hasher) {
        switch self {
        case .uuid(let first, let last):
            hasher.combine(first)
            hasher.combine(last)
        case .text(let text):
            for byte in text.utf8 { hasher.combine(byte) }
        }
    }
}

/// The order in which equal backups are told apart; it means nothing else.
extension BackupIdentity: Comparable {
    package static func < (lhs: Self, rhs: Self) -> Bool {
        switch (lhs, rhs) {
        case (.uuid(let first, let last), .uuid(let otherFirst, let otherLast)):
            (first, last) < (otherFirst, otherLast)
        case (.text(let text), .text(let other)): text.utf8.lexicographicallyPrecedes(other.utf8)
        case (.uuid, .text): true
        case (.text, .uuid): false
        }
    }
}
