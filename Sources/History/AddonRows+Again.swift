import Backups
import SQLite

extension AddonRows {
    private static let observeAgain = SQL(
        "UPDATE addon SET seen = max(seen, ?1), last_observed = ?1, last_whole = iif(?2, ?1, last_whole) WHERE id = ?3")

    /// Notes another observation of an unchanged list.
    ///
    /// - Parameter row: the addon's row.
    /// - Returns: whether there is such a row.
    func observeAgain(_ row: Int64, isWhole: Bool, at now: Timestamp) throws -> Bool {
        let statement = try db.statement(Self.observeAgain)
        statement.bind(now)
        statement.bind(isWhole)
        statement.bind(row)
        try statement.run()
        return db.changes == 1
    }
}
