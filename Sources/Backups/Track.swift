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
    let type: BackupType?
    /// Listed and gone backups, newest first.
    let attempts: [Attempt]
    let listed: [Attempt]
    let judge: Judge
    let durations: Durations
    /// The longest age by the slots; nil without slots.
    let slotObjective: Duration?
    /// The longest age by the configuration; nil if it has none that counts here.
    let maxAge: Duration?
    /// The newest backup of another type that covers a slot.
    private(set) var cover: (slot: Timestamp, end: Timestamp)?
    private(set) var slots: Assessment.Slots?
    private(set) var lastMissed: Timestamp?
    /// The first slot that was due; nil if none was due.
    private(set) var firstDue: Timestamp?
    /// The time by which a completed backup was due; nil if none was due.
    private(set) var expectedBy: Timestamp?
    /// Instants at which other slots are judged.
    private var slotChanges: [Timestamp] = []
    /// When the newest completed backup falls out of retention, as far as that can be inferred.
    private(set) var expiry: Timestamp?

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
            slotObjective = gap + grace
            maxAge = judge.objectives.maxAge
            judgeSlots(type, calendar, grace: grace, gap: gap)
            expiry = inferredExpiry(type, calendar, grace: grace, gap: gap)
        } else {
            slotObjective = nil
            maxAge = judge.generalObjective
            let firstSeen = judge.record.firstSeen
            let known = min(firstSeen, attempts.last?.createdAt ?? firstSeen)
            expectedBy = max(known, judge.record.activeSince ?? known) + (maxAge ?? grace)
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
        takeCovers(of: type, due, &outcomes)
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
            judgedThrough: max(before ?? .distantPast, through),
            objective: objective ?? gap + grace,
            pending: zip(due, outcomes).filter { $1 == .pending }.map(\.0),
            isScheduleDoubtful: !doubtful.isEmpty,
            lags: Durations(
                milliseconds: due.indices.reversed().lazy.compactMap { slot in
                    guard case .matched(let index) = outcomes[slot], attempts[index].status == .completed
                    else { return nil }
                    return attempts[index].completedAt.map { max(0, $0.millisecondsSince(due[slot])) }
                }))
    }

    /// Finds the slots without an attempt that another type covers.
    private mutating func takeCovers(of type: BackupType, _ due: [Timestamp], _ outcomes: inout [SlotMatching.Outcome])
    {
        let open = due.indices.filter { outcomes[$0] == .missed || outcomes[$0] == .pending }
        let covers = judge.covers(open.map { due[$0] }, of: type)
        if covers.isEmpty { return }
        let slots = Set(covers.map(\.slot))
        // A pending slot can still get a backup of its own.
        for index in open where outcomes[index] == .missed && slots.contains(due[index]) { outcomes[index] = .covered }
        cover = covers.compactMap { cover in
            guard let attempt = cover.attempt, attempt.status == .completed else { return nil }
            return (cover.slot, attempt.endOrCreation)
        }.max { $0.end < $1.end }
    }

    /// Whether the schedule may have changed before this slot, and can still be read again in time.
    private func isDoubtful(_ slot: Timestamp, grace: Duration) -> Bool {
        guard let read = judge.record.schedulesObserved, read < slot else { return false }
        return judge.observedAt < slot + grace + Self.longestDoubt
    }

    /// Instants at which time alone can change what is found, before the observation or after it; apart from backups
    /// that run and slots that are pending.
    var changes: [Timestamp] {
        slotChanges + [expectedBy, tooOldBySlotsFrom, tooOldByMaxAgeFrom, expiry].compactMap(\.self)
    }
}
