import Backups

/// What the exporter must find of an addon, by its story and by docs/health.md alone.
struct Truth {
    static let leastGrace = 30 * .minute
    static let leastStuck = 1.0 * .hour
    /// The exporter reads schedules once a day at least.
    static let reading = 26.0 * .hour

    let story: Story
    /// When no exporter ran.
    let downtimes: [Range<Seconds>]
    private let end: Seconds
    /// The grace is learned, so that only its limits are known.
    let grace: ClosedRange<Seconds>
    private var found: [Expectation] = []

    static func expectations(_ story: Story, downtimes: [Range<Seconds>], end: Seconds) -> [Expectation] {
        var truth = Truth(story, downtimes, end: end)
        for (index, life) in story.lives.enumerated() { truth.judge(life, isFirst: index == 0) }
        return (truth.found + story.stated).sorted { $0.mayFrom < $1.mayFrom }
    }

    private init(_ story: Story, _ downtimes: [Range<Seconds>], end: Seconds) {
        self.story = story
        self.downtimes = downtimes
        self.end = end
        grace = Self.leastGrace...max(Self.leastGrace, story.durations.upperBound)
    }

    private mutating func judge(_ life: Story.Life, isFirst: Bool) {
        let runs = story.runs.filter { life.from <= $0.start && $0.start < life.to }.sorted { $0.start < $1.start }
        for type in BackupType.scheduled {
            let own = runs.filter { $0.type == type }
            judgeFailures(own, life)
            judgeUnfinished(own, life)
            if type == .dump { judgeSizes(own, life) }
            judgeSlots(type, own, life)
            judgeAge(type, own, life)
        }
        if !isFirst {
            judgeNever(runs, life)
            // It is taken for the addon before it until the lists show its uid.
            allow([.neverCompleted, .slotsMissed, .tooOld], from: life.from, untilNext: .lists, life)
        }
        judgeEmptyLists(runs, life)
        judgeShallow(runs, life)
        // Unknown until the first poll.
        let returns = story.absences.map(\.upperBound).filter { life.from < $0 && $0 < life.to }
        for start in [max(0, life.from)] + returns {
            found.append(.init(.notObserved, mayFrom: start, mustUntil: start, mayUntil: start + .hour))
        }
        // The schedules can be read in the minute between a deletion and the schedule that takes its place.
        for old in story.schedules where life.from < old.to && old.to < life.to {
            guard story.schedules.contains(where: { $0.from > old.to && $0.from < old.to + .hour }) else { continue }
            var one = Expectation(.noObjective, mayFrom: old.to, mustUntil: old.to, mayUntil: old.to + .minute)
            one.source = .schedules
            found.append(one)
        }
    }

    /// Where retention has deleted every completed backup while the next ones are late, none exists: then `never` holds,
    /// and `too-old` is not required. A retention shorter than the gap between slots is no such case.
    private mutating func judgeEmptyLists(_ runs: [Story.Run], _ life: Story.Life) {
        let completed = runs.filter(\.isCompleted).sorted { $0.end < $1.end }
        var last = -Seconds.infinity
        for (index, run) in completed.enumerated() {
            last = max(last, run.leaves)
            let next = index + 1 < completed.count ? completed[index + 1].end : .infinity
            guard last < next, last < min(life.to, end), !isShallow(at: run.start) else { continue }
            var from = Seconds.infinity
            for index in found.indices
            where found[index].kind == FindingKind.tooOld.rawValue && found[index].mayFrom < next
                && last < found[index].mustUntil && found[index].knowableFrom < found[index].mustUntil
            {
                let old = found[index]
                from = min(from, max(last, old.knowableFrom))
                found[index].mustUntil = max(last, old.mayFrom)
            }
            // Schedules that were made since have not had a slot before (R41), and can be read before the list is.
            let due = story.schedules.filter { $0.to > last && $0.from < next }.map { schedule in
                let resumed = (story.pauses + story.absences).map(\.upperBound).filter { $0 < next }.max()
                let start = max(schedule.from, resumed ?? schedule.from)
                return (schedule.slots(after: start, through: start + schedule.period).first ?? .infinity)
                    + grace.upperBound
            }.max()
            let known = max(from.isFinite ? from : last, due ?? last)
            expect(
                .init(
                    .neverCompleted, mayFrom: last, knowableFrom: known, mustUntil: from.isFinite ? next : last,
                    mayUntil: next), life)
        }
    }

    /// A change of the retention to less than the gap between slots is not known until the schedules were read; after the
    /// change back, what the list lacks seems to have left it early.
    private mutating func judgeShallow(_ runs: [Story.Run], _ life: Story.Life) {
        for incident in story.incidents where incident.kind == .shallow && life.from <= incident.begin {
            let lowered = incident.begin + 600
            let raised = lowered + 16 * .day
            let next = runs.first { $0.isCompleted && $0.start > raised }?.end ?? .infinity
            // Deleted by the former retention, days before the new one ends.
            expect(.init(.removedEarly, mayFrom: raised, mustUntil: raised, mayUntil: raised + 4 * .day), life)
            allow([.neverCompleted, .tooOld], from: lowered, untilNext: .schedules, life)
            for kind in [FindingKind.neverCompleted, .tooOld] {
                expect(.init(kind, mayFrom: raised, mustUntil: raised, mayUntil: next), life)
            }
        }
    }

    /// What need not be told, and may be until the next observation of a kind after an instant.
    mutating func allow(
        _ kinds: [FindingKind], type: BackupType? = nil, from: Seconds, untilNext source: Expectation.Source,
        _ life: Story.Life
    ) {
        for kind in kinds {
            var one = Expectation(kind, type: type, mayFrom: from, mustUntil: from, mayUntil: from + 1)
            one.source = source
            expect(one, life)
        }
    }

    private func isShallow(at time: Seconds) -> Bool {
        story.incidents.contains { $0.kind == .shallow && $0.begin - .week < time && time < $0.end }
    }

    mutating func expect(_ expectation: Expectation, _ life: Story.Life) {
        var one = expectation
        one.mayUntil = min(one.mayUntil, life.to)
        one.mustUntil = min(one.mustUntil, life.to)
        guard one.mayFrom < one.mayUntil, one.mayFrom < end else { return }
        // While the lists lack the addon, `gone` alone holds; after that, all is a fact again.
        if let absence = story.absences.first(where: { $0.lowerBound < one.mayUntil && one.mayFrom < $0.upperBound }) {
            var before = one
            before.mustUntil = min(before.mustUntil, absence.lowerBound)
            before.mayUntil = absence.lowerBound
            if before.mayFrom < before.mayUntil { found.append(before) }
            one.mayFrom = absence.upperBound
            one.knowableFrom = max(one.knowableFrom, absence.upperBound)
        }
        found.append(one)
    }
}
