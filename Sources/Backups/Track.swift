/// The backups under one objective: the backups of one type with a schedule, or all backups if there is no schedule.
struct Track {
    /// An unfinished backup is stuck when it takes longer than this many times the learned p95.
    static let stuckFactor = 3
    /// The time that any backup can take before it is stuck.
    static let leastStuck = Duration.seconds(3600)
    /// The longest time that a missed slot waits for the schedules to be read again.
    static let longestDoubt = Duration.seconds(3600)
    /// The number of latest slots that are judged; misses in a row are counted up to this number.
    static let mostSlots = 500
    /// The age of the oldest slots that are judged.
    static let mostBack = Duration.seconds(62 * 86_400)

    /// Nil for all types together.
    private let type: BackupType?
    /// Listed and gone backups, newest first.
    private let attempts: [Attempt]
    private let listed: [Attempt]
    private let judge: Judge
    private let durations: Durations
    /// Nil if the age has no limit.
    private let objective: Duration?
    private(set) var slots: Assessment.Slots?
    private var lastMissed: Timestamp?
    /// The first slot that was due; nil if none was due.
    private var firstDue: Timestamp?
    /// The time by which a completed backup was due; nil if none was due.
    private(set) var expectedBy: Timestamp?
    /// Instants at which other slots are judged.
    private var slotChanges: [Timestamp] = []

    /// - Parameter attempts: listed and gone backups, newest first.
    init(type: BackupType?, attempts: [Attempt], judge: Judge) {
        self.type = type
        self.attempts = attempts
        self.judge = judge
        listed = attempts.listed
        durations =
            type.map { judge.learned($0).durations }
            ?? Durations(milliseconds: attempts.lazy.filter { $0.status == .completed }.compactMap(\.milliseconds))
        let grace = judge.objectives.grace(durations)
        if let type, let calendar = judge.calendar(type), let gap = calendar.longestGap {
            objective = gap + grace
            judgeSlots(type, calendar, grace: grace, gap: gap)
        } else {
            objective = judge.generalObjective
            let firstSeen = judge.record.firstSeen
            let known = min(firstSeen, attempts.last?.createdAt ?? firstSeen)
            expectedBy = max(known, judge.record.activeSince ?? known) + (objective ?? grace)
        }
    }

    private mutating func judgeSlots(_ type: BackupType, _ calendar: SlotCalendar, grace: Duration, gap: Duration) {
        let now = judge.observedAt
        // The retention deletes backups created before this instant, so a missing one may have existed.
        let retention = judge.retention(type)
        let kept = retention.map { now - $0 } ?? .distantPast
        let resumed = judge.record.isPaused ? now : judge.record.activeSince ?? .distantPast
        // The history keeps gone backups while the addon is watched, so the last two slots can be judged nevertheless.
        let lastTwoSlots = now - gap * 2 - grace
        let start = max(
            resumed, now - Self.mostBack, min(kept, max(judge.record.firstSeen, lastTwoSlots)))
        let due = Array(
            calendar.slots(after: start, through: now).suffix(Self.mostSlots)
                .filter { judge.record.forgiven?.contains($0) != true })
        // Oldest first, as slots are.
        let attempts = Array(attempts.reversed())
        var outcomes = SlotMatching.match(
            slots: due, creations: attempts.map(\.createdAt), grace: grace, observedAt: now)
        let doubtful = due.indices.filter { outcomes[$0] == .missed && isDoubtful(due[$0], grace: grace) }
        for index in doubtful { outcomes[index] = .pending }
        let judged = outcomes.firstIndex(of: .pending) ?? due.count
        let missed = zip(due, outcomes).filter { $1 == .missed }.map(\.0)
        let before = judge.record.slots[type]?.judgedThrough
        let through = judged > 0 ? due[judged - 1] : start
        lastMissed = missed.last
        firstDue = due.first
        // The grace is over for slots up to this instant.
        let graceOver = now - grace
        expectedBy = due.last { $0 <= graceOver }.map { $0 + grace }
        // A slot is due, the grace of a slot ends, or the oldest slot is no longer judged: no earlier than this, because
        // the start moves no faster than the time.
        slotChanges = [
            calendar.next(after: now), due.first { $0 > graceOver }.map { $0 + grace },
            due.first.map { $0 + (now - start) },
        ].compactMap(\.self)
        // Without a retention it is unknown when backups are deleted, so only slots since the oldest listed backup
        // count.
        let countedSince = retention == nil ? judge.oldestListed ?? .distantPast : .distantPast
        let newlyMissed = missed.filter { $0 > before ?? through && $0 <= through && $0 >= countedSince }
        slots = Assessment.Slots(
            type: type, missedInARow: SlotMatching.missedInARow(outcomes),
            newlyMissed: newlyMissed.count,
            judgedThrough: max(before ?? .distantPast, through), objective: gap + grace,
            pending: zip(due, outcomes).filter { $1 == .pending }.map(\.0),
            isScheduleDoubtful: !doubtful.isEmpty,
            lags: Durations(
                milliseconds: due.indices.reversed().lazy.compactMap { slot in
                    guard case .matched(let index) = outcomes[slot], attempts[index].status == .completed
                    else { return nil }
                    return attempts[index].completedAt.map { max(0, $0.millisecondsSince(due[slot])) }
                }))
    }

    /// Whether the schedule may have changed before this slot, and can still be read again in time.
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
        // An unfinished backup that is older than the newest completed one endangers no data.
        let oldest = listed.prefix { $0.status != .completed }.last { $0.status.isUnfinished }
        guard let oldest, judge.observedAt - oldest.createdAt > limit else { return nil }
        return .unfinished(type: oldest.type, since: oldest.createdAt, limit: limit)
    }

    private var newestCompleted: Attempt? { listed.first { $0.status == .completed } }

    private var tooOld: Finding? {
        // While the schedules may have changed, no backup counts as too old.
        guard let objective, slots?.isScheduleDoubtful != true, let start = tooOldFrom, judge.observedAt >= start
        else { return nil }
        return .tooOld(type: type, since: newestCompleted?.endOrCreation, objective: objective)
    }

    /// The instant from which on the newest completed backup is too old; nil if it never is.
    private var tooOldFrom: Timestamp? {
        let newest = newestCompleted
        guard let objective, var start = newest?.endOrCreation ?? firstDue else { return nil }
        // After a pause the full objective applies again, from the end of the pause.
        if let activeSince = judge.record.activeSince { start = max(start, activeSince) }
        let isOlder = (start + objective).adding(milliseconds: 1)
        // Not before a later slot was due, either: clocks may have been put back, or the schedule changed.
        guard let calendar = judge.calendar(type), let newest else { return isOlder }
        return calendar.next(after: newest.createdAt).map { max(isOlder, $0 + judge.objectives.grace(durations)) }
    }

    /// Instants at which time alone can change what is found, before the observation or after it; apart from backups
    /// that run and slots that are pending.
    var changes: [Timestamp] { slotChanges + [expectedBy, tooOldFrom].compactMap(\.self) }

    private func suspicion(_ type: BackupType) -> Finding? {
        guard let newest = listed.first(where: { $0.type == type && $0.status == .completed }), let size = newest.size
        else { return nil }
        let band = judge.learned(type).band
        // A snapshot is a difference, which can be empty. Where sizes have always been 0, they show nothing.
        if size == 0, type != .snapshot, band?.high != 0 { return .empty(type: type, at: newest.endOrCreation) }
        guard let band, band.high > 0, !band.contains(size) else { return nil }
        return .oddSize(type: type, at: newest.endOrCreation, size: size, band: band)
    }
}
