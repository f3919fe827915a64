import Backups
import SQLite

/// The rows of the addons whose last observation was written to the database that is in use. Another database, after a
/// corrupt file or from another process, can have other facts.
struct ObservedRows {
    /// The last observation of an addon.
    struct Observed {
        let row: Int64
        var at: Timestamp
        /// The longest time between two observations at which it was made; nil if it is not known.
        var unobservedAfter: Duration?
    }

    private var rows: [AddonKey: Observed] = [:]
    private weak var database: Database?

    mutating func note(_ key: AddonKey, _ observed: Observed, in db: Database) {
        if database !== db { (rows, database) = ([:], db) }
        rows[key] = observed
    }

    mutating func forget(_ key: AddonKey) { rows[key] = nil }

    /// Nil if the addon's last observation is not in this database.
    func last(of key: AddonKey, in db: Database) -> Observed? { database === db ? rows[key] : nil }
}
