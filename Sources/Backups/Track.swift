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
    /// Whether nothing but the age of the newest completed backup counts here: other tracks have the rest.
    let isOfAgeAlone: Bool
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
    /// The latest slots that are missed.
    private(set) var missedSlots: [Timestamp] = []
    /// The first slot that was due; nil if none was due.
    private(set) var firstDue: Timestamp?
    /// The time by which a completed backup was due; nil if none was due. Without a schedule it can be in the future.
    private(set) var expectedBy: Timestamp?
    /// The next time by which a completed backup is due.
    private(set) var nextExpectedBy: Timestamp?
    /// The newest completed backup, if its retention has deleted it.
    private(set) var expired: Attempt?
    /// Instants at which other slots are judged.
    private var slotChanges: [Timestamp] = []
    /// When the newest completed backup falls out of retention, as far as that can be inferred.
    private(set) var expiry: Timestamp?

    /// - Parameter attempts: listed and gone backups, newest first.
    init(type: BackupType?, attempts: [Attempt], isOfAgeAlone: Bool, judge: Judge) {
        self.type = type
        self.isOfAgeAlone = isOfAgeAlone
        self.attempts = attempts
        self.judge = judge
        listed = attempts.listed
        durations =
            type.map { judge.learned($0).durations }
            ?? Durations(milliseconds: attempts.lazy.filter { $0.status == .completed }.compactMap(\.milliseconds))
        let grace = judge.objectives.grace(durations)
        if let type, let calendar = judge.calendar(type), let gap = calendar.longestGap {
            slotObjective = gap + grace
            maxAge = judge.maxAge(of: type)
            judgeSlots(type, calendar, grace: grace, gap: gap)
            expiry = inferredExpiry(type, calendar, grace: grace, gap: gap)
        } else {
            slotObjective = nil
            maxAge = judge.maxAge(of: type)
            let firstSeen = judge.record.firstSeen
            let known = min(firstSeen, attempts.last?.createdAt ?? firstSeen)
            let by = max(known, judge.record.activeSince ?? known) + (judge.objectives.maxAge ?? grace)
            // Until the schedules have been read, it is not known when a backup is due.
            guard judge.isUnscheduled, !isOfAgeAlone else { return }
            expectedBy = by
            nextExpectedBy = judge.objectives.maxAge == nil || by <= judge.observedAt ? nil : by
        }
    }

    private mutating func judgeSlots(_ type: BackupType, _ calendar: SlotCalendar, grace: Duration, gap: Duration) {
        let now = judge.observedAt
        let record = judge.record
        let before = record.slots[type]
        let knowledge = SlotKnowledge(type, self.attempts, judge)
        let resumed = record.isPaused ? now : record.activeSince ?? .distantPast
        let start = max(
            resumed, now - Self.mostBack, knowledge.start(after: before, reach: max(gap, grace)))
        let due = Array(
            calendar.slots(after: start, through: now).suffix(Self.mostSlots)
                .filter { record.forgiven?.contains($0) != true })
        // Oldest first, as slots are.
        let attempts = Array(attempts.reversed())
        var outcomes = SlotMatching.match(
            slots: due, creations: attempts.map(\.createdAt), grace: grace, observedAt: now)
        let covers = takeCovers(of: type, due, &outcomes)
        let forgiven = judge.objectives.forgiven
        // Matched like others, so that its backup does not count for another slot.
        for index in due.indices where !forgiven.isEmpty && forgiven.contains(due[index]) { outcomes[index] = .unknown }
        for index in due.indices where outcomes[index] == .missed && !knowledge.isKnown(due[index]) {
            outcomes[index] = .unknown
        }
        let doubtful = due.indices.filter {
            outcomes[$0] == .missed && isDoubtful(due[$0], grace: grace, before)
        }
        for index in doubtful { outcomes[index] = .pending }
        let judged = outcomes.firstIndex(of: .pending) ?? due.count
        let through = judged > 0 ? due[judged - 1] : start
        let row = SlotMatching.missedInARow(outcomes)
        lastMissed = row.first.map { due[$0] }
        missedSlots = due.indices.filter { outcomes[$0] == .missed }.map { due[$0] }
        // The grace is over for slots up to this instant.
        let graceOver = now - grace
        firstDue = calendar.next(after: resumed, outside: forgiven).flatMap { $0 <= now ? $0 : nil }
        var lastDue = calendar.last(through: graceOver, outside: forgiven)
        if let slot = lastDue, let time = record.forgiven, time.contains(slot) {
            lastDue = calendar.last(through: time.lowerBound.adding(milliseconds: -1), outside: forgiven)
        }
        // Slots up to the end of a pause can have been within it.
        expectedBy = lastDue.flatMap { $0 <= resumed ? nil : $0 + grace }
        nextExpectedBy = calendar.next(after: graceOver, outside: forgiven).map { $0 + grace }
        expired = judge.expired(type, self.attempts)
        // A slot is due, the grace of a slot ends, or the oldest slot is no longer judged: no earlier than this, because
        // the start moves no faster than the time.
        slotChanges = [
            calendar.next(after: now), due.first { $0 > graceOver }.map { $0 + grace },
            due.first.map { $0 + (now - start) },
        ].compactMap(\.self)
        // Without a retention it is unknown when backups are deleted, so only slots since the oldest listed backup
        // count.
        let countedSince = judge.retention(type) == nil ? judge.oldestListed ?? .distantPast : .distantPast
        let from = before?.judgedThrough ?? through
        let new = due.indices.filter { due[$0] > from && due[$0] <= through && outcomes[$0] != .unknown }
        let newlyMissed = new.count { outcomes[$0] == .missed && due[$0] >= countedSince }
        slots = Assessment.Slots(
            type: type, missedInARow: row.count, missedSince: row.last.map { due[$0] },
            missedFrom: row.last.map { due[$0] + grace },
            newlyMissed: newlyMissed, newlyDue: new.count { outcomes[$0] != .missed } + newlyMissed,
            newlyUncompleted: new.compactMap { slot in
                let attempt: Attempt?
                switch outcomes[slot] {
                case .matched(let index): attempt = attempts[index]
                case .covered: attempt = covers[due[slot]]
                case .missed, .pending, .unknown: attempt = nil
                }
                return attempt.flatMap { $0.status == .completed ? nil : $0.createdAt }
            },
            judgedThrough: max(from, through),
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

    /// Finds the slots without an attempt that another type covers, or can have covered.
    ///
    /// - Returns: the attempts of the other types by slot.
    private mutating func takeCovers(
        of type: BackupType, _ due: [Timestamp], _ outcomes: inout [SlotMatching.Outcome]
    ) -> [Timestamp: Attempt] {
        let open = due.indices.filter { outcomes[$0] == .missed || outcomes[$0] == .pending }
        let covers = judge.covers(open.map { due[$0] }, of: type)
        let covered = Set(covers.attempts.map(\.slot))
        // A pending slot can still get a backup of its own.
        for index in open where outcomes[index] == .missed {
            if covered.contains(due[index]) {
                outcomes[index] = .covered
            } else if covers.unknown.contains(due[index]) {
                outcomes[index] = .unknown
            }
        }
        cover = covers.attempts.filter { $0.attempt.status == .completed }.map { ($0.slot, $0.attempt.endOrCreation) }
            .max { $0.1 < $1.1 }
        return Dictionary(covers.attempts.map { ($0.slot, $0.attempt) }) { first, _ in first }
    }

    /// Whether the schedule may have changed before this slot, and can still be read again in time: within an hour of the
    /// first observation after the grace. What was judged stays judged.
    private func isDoubtful(_ slot: Timestamp, grace: Duration, _ before: AddonRecord.SlotCount?) -> Bool {
        guard let read = judge.record.schedulesObserved, read < slot else { return false }
        if let before, slot <= before.judgedThrough { return false }
        return judge.observedAt < max(slot + grace, before?.doubtfulSince ?? judge.observedAt) + Self.longestDoubt
    }

    /// Instants at which time alone can change what is found, before the observation or after it; apart from backups
    /// that run and slots that are pending.
    var changes: [Timestamp] {
        slotChanges + [expectedBy, tooOldBySlotsFrom, tooOldByMaxAgeFrom, expiry].compactMap(\.self)
    }
}
