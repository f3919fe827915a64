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
    /// Before the versions. A backup begins with a number that is not negative.
    private static let versions: Int64 = -1

    /// Most backups take about 30 bytes.
    static func encode(_ backups: [KnownBackup]) -> [UInt8] {
        var list = ByteWriter(capacity: backups.count * 32)
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

    static func decode(_ bytes: Span<UInt8>) throws(MalformedBytes) -> [KnownBackup] {
        var backups: [KnownBackup] = []
        // Few backups take less.
        backups.reserveCapacity(bytes.count / 28)
        var reader = ByteReader()
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

    private static func appendVersions(of backups: [KnownBackup], to list: inout ByteWriter) {
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
        _ bytes: Span<UInt8>, _ reader: inout ByteReader, into backups: inout [KnownBackup]
    ) throws(MalformedBytes) {
        guard !backups.isEmpty else { throw MalformedBytes() }
        var start = 0
        while start < backups.count {
            let count = try reader.number(bytes)
            guard count > 0, count <= backups.count - start else { throw MalformedBytes() }
            let text = try reader.text(bytes)
            let version = text.isEmpty ? nil : text
            for index in start..<start + Int(count) { backups[index].backup.version = version }
            start += Int(count)
        }
        guard reader.position == bytes.count else { throw MalformedBytes() }
    }
}
