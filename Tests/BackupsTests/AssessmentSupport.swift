@testable import Backups

/// An addon with a daily dump at midnight, as it was seen at noon of 2026-03-10; each test spoils something.
struct World {
    static let noon = "2026-03-10T12:00:00Z"

    var listed = daily(["2026-03-10", "2026-03-09", "2026-03-08"])
    var gone: [Backup] = []
    /// When the list first lacked these; nil for the moment of observation.
    var goneAt: Timestamp?
    var firstSeen = time("2026-01-01T00:00:00Z")
    var observedAt = time(noon)
    var schedules: [BackupSchedule]? = [.daily(from: "2026-01-01T00:00:00Z")]
    var schedulesObserved: Timestamp?
    var mayReadSchedules = true
    var isPaused = false
    var remarks = ListRemarks()
    var activeSince: Timestamp?
    var forgiven: Range<Timestamp>?
    /// The slots that were judged before.
    var judgedThrough: ByType<Timestamp> = [:]
    /// The first of the slots that were missed in a row then.
    var missedSince: ByType<Timestamp> = [:]
    /// Since when the slots of a type wait for the schedules.
    var doubtfulSince: ByType<Timestamp> = [:]
    var overdueSince: Timestamp?
    var standing: Standing?
    var formerGaps: ByType<Duration> = [:]
    var sizes: ByType<SizeMemory> = [:]
    /// Nil while the restores are not known.
    var pastRestores: [PastRestore]?
    var objectives = Objectives()

    private var record: AddonRecord {
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: firstSeen)
        record.lastObserved = observedAt
        record.schedules = schedules
        record.schedulesObserved = schedulesObserved
        record.mayReadSchedules = mayReadSchedules
        record.isPaused = isPaused
        record.remarks = remarks
        record.pauseChangedAt = activeSince
        record.forgiven = forgiven
        for (type, through) in judgedThrough {
            record.slots[type] = .init(
                judgedThrough: through, missedSince: missedSince[type], doubtfulSince: doubtfulSince[type])
        }
        (record.overdueSince, record.formerGaps, record.sizes) = (overdueSince, formerGaps, sizes)
        record.standing = standing
        if let pastRestores {
            record.restores = StatusCounts()
            record.pastRestores = pastRestores
        }
        return record
    }

    var assessment: Assessment {
        let known = listed.map { KnownBackup($0) } + gone.map { KnownBackup($0, goneAt: goneAt ?? observedAt) }
        return Assessment(record, known, objectives, observedAt: observedAt)
    }

    var findings: [Finding] { assessment.findings }

    /// The verdict at the moment of observation, or so much later.
    func verdict(after age: Duration = .zero, limit: Duration = .seconds(900)) -> Verdict {
        Verdict(
            findings: findings, isPaused: isPaused, lastObserved: observedAt, limit: limit,
            waiver: objectives.decisions.waiver, now: observedAt + age)
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
            identity: BackupIdentity("\(status.word) \(created)"), status: status, type: type, createdAt: time(created),
            completedAt: minutes.map { time(created).adding(milliseconds: $0 * 60_000) }, size: size)
    }
}

let minute = Duration.seconds(60)
let hour = Duration.seconds(3600)
let day = Duration.seconds(86_400)
