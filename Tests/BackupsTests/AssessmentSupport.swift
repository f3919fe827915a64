@testable import Backups

/// An addon with a daily dump at midnight, as it was seen at noon of 2026-03-10; each test spoils something.
struct World {
    static let noon = "2026-03-10T12:00:00Z"

    var evidence = Evidence(
        listed: daily(["2026-03-10", "2026-03-09", "2026-03-08"]), firstSeen: time("2026-01-01T00:00:00Z"),
        observedAt: time(noon))
    var objectives = Objectives()

    init() { evidence.schedules = [.daily(from: "2026-01-01T00:00:00Z")] }

    var assessment: Assessment { Assessment(evidence, objectives) }

    var findings: [Finding] { assessment.findings }

    /// The verdict at the moment of observation, or so many seconds later.
    func verdict(after seconds: Double = 0, limit: Double = 900) -> Verdict {
        Verdict(
            findings: findings, isPaused: evidence.isPaused, lastObserved: evidence.observedAt, limit: limit,
            now: Timestamp(seconds: evidence.observedAt.seconds + seconds))
    }

    /// Completed dumps of these days, begun seconds after midnight, that took ten minutes.
    static func daily(_ days: [String], size: Int64? = 1000) -> [Backup] {
        days.map { dump(.completed, "\($0)T00:00:05Z", minutes: 10, size: size) }
    }

    /// A backup that took so many minutes, or is not known to have ended.
    static func dump(
        _ status: BackupStatus, _ created: String, minutes: Int64? = nil, size: Int64? = nil,
        type: BackupType = .dump
    ) -> Backup {
        Backup(
            identity: "\(status.word) \(created)", status: status, type: type, createdAt: time(created),
            completedAt: minutes.map { time(created).adding(milliseconds: $0 * 60_000) }, size: size)
    }
}

/// Milliseconds.
let minute: Int64 = 60_000
let hour: Int64 = 3_600_000
let day: Int64 = 86_400_000
