import SQLite

/// The process that used the file last, as a random number that each process draws.
enum HistoryHolder {
    private static let insert = SQL("INSERT OR REPLACE INTO holder (id, token) VALUES (1, ?)")

    static func token(_ db: Database) throws -> Int64? {
        try db.first("SELECT token FROM holder WHERE id = 1") { row in try row.integer(0) }
    }

    static func claim(_ db: Database) throws {
        let statement = try db.statement(insert)
        statement.bind(Int64.random(in: 1...(.max)))
        try statement.run()
    }
}
