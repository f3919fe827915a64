import SQLite

/// The change from version 2 of the schema to version 3.
enum HistoryVersion3 {
    /// Adds what was not understood of schedules and of the lists of backups.
    ///
    /// Version 2 took a schedule's last change, which can be one of its retention, for the start of its times. The time
    /// of the last reading is removed, so that the start is taken from the next reading.
    static func takeOver(_ db: Database) throws {
        try db.execute(
            """
            ALTER TABLE schedule ADD COLUMN oddity TEXT;
            ALTER TABLE addon ADD COLUMN remarks TEXT;
            ALTER TABLE addon ADD COLUMN unreadable_field TEXT;
            ALTER TABLE addon ADD COLUMN unreadable_found TEXT;
            UPDATE addon SET schedules_observed = NULL WHERE knows_schedules
            """)
        try db.execute(absences)
    }

    /// Absences, removed backups, and since when states and findings hold. StoredStanding and StoredRemovals explain the
    /// texts. A row of standing_change is the standing that began then; the row before it is the one that ended.
    private static let absences = """
        ALTER TABLE addon ADD COLUMN uid TEXT;
        ALTER TABLE addon ADD COLUMN away_since INTEGER;
        ALTER TABLE addon ADD COLUMN is_gone INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE addon ADD COLUMN missed_since INTEGER;
        ALTER TABLE addon ADD COLUMN missed_readings INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE addon ADD COLUMN forgiven_from INTEGER;
        ALTER TABLE addon ADD COLUMN forgiven_to INTEGER;
        ALTER TABLE addon ADD COLUMN had_completed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE addon ADD COLUMN removals TEXT;
        ALTER TABLE addon ADD COLUMN standing TEXT;
        UPDATE addon SET away_since = coalesce(last_observed, seen) WHERE NOT is_watched;
        UPDATE addon SET had_completed = 1 WHERE completed > 0;

        CREATE TABLE standing_change (
            addon INTEGER NOT NULL,
            at INTEGER NOT NULL,
            standing TEXT NOT NULL,
            PRIMARY KEY (addon, at)
        ) STRICT, WITHOUT ROWID;
        """
}
