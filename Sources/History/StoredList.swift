import Backups

/// The stored form of an addon's listed backups: one BLOB, which is read and written ten times as fast as a row for each
/// of a hundred backups.
///
/// A sequence of backups, each of these parts; a number is written in groups of 7 bits, the lowest first, with the
/// highest bit set in each byte but the last, and its sign in the lowest bit.
///
/// 1. `state` of ``StoredBackup`` times 8, plus 1 if the identity is a text, 2 if there is an end, 4 if there is a size.
/// 2. The 16 bytes of a UUID; of a text, the number of its bytes and then these.
/// 3. The creation in milliseconds after that of the backup before, or after 1970.
/// 4. If there is one, the end in milliseconds after the creation.
/// 5. If there is one, the size.
///
/// If a backup has a version, a number that begins no backup follows, and then all versions in the order of the backups:
/// for each row of backups with the same version, their number, and the version as a text, which is empty for none.
enum StoredList {
    /// The bytes are not a list.
    struct Malformed: Error {}

    /// Before the versions. A backup begins with a number that is not negative.
    private static let versions: Int64 = -1

    /// Most backups take about 30 bytes.
    static func encode(_ backups: [KnownBackup]) -> [UInt8] {
        var list = Writer(capacity: backups.count * 32)
        var before: Int64 = 0
        for one in backups {
            let backup = one.backup
            let end = StoredBackup.difference(backup.completedAt, backup)
            var parts: Int64 = 0
            if case .text = backup.identity { parts |= 1 }
            if end != nil { parts |= 2 }
            if backup.size != nil { parts |= 4 }
            list.append(StoredBackup.state(backup, counted: one.counted) << 3 | parts)
            list.append(backup.identity)
            list.append(backup.createdAt.milliseconds &- before)
            if let end { list.append(end) }
            if let size = backup.size { list.append(size) }
            before = backup.createdAt.milliseconds
        }
        appendVersions(of: backups, to: &list)
        return list.bytes
    }

    static func decode(_ bytes: Span<UInt8>) throws(Malformed) -> [KnownBackup] {
        var backups: [KnownBackup] = []
        // Few backups take less.
        backups.reserveCapacity(bytes.count / 28)
        var reader = Reader()
        var before: Int64 = 0
        while reader.position < bytes.count {
            let head = try reader.number(bytes)
            if head == versions {
                try readVersions(bytes, &reader, into: &backups)
                break
            }
            let (status, type, counted) = StoredBackup.read(head >> 3)
            let identity = try head & 1 == 0 ? reader.uuid(bytes) : .text(reader.text(bytes))
            before &+= try reader.number(bytes)
            let createdAt = Timestamp(milliseconds: before)
            let end = head & 2 == 0 ? nil : StoredBackup.instant(try reader.number(bytes), after: createdAt)
            let size = head & 4 == 0 ? nil : try reader.number(bytes)
            let backup = Backup(
                identity: identity, status: status, type: type, createdAt: createdAt, completedAt: end, size: size)
            backups.append(KnownBackup(backup, counted: counted))
        }
        return backups
    }

    private static func appendVersions(of backups: [KnownBackup], to list: inout Writer) {
        var start = 0
        // By index, because a loop over elements would copy each.
        for index in backups.indices {
            let version = backups[index].backup.version
            let next = index + 1 < backups.count ? backups[index + 1].backup.version : nil
            if index + 1 < backups.count, next == version { continue }
            // A list without versions is written as before there were any.
            if start == 0, version == nil, index + 1 == backups.count { return }
            if start == 0 { list.append(versions) }
            list.append(Int64(index + 1 - start))
            list.append(version ?? "")
            start = index + 1
        }
    }

    private static func readVersions(
        _ bytes: Span<UInt8>, _ reader: inout Reader, into backups: inout [KnownBackup]
    ) throws(Malformed) {
        guard !backups.isEmpty else { throw Malformed() }
        var start = 0
        while start < backups.count {
            let count = try reader.number(bytes)
            guard count > 0, count <= backups.count - start else { throw Malformed() }
            let text = try reader.text(bytes)
            let version = text.isEmpty ? nil : text
            for index in start..<start + Int(count) { backups[index].backup.version = version }
            start += Int(count)
        }
        guard reader.position == bytes.count else { throw Malformed() }
    }
}

private struct Writer {
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
private struct Reader {
    private(set) var position = 0

    mutating func number(_ bytes: Span<UInt8>) throws(StoredList.Malformed) -> Int64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard position < bytes.count else { throw StoredList.Malformed() }
            let byte = bytes[position]
            position += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1) }
        }
        throw StoredList.Malformed()
    }

    mutating func uuid(_ bytes: Span<UInt8>) throws(StoredList.Malformed) -> BackupIdentity {
        let first = try half(bytes)
        return .uuid(first, try half(bytes))
    }

    private mutating func half(_ bytes: Span<UInt8>) throws(StoredList.Malformed) -> UInt64 {
        guard bytes.count - position >= 8 else { throw StoredList.Malformed() }
        var half: UInt64 = 0
        for index in position..<position + 8 { half = half << 8 | UInt64(bytes[index]) }
        position += 8
        return half
    }

    mutating func text(_ bytes: Span<UInt8>) throws(StoredList.Malformed) -> String {
        let count = try number(bytes)
        guard count >= 0, count <= bytes.count - position else { throw StoredList.Malformed() }
        let text = (position..<position + Int(count)).map { bytes[$0] }
        position += Int(count)
        return String(decoding: text, as: UTF8.self)
    }
}
