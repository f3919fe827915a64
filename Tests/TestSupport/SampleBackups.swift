package import Backups

/// The instant that a text in RFC 3339 names; a test with a wrong text traps.
package func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

extension Backup {
    /// A dump that took so many minutes, or has not ended.
    package static func dump(
        _ status: BackupStatus, _ created: String, minutes: Int64? = nil, size: Int64? = nil
    ) -> Backup {
        Backup(
            identity: "\(status.word) \(created)", status: status, type: .dump, createdAt: time(created),
            completedAt: minutes.map { time(created).adding(milliseconds: $0 * 60_000) }, size: size)
    }

    /// Completed dumps of these days of January 2027, begun five seconds after midnight, that took ten minutes.
    package static func daily(_ days: ClosedRange<Int>) -> [Backup] {
        days.reversed().map { day in
            dump(.completed, "2027-01-\(day < 10 ? "0" : "")\(day)T00:00:05Z", minutes: 10, size: 1000)
        }
    }
}

extension BackupSchedule {
    /// Every day at an hour, for long.
    package static func daily(
        _ id: String = "daily", type: BackupType = .dump, hour: Int = 0, retention: Duration? = nil
    ) -> Self {
        BackupSchedule(
            id: id, type: type, rule: Rule(interval: .daily, hours: [hour]), retention: retention,
            effectiveFrom: time("2027-01-01T00:00:00Z"))
    }
}
