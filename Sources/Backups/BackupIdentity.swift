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
        self = Self(uuid: text.utf8.span) ?? .text(text)
    }

    /// The identity of a UUID; nil for bytes that are not exactly what `text` would make of it. Reads bytes, so that
    /// the usual identity of a page becomes no string.
    package init?(uuid bytes: Span<UInt8>) {
        guard bytes.count == Self.length else { return nil }
        var halves: (UInt64, UInt64) = (0, 0)
        for position in 0..<Self.length {
            let byte = bytes[position]
            if Self.isHyphen(position) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            default: return nil
            }
            if position < Self.middle {
                halves.0 = halves.0 << 4 | UInt64(digit)
            } else {
                halves.1 = halves.1 << 4 | UInt64(digit)
            }
        }
        self = .uuid(halves.0, halves.1)
    }

    /// As the API writes it.
    package var text: String {
        switch self {
        case .text(let text): return text
        case .uuid(var half, let last):
            let digits = "0123456789abcdef".utf8.span
            let bytes = (0..<Self.length).map { position in
                if position == Self.middle { half = last }
                if Self.isHyphen(position) { return UInt8(ascii: "-") }
                defer { half <<= 4 }
                return digits[Int(half >> 60)]
            }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The number of characters of a UUID.
    private static let length = 36
    /// The position of the hyphen between the two halves of a UUID.
    private static let middle = 18

    private static func isHyphen(_ position: Int) -> Bool {
        position == 8 || position == 13 || position == middle || position == 23
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

/// An order without a meaning, so that backups that are equal otherwise always have the same order.
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
