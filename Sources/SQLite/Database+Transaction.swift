import CSQLite

extension Database {
    private static let begin = SQL("BEGIN IMMEDIATE")
    private static let commit = SQL("COMMIT")
    private static let rollback = SQL("ROLLBACK")

    /// Runs `body` in a transaction: if it throws, or if the changes cannot be stored, the database stays as it was.
    ///
    /// - Throws: the error of `body` or of SQLite; `error` inside of another transaction.
    package func transaction<Value>(_ body: () throws -> Value) throws -> Value {
        try statement(Self.begin).run()
        do {
            let value = try body()
            try statement(Self.commit).run()
            return value
        } catch {
            // After some errors, such as a full disk, SQLite has already ended the transaction.
            if let handle, sqlite3_get_autocommit(handle) == 0 { try? statement(Self.rollback).run() }
            throw error
        }
    }

    /// The version of the schema, which the file's header has a place for; 0 in a new database.
    package func version() throws -> Int64 { try first("PRAGMA user_version") { row in try row.integer(0) } ?? 0 }

    /// Brings the schema to the last version, in one transaction.
    ///
    /// - Parameter steps: each version with what makes it from the version before; in rising order. Those up to the
    ///   database's own version are left out.
    package func migrate(_ steps: [(version: Int32, make: (Database) throws -> Void)]) throws {
        let before = try version()
        let missing = steps.filter { $0.version > before }
        guard let last = missing.last else { return }
        try transaction {
            for step in missing { try step.make(self) }
            try execute("PRAGMA user_version = \(last.version)")
        }
    }
}
