import Backups
import SQLite

/// Reads and writes the times in which one addon was not observed.
struct UnobservedRows {
    private static let add = SQL("INSERT OR REPLACE INTO unobserved (addon, began, length) VALUES (?, ?, ?)")
    private static let setLimit = SQL("UPDATE addon SET unobserved_after = ? WHERE id = ?")
    private static let all = SQL("SELECT began, length FROM unobserved WHERE addon = ? ORDER BY began")
    private static let prune = SQL("DELETE FROM unobserved WHERE began + length < ?")

    let db: Database
    /// The addon's row.
    let addon: Int64

    /// Notes the time since the observation before, if it was too long.
    ///
    /// - Parameters:
    ///   - before: the time of that observation.
    ///   - limits: the longest time between two observations then and now. The longer one counts: polls that were planned
    ///     with it were not late.
    func note(since before: Timestamp, at now: Timestamp, limits: [Duration?]) throws {
        guard let limit = limits.compactMap(\.self).max(), now - before > limit else { return }
        let statement = try db.statement(Self.add)
        statement.bind(addon)
        statement.bind(before)
        statement.bind(now.millisecondsSince(before))
        try statement.run()
    }

    func set(limit: Duration) throws {
        let statement = try db.statement(Self.setLimit)
        statement.bind(limit.milliseconds)
        statement.bind(addon)
        try statement.run()
    }

    /// The times in the order of time, each once, up to now.
    ///
    /// - Parameter open: the time since the last observation.
    func times(open: Range<Timestamp>?, now: Timestamp) throws -> [Range<Timestamp>] {
        var times: [Range<Timestamp>] = []
        let statement = try db.statement(Self.all)
        statement.bind(addon)
        try statement.rows { row in
            let began = min(try row.time(0), now)
            let ended = min(began.adding(milliseconds: max(0, try row.integer(1))), now)
            times.append(began..<ended)
        }
        var merged: [Range<Timestamp>] = []
        for time in times + [open].compactMap(\.self) where !time.isEmpty {
            // The clock was set back in between.
            if let last = merged.last, time.lowerBound < last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, time.upperBound)
            } else {
                merged.append(time)
            }
        }
        return merged
    }

    static func prune(_ db: Database, before: Timestamp) throws {
        let statement = try db.statement(prune)
        statement.bind(before)
        try statement.run()
    }
}
