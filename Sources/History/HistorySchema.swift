import SQLite

/// The tables. Instants are milliseconds since the epoch; statuses and types are raw values of the domain's enums.
enum HistorySchema {
    /// The number in the file's header that distinguishes it from the databases of other programs: "nbeh".
    static let applicationID: Int64 = 0x6e62_6568
    /// The version that this exporter writes.
    static let version = Int64(steps.last?.version ?? 0)

    /// Brings a database to this version: an empty one, or one of an earlier version.
    static func migrate(_ db: Database) throws { try db.migrate(steps) }

    /// A published version is never changed.
    static var steps: [(version: Int32, make: (Database) throws -> Void)] {
        [
            (
                2,
                { db in
                    let isBefore = try HistoryVersion1.versions(of: db) == ["1"]
                    if isBefore { try HistoryVersion1.putAside(db) }
                    try db.execute("PRAGMA application_id = \(applicationID)")
                    try db.execute(version2)
                    if isBefore { try HistoryVersion1.takeOver(db) }
                    try HistoryVersion1.drop(db)
                    try HistoryVersion1.warn(db)
                }
            ),
            (3, HistoryVersion3.takeOver),
            (4, HistoryVersion4.takeOver),
            (5, HistoryVersion5.takeOver),
            (6, HistoryVersion6.takeOver),
        ]
    }

    /// A poll reads an addon's listed backups at once, no matter how long the history is. Without row ids where the key
    /// is most of a row. Without foreign keys, whose checks take as long as writing a gone backup.
    private static let version2 = """
        CREATE TABLE holder (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            token INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE addon (
            id INTEGER PRIMARY KEY,
            account TEXT NOT NULL,
            project TEXT NOT NULL,
            addon TEXT NOT NULL,
            seen INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            last_observed INTEGER,
            last_whole INTEGER,
            is_newest_first INTEGER NOT NULL,
            baseline INTEGER,
            completed INTEGER NOT NULL,
            failed INTEGER NOT NULL,
            aborted INTEGER NOT NULL,
            not_supported INTEGER NOT NULL,
            project_name TEXT NOT NULL,
            addon_name TEXT NOT NULL,
            addon_type TEXT NOT NULL,
            is_paused INTEGER NOT NULL,
            active_since INTEGER,
            may_read_schedules INTEGER NOT NULL,
            knows_schedules INTEGER NOT NULL,
            schedules_observed INTEGER,
            last_completed_restore INTEGER,
            restores TEXT,
            is_watched INTEGER NOT NULL,
            UNIQUE (account, project, addon)
        ) STRICT;

        CREATE TABLE slot (
            addon INTEGER NOT NULL,
            type INTEGER NOT NULL,
            judged_through INTEGER NOT NULL,
            missed INTEGER NOT NULL,
            PRIMARY KEY (addon, type)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE schedule (
            addon INTEGER NOT NULL,
            position INTEGER NOT NULL,
            id TEXT NOT NULL,
            type INTEGER NOT NULL,
            interval TEXT NOT NULL,
            minutes TEXT NOT NULL,
            hours TEXT NOT NULL,
            days TEXT NOT NULL,
            retention INTEGER,
            effective_from INTEGER NOT NULL,
            PRIMARY KEY (addon, position)
        ) STRICT, WITHOUT ROWID;

        -- StoredList explains the BLOB.
        CREATE TABLE listed_backups (
            addon INTEGER PRIMARY KEY,
            backups BLOB NOT NULL
        ) STRICT;

        -- An identity is a BLOB of 16 bytes if it is a UUID, else a TEXT. StoredBackup explains the other columns.
        CREATE TABLE gone_backup (
            addon INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            identity ANY NOT NULL,
            state INTEGER NOT NULL,
            completed_after INTEGER,
            size INTEGER,
            gone_after INTEGER NOT NULL,
            PRIMARY KEY (addon, created_at, identity)
        ) STRICT, WITHOUT ROWID;
        """
}
