import SQLite

/// The change from version 4 of the schema to version 5.
enum HistoryVersion5 {
    /// HistoryLog explains the column.
    static func takeOver(_ db: Database) throws {
        try db.execute("ALTER TABLE holder ADD COLUMN incomplete_since INTEGER")
    }
}
