import GRDB

/// Who has held the file last: a number that each holder draws for itself.
enum HistoryHolder {
    static func token(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT token FROM holder WHERE id = 1")
    }

    static func claim(_ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO holder (id, token) VALUES (1, ?)", arguments: [Int64.random(in: 1...(.max))])
    }
}
