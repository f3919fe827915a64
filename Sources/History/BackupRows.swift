import Backups
import GRDB

/// Reads and writes the backups of one addon.
struct BackupRows {
    private static let columns = "identity, status, type, counted, created_at, completed_at, size"

    let db: Database
    /// The addon's row.
    let addon: Int64

    func listed() throws -> [KnownBackup] {
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM listed_backup WHERE addon = ?")
        return try all(statement, [addon]) { row in try Self.known(row, goneAt: nil) }
    }

    /// The gone backups that were created last, the newest first.
    func newestGone(limit: Int) throws -> [KnownBackup] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT \(Self.columns), gone_at FROM gone_backup WHERE addon = ? ORDER BY created_at DESC LIMIT ?
                """)
        return try all(statement, [addon, limit]) { row in try Self.known(row, goneAt: row.time(7)) }
    }

    /// The gone backup with the identity of an entry, else with its creation and type.
    func gone(like entry: Backup) throws -> KnownBackup? {
        func first(_ condition: String, _ arguments: StatementArguments) throws -> KnownBackup? {
            let statement = try db.cachedStatement(
                sql: "SELECT \(Self.columns), gone_at FROM gone_backup WHERE addon = ? AND \(condition) LIMIT 1")
            return try all(statement, arguments) { row in try Self.known(row, goneAt: row.time(7)) }.first
        }
        return try first("identity = ?", [addon, StoredText.encode(entry.identity.text)])
            ?? first("created_at = ? AND type = ?", [addon, entry.createdAt.milliseconds, Int64(entry.type.rawValue)])
    }

    func write(_ changes: ListingChanges) throws {
        try delete(changes.renamed, sql: "DELETE FROM listed_backup WHERE addon = ? AND identity = ?")
        try delete(changes.returned, sql: "DELETE FROM gone_backup WHERE addon = ? AND identity = ?")
        if !changes.written.isEmpty {
            let insert = try db.cachedStatement(
                sql: "INSERT OR REPLACE INTO listed_backup (addon, \(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            for one in changes.written { try insert.execute(arguments: StatementArguments(values(one))) }
        }
        guard !changes.gone.isEmpty else { return }
        try delete(
            changes.gone.map(\.backup.identity), sql: "DELETE FROM listed_backup WHERE addon = ? AND identity = ?")
        let insert = try db.cachedStatement(
            sql: """
                INSERT OR REPLACE INTO gone_backup (addon, \(Self.columns), gone_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for one in changes.gone {
            let goneAt = (one.goneAt?.milliseconds ?? 0).databaseValue
            try insert.execute(arguments: StatementArguments(values(one) + [goneAt]))
        }
    }

    private func delete(_ identities: [BackupIdentity], sql: String) throws {
        guard !identities.isEmpty else { return }
        let statement = try db.cachedStatement(sql: sql)
        for identity in identities { try statement.execute(arguments: [addon, StoredText.encode(identity.text)]) }
    }

    private func all<Value>(
        _ statement: Statement, _ arguments: StatementArguments, _ value: (Row) throws -> Value
    ) throws -> [Value] {
        let rows = try Row.fetchCursor(statement, arguments: arguments)
        var values: [Value] = []
        while let row = try rows.next() { values.append(try value(row)) }
        return values
    }

    private func values(_ one: KnownBackup) -> [DatabaseValue] {
        let backup = one.backup
        return [
            addon.databaseValue,
            StoredText.encode(backup.identity.text).databaseValue,
            Int64(backup.status.rawValue).databaseValue,
            Int64(backup.type.rawValue).databaseValue,
            Int64(one.counted.rawValue).databaseValue,
            backup.createdAt.milliseconds.databaseValue,
            backup.completedAt?.milliseconds.databaseValue ?? .null,
            backup.size?.databaseValue ?? .null,
        ]
    }

    private static func known(_ row: Row, goneAt: Timestamp?) throws -> KnownBackup {
        KnownBackup(
            Backup(
                identity: BackupIdentity(try row.text(0)), status: try row.status(1), type: try row.type(2),
                createdAt: try row.time(4), completedAt: try row.optionalTime(5), size: try row.optionalNumber(6)),
            counted: TerminalStatuses(rawValue: UInt8(truncatingIfNeeded: try row.number(3))), goneAt: goneAt)
    }
}
