import Backups
import SQLite

/// Reads what a database has of addons, as reports and explanations need it.
struct PastRows {
    private static let keys = SQL("SELECT account, project, addon FROM addon ORDER BY account, project, addon")
    private static let standings = SQL("SELECT at, standing FROM standing_change WHERE addon = ? ORDER BY at")

    let db: Database

    /// Every addon, in the order of the bytes of their names.
    func keys() throws -> [AddonKey] {
        var keys: [AddonKey] = []
        try db.statement(Self.keys).rows { row in
            keys.append(AddonKey(account: try row.text(0), project: try row.text(1), addon: try row.text(2)))
        }
        return keys
    }

    /// Nil for an addon that the database does not have.
    func past(of key: AddonKey, at now: Timestamp) throws -> AddonPast? {
        guard let stored = try AddonRows(db: db).find(key) else { return nil }
        let record = stored.record(at: now)
        let last = record.lastObserved ?? record.firstSeen
        let isOpen = stored.unobservedAfter.map { now - last > $0 } ?? false
        return AddonPast(
            record: record, backups: try BackupRows(db: db, addon: stored.id).all(),
            changes: try ChangeRows(db: db, addon: stored.id).changes(since: stored.changesSince, now: now),
            standings: try standings(stored.id, at: now),
            unobserved: try UnobservedRows(db: db, addon: stored.id).times(open: isOpen ? last..<now : nil, now: now))
    }

    private func standings(_ addon: Int64, at now: Timestamp) throws -> [Standing] {
        var standings: [Standing] = []
        let statement = try db.statement(Self.standings)
        statement.bind(addon)
        try statement.rows { row in
            guard try row.time(0) <= now + AddonRecord.mostSkew else { return }
            if let standing = StoredStanding.decode(try row.text(1)) { standings.append(standing) }
        }
        return standings
    }
}
