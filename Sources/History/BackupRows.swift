import Backups
import SQLite

/// Reads and writes the backups of one addon.
struct BackupRows {
    private static let listed = SQL("SELECT backups FROM listed_backups WHERE addon = ?")
    private static let list = SQL("INSERT OR REPLACE INTO listed_backups (addon, backups) VALUES (?, ?)")
    private static let columns = "identity, created_at, state, completed_after, size, gone_after, version"
    private static let newestGone = SQL(
        "SELECT \(columns) FROM gone_backup WHERE addon = ? ORDER BY created_at DESC LIMIT ?")
    private static let newestGoneOfType = SQL(
        "SELECT \(columns) FROM gone_backup WHERE addon = ? AND state & 7 = ? ORDER BY created_at DESC LIMIT ?")
    private static let allGone = SQL("SELECT \(columns) FROM gone_backup WHERE addon = ?")
    private static let goneThen = SQL("SELECT \(columns) FROM gone_backup WHERE addon = ? AND created_at = ?")
    private static let addGone = SQL(
        "INSERT OR REPLACE INTO gone_backup (addon, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    private static let addGoneOfVersion1 = SQL(
        """
        INSERT INTO gone_backup (addon, identity, created_at, state, completed_after, size, gone_after)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    private static let removeGone = SQL("DELETE FROM gone_backup WHERE addon = ? AND created_at = ? AND identity = ?")

    let db: Database
    /// The addon's row.
    let addon: Int64

    func listed() throws -> [KnownBackup] {
        let statement = try db.statement(Self.listed)
        statement.bind(addon)
        return try statement.first { row in try row.blob(0, StoredList.decode) } ?? []
    }

    /// The gone backups that were created last, the newest first.
    func newestGone(limit: Int) throws -> [KnownBackup] {
        let statement = try db.statement(Self.newestGone)
        statement.bind(addon)
        statement.bind(limit)
        return try Self.gone(statement)
    }

    /// The gone backups of a type that were created last, the newest first.
    func newestGone(of type: BackupType, limit: Int) throws -> [KnownBackup] {
        let statement = try db.statement(Self.newestGoneOfType)
        statement.bind(addon)
        statement.bind(Int64(type.rawValue))
        statement.bind(limit)
        return try Self.gone(statement)
    }

    /// Every backup, the newest first.
    func all() throws -> [KnownBackup] {
        let statement = try db.statement(Self.allGone)
        statement.bind(addon)
        return try (listed() + Self.gone(statement)).sorted { $0.backup.createdAt > $1.backup.createdAt }
    }

    private static func gone(_ statement: Statement) throws -> [KnownBackup] {
        var backups: [KnownBackup] = []
        try statement.rows { row in backups.append(try gone(row)) }
        return backups
    }

    /// The gone backup with the creation and the identity of an entry, else with its creation and type. An identity
    /// never changes its creation.
    func gone(like entry: Backup) throws -> KnownBackup? {
        let statement = try db.statement(Self.goneThen)
        statement.bind(addon)
        statement.bind(entry.createdAt)
        var (same, similar): (KnownBackup?, KnownBackup?)
        try statement.rows { row in
            let gone = try Self.gone(row)
            if gone.backup.identity == entry.identity { same = gone }
            if similar == nil, gone.backup.type == entry.type { similar = gone }
        }
        return same ?? similar
    }

    /// Replaces the listed backups.
    func write(listed: [KnownBackup]) throws {
        let statement = try db.statement(Self.list)
        statement.bind(addon)
        statement.bind(StoredList.encode(listed))
        try statement.run()
    }

    func write(gone: [KnownBackup]) throws {
        let statement = try db.statement(Self.addGone)
        for one in gone {
            bind(one, to: statement)
            statement.bind(one.backup.version)
            try statement.run()
        }
    }

    /// Writes backups of version 1 of the schema, in the course of a migration: they have no version, and the table has
    /// no column for it yet.
    func write(goneOfVersion1 gone: [KnownBackup]) throws {
        let statement = try db.statement(Self.addGoneOfVersion1)
        for one in gone {
            bind(one, to: statement)
            try statement.run()
        }
    }

    private func bind(_ one: KnownBackup, to statement: Statement) {
        let backup = one.backup
        statement.bind(addon)
        statement.bind(backup.identity)
        statement.bind(backup.createdAt)
        statement.bind(StoredBackup.state(backup, counted: one.counted))
        statement.bind(StoredBackup.difference(backup.completedAt, backup))
        statement.bind(backup.size)
        statement.bind(StoredBackup.difference(one.goneAt, backup))
    }

    func remove(gone: [KnownBackup]) throws {
        let statement = try db.statement(Self.removeGone)
        for one in gone {
            statement.bind(addon)
            statement.bind(one.backup.createdAt)
            statement.bind(one.backup.identity)
            try statement.run()
        }
    }

    private static func gone(_ row: borrowing Row) throws(SQLiteError) -> KnownBackup {
        let createdAt = try row.time(1)
        let (status, type, counted) = StoredBackup.read(try row.integer(2))
        return KnownBackup(
            Backup(
                identity: try row.identity(0), status: status, type: type, createdAt: createdAt,
                completedAt: StoredBackup.instant(try row.optionalInteger(3), after: createdAt),
                size: try row.optionalInteger(4), version: try row.optionalText(6)),
            counted: counted, goneAt: StoredBackup.instant(try row.integer(5), after: createdAt))
    }
}
