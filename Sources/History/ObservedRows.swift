import Backups
import SQLite

/// The rows of the addons whose last observation was written to the database that is in use. Another database, after a
/// corrupt file or from another process, can have other facts.
struct ObservedRows {
    private var rows: [AddonKey: Int64] = [:]
    private weak var database: Database?

    mutating func note(_ key: AddonKey, row: Int64, in db: Database) {
        if database !== db { (rows, database) = ([:], db) }
        rows[key] = row
    }

    mutating func forget(_ key: AddonKey) { rows[key] = nil }

    /// Nil if the addon's last observation is not in this database.
    func row(of key: AddonKey, in db: Database) -> Int64? { database === db ? rows[key] : nil }
}
