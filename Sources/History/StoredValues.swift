import Backups
import SQLite

/// The stored form of a short list of numbers: `0,15,30`.
enum StoredNumbers {
    static func encode(_ numbers: some Sequence<Int>) -> String { numbers.map(String.init).joined(separator: ",") }

    static func count(_ number: Int64) -> Int { Int(clamping: min(max(0, number), 1 << 53)) }

    /// Ignores elements that are not numbers.
    static func decode(_ stored: String) -> [Int] { stored.split(separator: ",").compactMap { Int($0) } }
}

/// Reads columns by their position. An unexpected value causes an error, or stands for an unknown one, and is never a
/// crash.
extension Row {
    func flag(_ column: Int32) throws(SQLiteError) -> Bool { try integer(column) != 0 }

    /// A count: never negative, and small enough that adding to it cannot overflow.
    func count(_ column: Int32) throws(SQLiteError) -> Int { StoredNumbers.count(try integer(column)) }

    func time(_ column: Int32) throws(SQLiteError) -> Timestamp { Timestamp(milliseconds: try integer(column)) }

    func optionalTime(_ column: Int32) throws(SQLiteError) -> Timestamp? {
        guard let milliseconds = try optionalInteger(column) else { return nil }
        return Timestamp(milliseconds: milliseconds)
    }

    func backupType(_ column: Int32) throws(SQLiteError) -> BackupType {
        BackupType(rawValue: UInt8(clamping: try integer(column))) ?? .unknown
    }

    func identity(_ column: Int32) throws(SQLiteError) -> BackupIdentity {
        guard let (first, last) = try uuid(column) else { return .text(try text(column)) }
        return .uuid(first, last)
    }
}

extension Statement {
    func bind(_ time: Timestamp?) { bind(time?.milliseconds) }

    func bind(_ flag: Bool) { bind(flag ? 1 : 0) }

    func bind(_ count: Int) { bind(Int64(count)) }

    func bind(_ key: AddonKey) {
        bind(key.account)
        bind(key.project)
        bind(key.addon)
    }

    func bind(_ identity: BackupIdentity) {
        switch identity {
        case .uuid(let first, let last): bind(uuid: (first, last))
        case .text(let text): bind(text)
        }
    }
}
