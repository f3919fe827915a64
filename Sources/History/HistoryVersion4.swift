import SQLite

/// The change from version 3 of the schema to version 4.
enum HistoryVersion4 {
    static func takeOver(_ db: Database) throws {
        try db.execute(judgement)
        try db.execute(details)
    }

    /// What the API says of an addon besides its state. AddonRows explains the texts.
    private static let details = """
        ALTER TABLE addon ADD COLUMN tags TEXT;
        ALTER TABLE addon ADD COLUMN restore_duration INTEGER;
        ALTER TABLE addon ADD COLUMN restored_backup TEXT;
        ALTER TABLE addon ADD COLUMN restored_backup_created INTEGER;
        ALTER TABLE addon ADD COLUMN seeks_restored_backup INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE addon ADD COLUMN last_failed_restore INTEGER;
        ALTER TABLE gone_backup ADD COLUMN version TEXT;
        """

    /// What later judgements need of earlier ones. StoredSizes and StoredGaps explain the texts. An earlier file does not
    /// have the number of due slots, which is at least that of missed ones.
    private static let judgement = """
        ALTER TABLE slot ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE slot ADD COLUMN missed_since INTEGER;
        ALTER TABLE slot ADD COLUMN doubtful_since INTEGER;
        UPDATE slot SET due = missed;
        ALTER TABLE addon ADD COLUMN overdue_since INTEGER;
        ALTER TABLE addon ADD COLUMN sizes TEXT;
        ALTER TABLE addon ADD COLUMN former_gaps TEXT;
        """
}
