import Backups
import GRDB

/// The stored form of a text. SQLite's usual functions end a text at the first NUL, which a text from outside can
/// contain, so NUL is stored as two other characters.
enum StoredText {
    private static let escape = UInt8(1)

    static func encode(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 <= escape }) else { return text }
        return String(
            decoding: text.utf8.flatMap { $0 <= escape ? [escape, $0 + UInt8(ascii: "0")] : [$0] }, as: UTF8.self)
    }

    static func decode(_ stored: String) -> String {
        guard stored.utf8.contains(escape) else { return stored }
        var bytes: [UInt8] = []
        var isEscaped = false
        for byte in stored.utf8 {
            if isEscaped {
                bytes.append(byte &- UInt8(ascii: "0"))
                isEscaped = false
            } else if byte == escape {
                isEscaped = true
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The stored form of a short list of numbers: `0,15,30`.
enum StoredNumbers {
    static func encode(_ numbers: some Sequence<Int>) -> String { numbers.map(String.init).joined(separator: ",") }

    static func count(_ number: Int64) -> Int { Int(clamping: min(max(0, number), 1 << 53)) }

    /// Ignores elements that are not numbers.
    static func decode(_ stored: String) -> [Int] { stored.split(separator: ",").compactMap { Int($0) } }
}

/// Reads columns by their position. Rows are outside data too: an unexpected value causes an error, never a crash.
extension Row {
    func number(_ index: Int) throws -> Int64 { try decode(Int64.self, atIndex: index) }

    func text(_ index: Int) throws -> String { StoredText.decode(try decode(String.self, atIndex: index)) }

    func flag(_ index: Int) throws -> Bool { try number(index) != 0 }

    /// A count: never negative, and small enough that adding to it cannot overflow.
    func count(_ index: Int) throws -> Int { StoredNumbers.count(try number(index)) }

    func time(_ index: Int) throws -> Timestamp { Timestamp(milliseconds: try number(index)) }

    func optionalNumber(_ index: Int) throws -> Int64? { try decode(Int64?.self, atIndex: index) }

    func optionalTime(_ index: Int) throws -> Timestamp? {
        try optionalNumber(index).map(Timestamp.init(milliseconds:))
    }

    func type(_ index: Int) throws -> BackupType {
        BackupType(rawValue: UInt8(clamping: try number(index))) ?? .unknown
    }

    func status(_ index: Int) throws -> BackupStatus {
        BackupStatus(rawValue: UInt8(clamping: try number(index))) ?? .unknown
    }
}
