/// The backups that one objective is about: those of one type that has a schedule, or all together where there is
/// none.
struct Track {
    /// An unfinished backup is stuck when it takes longer than this many times the learned p95.
    static let stuckFactor = 3
    /// The time that any backup can take before it is stuck.
    static let leastStuck = Duration.seconds(3600)
    /// The longest time that a missed slot waits for the schedules to be read again.
    static let longestDoubt = Duration.seconds(3600)
    /// Slots that are looked back at; misses in a row are counted no further.
    static let mostSlots = 500
    /// The age of the oldest slots that are judged.
    static let mostBack = Duration.seconds(62 * 86_400)

    /// Nil for all together.
    private let type: BackupType?
    /// Listed now, the newest first.
    private let listed: [Backup]
    private let judge: Judge
    private let durations: Durations
    /// Nil if no age is too old.
    private let objective: Duration?
    private(set) var slots: Assessment.Slots?
    private var lastMissed: Timestamp?
    /// When the first backup that we know to have been due was; nil if none was.
    private var firstDue: Timestamp?
    /// When there should have been a completed backup, if there is none; nil if none was due.
    private(set) var expectedBy: Timestamp?

    /// - Parameters:
    ///   - listed: the newest first.
    ///   - all: those that are gone included.
    init(type: BackupType?, listed: [Backup], all: [Backup], judge: Judge) {
        self.type = type
        self.listed = listed
        self.judge = judge
        durations = Durations(all.lazy.filter { $0.status == .completed }.compactMap(\.duration))
        let grace = judge.objectives.grace(durations)
        if let type, let calendar = judge.calendar(type), let gap = calendar.longestGap {
            objective = gap + grace
            judgeSlots(type, calendar, all, grace: grace, objective: gap + grace)
        } else {
            objective = judge.generalObjective
            let firstSeen = judge.record.firstSeen
            let known = min(firstSeen, all.last?.createdAt ?? firstSeen)
            expectedBy = max(known, judge.record.activeSince ?? known) + (objective ?? grace)
        }
    }

    private mutating func judgeSlots(
        _ type: BackupType, _ calendar: SlotCalendar, _ backups: [Backup], grace: Duration, objective: Duration
    ) {
        let now = judge.observedAt
        // What retention has deleted cannot be told from what was never there.
        let kept = judge.retention(type).map { now - $0 } ?? .distantPast
        let resumed = judge.record.isPaused ? now : judge.record.activeSince ?? .distantPast
        // Of the last two slots we know ourselves, as long as we have watched: what is gone is kept.
        let two = now - (calendar.longestGap ?? .zero) * 2 - grace
        let start = max(
            resumed, now - Self.mostBack, min(kept, max(judge.record.firstSeen, two)))
        let due = Array(calendar.slots(after: start, through: now).suffix(Self.mostSlots))
        var outcomes = SlotMatching.match(slots: due, backups: backups, grace: grace, observedAt: now)
        let doubtful = due.indices.filter { outcomes[$0] == .missed && isDoubtful(due[$0], grace: grace) }
        for index in doubtful { outcomes[index] = .pending }
        let judged = outcomes.firstIndex(of: .pending) ?? due.count
        let missed = zip(due, outcomes).filter { $1 == .missed }.map(\.0)
        let before = judge.record.slots[type]?.judgedThrough
        let through = judged > 0 ? due[judged - 1] : start
        lastMissed = missed.last
        firstDue = due.first
        expectedBy = due.last { $0 + grace <= now }.map { $0 + grace }
        // Without a retention nobody can tell when backups go, so that only what the list reaches back to counts.
        let told = judge.retention(type) == nil ? judge.oldestListed ?? .distantPast : .distantPast
        let news = missed.filter { $0 > before ?? through && $0 <= through && $0 >= told }
        slots = Assessment.Slots(
            type: type, missedInARow: SlotMatching.missedInARow(outcomes),
            newlyMissed: news.count,
            judgedThrough: max(before ?? .distantPast, through), objective: objective,
            pending: zip(due, outcomes).filter { $1 == .pending }.map(\.0),
            isScheduleDoubtful: !doubtful.isEmpty,
            lags: Durations(
                zip(due, outcomes).reversed().lazy.compactMap { slot, outcome in
                    guard case .matched(let index) = outcome, backups[index].status == .completed else { return nil }
                    return backups[index].completedAt.map { max(.zero, $0 - slot) }
                }))
    }

    /// Whether the schedule may have been changed before this slot, and there is still time to find out.
    private func isDoubtful(_ slot: Timestamp, grace: Duration) -> Bool {
        guard let read = judge.record.schedulesObserved, read < slot else { return false }
        return judge.observedAt < slot + grace + Self.longestDoubt
    }

    func covers(_ type: BackupType) -> Bool { self.type == nil || self.type == type }

    var findings: [Finding] {
        var findings: [Finding] = []
        if let attempts = Attempts(listed), attempts.isFailure { findings.append(attempts.finding) }
        if let stuck { findings.append(stuck) }
        if let slots, slots.missedInARow > 0, let lastMissed {
            findings.append(.slotsMissed(type: slots.type, last: lastMissed, inARow: slots.missedInARow))
        }
        if let tooOld { findings.append(tooOld) }
        for type in type.map({ [$0] }) ?? BackupType.allCases { suspicion(type).map { findings.append($0) } }
        return findings
    }

    var stuck: Finding? {
        let limit = max(Self.leastStuck, (durations.p95 ?? .zero) * Self.stuckFactor)
        // What a completed backup has overtaken endangers nobody.
        let oldest = listed.prefix { $0.status != .completed }.last { $0.status.isUnfinished }
        guard let oldest, judge.observedAt - oldest.createdAt > limit else { return nil }
        return .unfinished(type: oldest.type, since: oldest.createdAt, limit: limit)
    }

    private var tooOld: Finding? {
        // By schedules that may have changed nothing is too old either.
        guard let objective, slots?.isScheduleDoubtful != true else { return nil }
        let newest = listed.first { $0.status == .completed }
        guard var start = newest?.endOrCreation ?? firstDue else { return nil }
        // After a pause there is as much time again.
        if let activeSince = judge.record.activeSince { start = max(start, activeSince) }
        guard judge.observedAt - start > objective else { return nil }
        // Nor before one was due since: clocks may have been put back, or the schedule changed.
        if let calendar = judge.calendar(type), let newest {
            guard let due = calendar.next(after: newest.createdAt),
                judge.observedAt >= due + judge.objectives.grace(durations)
            else { return nil }
        }
        return .tooOld(type: type, since: newest?.endOrCreation, objective: objective)
    }

    private func suspicion(_ type: BackupType) -> Finding? {
        guard let newest = listed.first(where: { $0.type == type && $0.status == .completed }), let size = newest.size
        else { return nil }
        let band = judge.learned[Int(type.rawValue)].band
        // A snapshot is a difference, which may be nothing; and where sizes have always been 0, they say nothing.
        if size == 0, type != .snapshot, band?.high != 0 { return .empty(type: type, at: newest.endOrCreation) }
        guard let band, band.high > 0, !band.contains(size) else { return nil }
        return .oddSize(type: type, at: newest.endOrCreation, size: size, band: band)
    }
}
