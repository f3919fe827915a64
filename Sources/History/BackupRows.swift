import Backups
import SQLite

/// Reads and writes the backups of one addon.
struct BackupRows {
    private static let columns = "identity, created_at, state, completed_after, size"
    private static let listed = SQL("SELECT \(columns) FROM listed_backup WHERE addon = ?")
    private static let list = SQL("INSERT OR REPLACE INTO listed_backup (addon, \(columns)) VALUES (?, ?, ?, ?, ?, ?)")
    private static let unlist = SQL("DELETE FROM listed_backup WHERE addon = ? AND identity = ?")
    private static let newestGone = SQL(
        "SELECT \(columns), gone_after FROM gone_backup WHERE addon = ? ORDER BY created_at DESC LIMIT ?")
    private static let goneThen = SQL(
        "SELECT \(columns), gone_after FROM gone_backup WHERE addon = ? AND created_at = ?")
    private static let addGone = SQL(
        "INSERT OR REPLACE INTO gone_backup (addon, \(columns), gone_after) VALUES (?, ?, ?, ?, ?, ?, ?)")
    private static let removeGone = SQL("DELETE FROM gone_backup WHERE addon = ? AND created_at = ? AND identity = ?")

    let db: Database
    /// The addon's row.
    let addon: Int64

    func listed() throws -> [KnownBackup] {
        let statement = try db.statement(Self.listed)
        statement.bind(addon)
        var backups: [KnownBackup] = []
        try statement.rows { row in backups.append(try Self.known(row)) }
        return backups
    }

    /// The gone backups that were created last, the newest first.
    func newestGone(limit: Int) throws -> [KnownBackup] {
        let statement = try db.statement(Self.newestGone)
        statement.bind(addon)
        statement.bind(limit)
        var backups: [KnownBackup] = []
        try statement.rows { row in backups.append(try Self.gone(row)) }
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

    /// - Parameter returned: the gone backups that the changes brought back.
    func write(_ changes: ListingChanges, returned: [KnownBackup]) throws {
        try remove(returned.map(\.backup))
        try unlist(changes.renamed)
        for one in changes.written { try insert(one) }
        try unlist(changes.gone.map(\.backup.identity))
        for one in changes.gone { try insert(one) }
    }

    /// Writes a listed or a gone backup, over one of the same key.
    func insert(_ one: KnownBackup) throws {
        let backup = one.backup
        let statement = try db.statement(one.isListed ? Self.list : Self.addGone)
        statement.bind(addon)
        statement.bind(backup.identity)
        statement.bind(backup.createdAt)
        statement.bind(StoredBackup.state(backup, counted: one.counted))
        statement.bind(StoredBackup.difference(backup.completedAt, backup))
        statement.bind(backup.size)
        if !one.isListed { statement.bind(StoredBackup.difference(one.goneAt, backup)) }
        try statement.run()
    }

    private func unlist(_ identities: [BackupIdentity]) throws {
        guard !identities.isEmpty else { return }
        let statement = try db.statement(Self.unlist)
        for identity in identities {
            statement.bind(addon)
            statement.bind(identity)
            try statement.run()
        }
    }

    private func remove(_ gone: [Backup]) throws {
        let statement = try db.statement(Self.removeGone)
        for backup in gone {
            statement.bind(addon)
            statement.bind(backup.createdAt)
            statement.bind(backup.identity)
            try statement.run()
        }
    }

    private static func known(_ row: borrowing Row) throws(SQLiteError) -> KnownBackup {
        let createdAt = try row.time(1)
        let (status, type, counted) = StoredBackup.read(try row.integer(2))
        return KnownBackup(
            Backup(
                identity: try row.identity(0), status: status, type: type, createdAt: createdAt,
                completedAt: StoredBackup.instant(try row.optionalInteger(3), after: createdAt),
                size: try row.optionalInteger(4)),
            counted: counted)
    }

    private static func gone(_ row: borrowing Row) throws(SQLiteError) -> KnownBackup {
        var gone = try known(row)
        gone.goneAt = StoredBackup.instant(try row.integer(5), after: gone.backup.createdAt)
        return gone
    }
}
