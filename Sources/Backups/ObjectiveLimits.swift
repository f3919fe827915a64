/// The limits of an addon's ages, as they were over time.
struct ObjectiveLimits {
    /// The objective of one type in a time in which nothing but the time changes.
    struct Objective {
        var type: BackupType?
        /// The instant from which on the addon is outside of it.
        var from: Timestamp
        /// From when on the age counts, and the longest age; nil if no backup was restorable.
        var since: Timestamp?
        var limit: Duration?
    }

    private let context: LedgerContext
    private let pauses: [Range<Timestamp>]
    private var restorable: [BackupType?: RestorableBackups] = [:]
    private var completed: [BackupType: [Attempt]] = [:]
    /// By period of the schedules.
    private let calendars: [[BackupType: SlotCalendar]]
    private let gaps: [[BackupType: Duration]]
    /// Ends of pieces, ascending.
    private let cuts: [Timestamp]

    /// - Parameter covers: for each type, the completed backups of another type that count for it, with their slots.
    init(_ context: LedgerContext, covers: [BackupType: [RestorableBackups.Life]]) {
        self.context = context
        pauses = context.paused.ranges(until: context.observedAt)
        let lives = context.backups.filter { $0.backup.status == .completed }
        for type in [nil] + BackupType.allCases.map(Optional.some) {
            let ours = type.map { type in lives.filter { $0.backup.type == type } } ?? lives
            let others = type.flatMap { covers[$0] } ?? []
            restorable[type] = RestorableBackups(ours.map { RestorableBackups.Life($0) } + others)
            if let type {
                completed[type] = ours.map(Attempt.init).sorted { $0.endOrCreation < $1.endOrCreation }
            }
        }
        calendars = context.schedules.map { _, schedules in
            Dictionary(
                uniqueKeysWithValues: BackupType.scheduled.compactMap { type in
                    let calendar = schedules.calendar(of: type, zone: context.zone)
                    return calendar.isEmpty ? nil : (type, calendar)
                })
        }
        gaps = calendars.map { $0.compactMapValues(\.longestGap) }
        let steps = restorable.values.flatMap { $0.steps.map(\.from) }
        let periods = context.schedules.map(\.range.lowerBound) + context.decisions.steps.map(\.from)
        cuts = Set(steps + periods).sorted()
    }

    /// The newest restorable backup of a type, or of any.
    func restorable(_ type: BackupType?) -> RestorableBackups { restorable[type] ?? RestorableBackups([]) }

    /// The end of the last pause before an instant.
    func resumed(before instant: Timestamp) -> Timestamp? {
        pauses.last { $0.upperBound <= instant }?.upperBound
    }

    /// The ranges in which nothing but the time changes.
    func pieces(in range: Range<Timestamp>) -> [Range<Timestamp>] {
        let inner = cuts[cuts.partitioned { $0 <= range.lowerBound }...].prefix { $0 < range.upperBound }
        let edges = [range.lowerBound] + inner + [range.upperBound]
        return zip(edges, edges.dropFirst()).map { $0..<$1 }
    }

    /// The objectives that are in force in a piece; without types for which nothing was due yet.
    func objectives(_ piece: Range<Timestamp>) -> [Objective] {
        let start = piece.lowerBound
        let period = context.schedules.lastIndex { $0.range.lowerBound <= start } ?? 0
        let decisions = context.decisions[start]
        let scheduled = BackupType.scheduled.filter { calendars[period][$0] != nil }
        let types: [BackupType?] = scheduled.isEmpty ? [nil] : scheduled
        let required = decisions.required.map(\.type).filter { !types.contains($0) }
        return (types + required).compactMap { type in
            let isForAge =
                decisions.required.isEmpty
                ? type != nil || scheduled.isEmpty : decisions.required.contains { $0.type == type }
            return objective(type, period, decisions, maxAge: isForAge ? decisions.maxAge : nil, at: start)
        }
    }

    private func objective(
        _ type: BackupType?, _ period: Int, _ decisions: Decisions, maxAge: Duration?, at start: Timestamp
    ) -> Objective? {
        let calendar = type.flatMap { calendars[period][$0] }
        guard maxAge != nil || calendar != nil else { return nil }
        let backups = restorable(type)
        let (newest, resumed) = (
            backups.pieces(in: start..<start.adding(milliseconds: 1)).first?.newest, resumed(before: start)
        )
        let grace = type.flatMap { completed[$0] }.map { context.graces([start], completed: $0)[0] } ?? .zero
        guard let newest else {
            if let first = backups.first, first <= start { return Objective(type: type, from: start) }
            return dueBy(calendar, grace, maxAge, resumed).map { Objective(type: type, from: $0) }
        }
        let since = max(newest.end, resumed ?? newest.end)
        var from = maxAge.map { (since + $0).adding(milliseconds: 1) }
        if let type, let calendar, let gap = gaps[period][type] {
            let former = period > 0 ? gaps[period - 1][type] : context.past.record.formerGaps[type]
            let limit = SlotAgeLimit(
                calendar, gap: gap, grace: grace, formerGap: former, forgiven: context.forgivenTimes(at: start))
            from = [from, limit.tooOldFrom(since, last: newest.filled)].compactMap(\.self).min()
        }
        return from.map {
            Objective(type: type, from: $0, since: since, limit: ($0 - since) - .milliseconds(1))
        }
    }

    /// The time by which the first backup was due; nil if none is.
    private func dueBy(_ calendar: SlotCalendar?, _ grace: Duration, _ maxAge: Duration?, _ resumed: Timestamp?)
        -> Timestamp?
    {
        if let calendar {
            let first = calendar.next(
                after: resumed ?? .distantPast, outside: context.forgivenTimes(at: context.observedAt))
            return first.map { $0 + grace }
        }
        let firstSeen = context.past.record.firstSeen
        let known = min(firstSeen, context.backups.first?.backup.createdAt ?? firstSeen)
        return maxAge.map { max(known, resumed ?? known) + $0 }
    }
}
