import Backups
import SQLite

/// The schema of the exporter 0.1.0, which kept the names of its versions in a table, and the change to version 2.
///
/// Version 1 stored each identity as a text, each backup's fields in columns of their own, and U+0000 and U+0001 in
/// texts as U+0001 with a digit.
enum HistoryVersion1 {
    private static let tables = ["holder", "addon", "slot", "schedule", "listed_backup", "gone_backup"]

    /// The names in the table; empty if there is no table.
    static func versions(of db: Database) throws -> [String] {
        let table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'grdb_migrations'"
        guard try db.first(table, { _ in true }) ?? false else { return [] }
        var names: [String] = []
        try db.rows("SELECT identifier FROM grdb_migrations") { row in names.append(try row.text(0)) }
        return names
    }

    /// Makes room for tables of the same names.
    static func putAside(_ db: Database) throws {
        for table in tables { try db.execute("ALTER TABLE \(table) RENAME TO \(table)_1") }
    }

    /// Copies everything into the tables of version 2.
    static func takeOver(_ db: Database) throws {
        try db.execute(
            """
            INSERT INTO holder SELECT id, token FROM holder_1;
            INSERT INTO addon SELECT id, \(text("account")), \(text("project")), \(text("addon")), seen, first_seen,
                last_observed, last_whole, is_newest_first, baseline, completed, failed, aborted, not_supported,
                \(text("project_name")), \(text("addon_name")), \(text("addon_type")), is_paused, active_since,
                may_read_schedules, knows_schedules, schedules_observed, last_completed_restore, restores, is_watched
                FROM addon_1;
            INSERT INTO slot SELECT addon, type, judged_through, missed FROM slot_1;
            INSERT INTO schedule SELECT addon, position, \(text("id")), type, interval, minutes, hours, days, retention,
                effective_from FROM schedule_1;
            """)
        try visit("SELECT \(columns), NULL FROM listed_backup_1 ORDER BY addon", db) { try $0.write(listed: $1) }
        try visit("SELECT \(columns), gone_at FROM gone_backup_1 ORDER BY addon", db) { rows, backups in
            // In the order of the new table, which makes it smallest.
            try rows.write(goneOfVersion1: backups.sorted { $0.backup.createdAt < $1.backup.createdAt })
        }
    }

    static func drop(_ db: Database) throws {
        // A table before the table that it refers to.
        for table in tables.reversed() { try db.execute("DROP TABLE IF EXISTS \(table)_1") }
        try db.execute("DROP TABLE IF EXISTS grdb_migrations")
    }

    private static var columns: String {
        "addon, \(text("identity")), status, type, counted, created_at, completed_at, size"
    }

    /// Has the exporter of version 1 find a later version, so that it leaves the file alone. Without its table it would
    /// take the file for a corrupt one and rename it.
    static func warn(_ db: Database) throws {
        try db.execute(
            """
            CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
            INSERT INTO grdb_migrations VALUES ('1'), ('2')
            """)
    }

    /// An expression for the text that a column means.
    private static func text(_ column: String) -> String {
        "replace(replace(\(column), char(1, 48), char(0)), char(1, 49), char(1))"
    }

    /// Calls `body` with all backups of each addon.
    ///
    /// - Parameter query: rows in the order of their addons.
    private static func visit(
        _ query: String, _ db: Database, _ body: (BackupRows, [KnownBackup]) throws -> Void
    ) throws {
        var (addon, backups): (Int64?, [KnownBackup]) = (nil, [])
        func finish() throws {
            if let addon { try body(BackupRows(db: db, addon: addon), backups) }
            backups = []
        }
        try db.rows(query) { row in
            let next = try row.integer(0)
            if next != addon { try finish() }
            addon = next
            let status = BackupStatus(rawValue: UInt8(clamping: try row.integer(2))) ?? .unknown
            let backup = Backup(
                identity: BackupIdentity(try row.text(1)), status: status, type: try row.backupType(3),
                createdAt: try row.time(5), completedAt: try row.optionalTime(6), size: try row.optionalInteger(7))
            let counted = TerminalStatuses(rawValue: UInt8(truncatingIfNeeded: try row.integer(4)))
            backups.append(KnownBackup(backup, counted: counted, goneAt: try row.optionalTime(8)))
        }
        try finish()
    }
}
