import Backups
import SQLite

/// Reads and writes what held of one addon, and from when on.
///
/// Of the first values, only those that differ from a new addon's have a row: the addon's `changes_since` has the time of
/// the others.
struct ChangeRows {
    private static let add = SQL("INSERT OR REPLACE INTO change (addon, kind, at, value) VALUES (?, ?, ?, ?)")
    /// Those that a clock has dated which was put right since.
    private static let removeFuture = SQL("DELETE FROM change WHERE addon = ? AND kind = ? AND at > ?")
    private static let begin = SQL("UPDATE addon SET changes_since = ? WHERE id = ?")
    private static let all = SQL(
        """
        SELECT kind, at, value, (SELECT text FROM decision WHERE change.kind = 1 AND id = value) FROM change
        WHERE addon = ?
        """)
    private static let addDecision = SQL("INSERT INTO decision (text) VALUES (?) ON CONFLICT DO NOTHING")
    private static let findDecision = SQL("SELECT id FROM decision WHERE text = ?")
    /// The last one before an instant was in force at the instant.
    private static let prune = SQL(
        """
        DELETE FROM change AS this WHERE at < ?1 AND EXISTS (
            SELECT 1 FROM change AS next
            WHERE next.addon = this.addon AND next.kind = this.kind AND next.at > this.at AND next.at <= ?1
        )
        """)
    private static let pruneBegin = SQL("UPDATE addon SET changes_since = ?1 WHERE changes_since < ?1")
    private static let pruneDecisions = SQL(
        """
        DELETE FROM decision WHERE id NOT IN (SELECT decision FROM addon WHERE decision IS NOT NULL)
            AND id NOT IN (SELECT value FROM change WHERE kind = 1 AND value IS NOT NULL)
        """)

    let db: Database
    /// The addon's row.
    let addon: Int64

    /// Writes the first values.
    func begin(_ record: AddonRecord, at now: Timestamp) throws {
        try write(record, after: AddonRecord(key: record.key, firstSeen: now), at: now)
        let statement = try db.statement(Self.begin)
        statement.bind(now)
        statement.bind(addon)
        try statement.run()
    }

    /// Writes what differs from an earlier record.
    func write(_ record: AddonRecord, after before: AddonRecord, at now: Timestamp) throws {
        for kind in StoredChange.allCases {
            let fact = kind.fact(of: record)
            guard fact != kind.fact(of: before) else { continue }
            let future = try db.statement(Self.removeFuture)
            future.bind(addon)
            future.bind(kind.rawValue)
            future.bind(now)
            try future.run()
            let value = try StoredChange.value(of: fact, decision: decision)
            let statement = try db.statement(Self.add)
            statement.bind(addon)
            statement.bind(kind.rawValue)
            statement.bind(now)
            switch value {
            case .number(let number): statement.bind(number)
            case .text(let text): statement.bind(text)
            }
            try statement.run()
        }
    }

    /// The row of these decisions, which is added if it is missing.
    func decision(_ decisions: Decisions) throws -> Int64? {
        guard let text = StoredDecisions.encode(decisions) else { return nil }
        let add = try db.statement(Self.addDecision)
        add.bind(text)
        try add.run()
        let find = try db.statement(Self.findDecision)
        find.bind(text)
        return try find.first { row in try row.integer(0) }
    }

    /// The changes in the order of time.
    ///
    /// - Parameters:
    ///   - since: `changes_since` of the addon; nil if there are no changes yet.
    ///   - now: what is dated later counts from now on.
    func changes(since: Timestamp?, now: Timestamp) throws -> [AddonPast.Change] {
        guard let since else { return [] }
        var changes: [AddonPast.Change] = []
        var begun: Set<Int64> = []
        let statement = try db.statement(Self.all)
        statement.bind(addon)
        try statement.rows { row in
            guard let kind = StoredChange(rawValue: try row.integer(0)), let fact = try kind.fact(in: row) else {
                return
            }
            let at = min(try row.time(1), now)
            if at <= since { begun.insert(kind.rawValue) }
            changes.append(AddonPast.Change(at: at, fact: fact))
        }
        let new = AddonRecord(key: AddonKey(account: "", project: "", addon: ""), firstSeen: since)
        let first = StoredChange.allCases.filter { !begun.contains($0.rawValue) }.map { kind in
            AddonPast.Change(at: min(since, now), fact: kind.fact(of: new))
        }
        // Stable, so that the kinds of one instant stay in their order.
        return (first + changes).sorted { $0.at < $1.at }
    }

    static func prune(_ db: Database, before: Timestamp) throws {
        for sql in [prune, pruneBegin] {
            let statement = try db.statement(sql)
            statement.bind(before)
            try statement.run()
        }
        try db.statement(pruneDecisions).run()
    }
}
