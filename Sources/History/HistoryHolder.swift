import GRDB

/// The process that used the file last, as a random number that each process draws.
enum HistoryHolder {
    static func token(_ db: Database) throws -> Int64? {
        try Int64.fetchOne(db, sql: "SELECT token FROM holder WHERE id = 1")
    }

    static func claim(_ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO holder (id, token) VALUES (1, ?)", arguments: [Int64.random(in: 1...(.max))])
    }
}
