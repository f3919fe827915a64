import Backups
import SQLite

/// The stored form of a backup: the fields that most backups share the size of a few bytes.
///
/// `state` has the type in its lowest 3 bits, the status in the next 4, and in 8 more what is counted: each bit that
/// differs from the usual, which is that a backup's own terminal status is counted and no other. Later instants are
/// milliseconds after the creation; the differences wrap, so that each instant is as it was.
enum StoredBackup {
    static func state(_ backup: Backup, counted: TerminalStatuses) -> Int64 {
        let unusual = counted.rawValue ^ TerminalStatuses(backup.status).rawValue
        return Int64(unusual) << 7 | Int64(backup.status.rawValue) << 3 | Int64(backup.type.rawValue)
    }

    /// Any number is the state of some backup.
    static func read(_ state: Int64) -> (status: BackupStatus, type: BackupType, counted: TerminalStatuses) {
        let status = BackupStatus(rawValue: UInt8(state >> 3 & 15)) ?? .unknown
        let unusual = UInt8(truncatingIfNeeded: state >> 7)
        return (
            status, BackupType(rawValue: UInt8(state & 7)) ?? .unknown,
            TerminalStatuses(rawValue: TerminalStatuses(status).rawValue ^ unusual)
        )
    }

    static func difference(_ later: Timestamp?, _ backup: Backup) -> Int64? {
        later.map { $0.milliseconds &- backup.createdAt.milliseconds }
    }

    static func instant(_ difference: Int64?, after creation: Timestamp) -> Timestamp? {
        difference.map { Timestamp(milliseconds: creation.milliseconds &+ $0) }
    }
}
