import Backups

/// The stored form of restores that have ended, in one BLOB.
///
/// A sequence of restores, each of these parts, as ``ByteWriter`` writes them:
///
/// 1. The sum of 1 if it completed, 2 if there is a duration, 4 if there is a backup, 8 if the backup's creation is known.
/// 2. The end in milliseconds after that of the restore before, or after 1970.
/// 3. If there is one, the duration in milliseconds.
/// 4. If there is one, the backup.
/// 5. If it is known, the backup's creation in milliseconds after the end.
enum StoredRestores {
    static func encode(_ restores: [PastRestore]) -> [UInt8] {
        var bytes = ByteWriter(capacity: restores.count * 56)
        var before: Int64 = 0
        for restore in restores {
            let end = restore.end.milliseconds
            var parts: Int64 = restore.hasCompleted ? 1 : 0
            if restore.duration != nil { parts |= 2 }
            if restore.backup != nil { parts |= 4 }
            if restore.backupCreatedAt != nil { parts |= 8 }
            bytes.append(parts)
            bytes.append(end &- before)
            if let duration = restore.duration { bytes.append(duration.milliseconds) }
            if let backup = restore.backup { bytes.append(backup) }
            if let creation = restore.backupCreatedAt { bytes.append(creation.milliseconds &- end) }
            before = end
        }
        return bytes.bytes
    }

    static func decode(_ bytes: Span<UInt8>) throws(MalformedBytes) -> [PastRestore] {
        var restores: [PastRestore] = []
        var reader = ByteReader()
        var end: Int64 = 0
        while reader.position < bytes.count {
            let parts = try reader.number(bytes)
            guard (0...15).contains(parts) else { throw MalformedBytes() }
            end &+= try reader.number(bytes)
            var restore = PastRestore(end: Timestamp(milliseconds: end), hasCompleted: parts & 1 != 0)
            if parts & 2 != 0 { restore.duration = .milliseconds(try reader.number(bytes)) }
            if parts & 4 != 0 { restore.backup = try reader.text(bytes) }
            if parts & 8 != 0 {
                restore.backupCreatedAt = Timestamp(milliseconds: end &+ (try reader.number(bytes)))
            }
            restores.append(restore)
        }
        return restores
    }
}
