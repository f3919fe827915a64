import SQLite

/// The change from version 5 of the schema to version 6.
enum HistoryVersion6 {
    /// Adds what was decided for addons and what changed, so that a report can say what was in force at any time, and the
    /// times without observation.
    ///
    /// Many addons have the same decisions, which are stored once; StoredDecisions explains the text. StoredChange explains
    /// a change, and StoredRestores the past restores. `unended` has the creations of attempts, as StoredNumbers. A time without observation lasts for the milliseconds of `length`.
    static func takeOver(_ db: Database) throws {
        try db.execute(
            """
            CREATE TABLE decision (
                id INTEGER PRIMARY KEY,
                text TEXT NOT NULL UNIQUE
            ) STRICT;

            CREATE TABLE change (
                addon INTEGER NOT NULL,
                kind INTEGER NOT NULL,
                at INTEGER NOT NULL,
                value ANY,
                PRIMARY KEY (addon, kind, at)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE unobserved (
                addon INTEGER NOT NULL,
                began INTEGER NOT NULL,
                length INTEGER NOT NULL,
                PRIMARY KEY (addon, began)
            ) STRICT, WITHOUT ROWID;

            ALTER TABLE slot ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE slot ADD COLUMN unended TEXT NOT NULL DEFAULT '';
            ALTER TABLE addon ADD COLUMN decision INTEGER;
            ALTER TABLE addon ADD COLUMN past_restores BLOB;
            ALTER TABLE addon ADD COLUMN changes_since INTEGER;
            ALTER TABLE addon ADD COLUMN unobserved_after INTEGER;
            """)
    }
}
