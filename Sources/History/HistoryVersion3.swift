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
    }
}
