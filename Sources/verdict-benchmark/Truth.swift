import Backups

/// What the exporter must find of an addon, by its story and by docs/health.md alone.
struct Truth {
    private static let leastGrace = 30 * .minute
    private static let leastStuck = 1.0 * .hour
    /// The exporter reads schedules once a day at least.
    private static let reading = 26.0 * .hour

    private let story: Story
    private let end: Seconds
    /// The grace is learned, so that only its limits are known.
    private let grace: ClosedRange<Seconds>
    private var found: [Expectation] = []

    static func expectations(_ story: Story, end: Seconds) -> [Expectation] {
        var truth = Truth(story, end: end)
        for (index, life) in story.lives.enumerated() { truth.judge(life, isFirst: index == 0) }
        return (truth.found + story.stated).sorted { $0.mayFrom < $1.mayFrom }
    }

    private init(_ story: Story, end: Seconds) {
        self.story = story
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
        if !isFirst { judgeNever(runs, life) }
        judgeEmptyLists(runs, life)
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

    /// Where retention has deleted every completed backup while the next ones are late, none exists: then that is told,
    /// and need not be told as an age too. A retention shorter than the gap between slots is no such case.
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
            let known = from.isFinite ? from : last
            expect(
                .init(
                    .neverCompleted, mayFrom: last, knowableFrom: known, mustUntil: from.isFinite ? next : last,
                    mayUntil: next), life)
        }
    }

    private func isShallow(at time: Seconds) -> Bool {
        story.incidents.contains { $0.kind == .shallow && $0.begin - .week < time && time < $0.end }
    }

    private mutating func expect(_ expectation: Expectation, _ life: Story.Life) {
        var one = expectation
        one.mayUntil = min(one.mayUntil, life.to)
        one.mustUntil = min(one.mustUntil, life.to)
        guard one.mayFrom < one.mayUntil, one.mayFrom < end else { return }
        // Nothing but `gone` is told while the lists lack the addon; then all is a fact again.
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

    // MARK: attempts

    private mutating func judgeFailures(_ runs: [Story.Run], _ life: Story.Life) {
        let finished = runs.filter { $0.status != "aborted" }.sorted { $0.end < $1.end }
        var newest = -Seconds.infinity
        var since: Seconds?
        var type = BackupType.dump
        for run in finished where run.start > newest {
            (newest, type) = (run.start, run.type)
            if run.isCompleted {
                if let begin = since {
                    expect(.init(.attemptFailed, type: type, mayFrom: begin, mustUntil: run.end), life)
                }
                since = nil
            } else {
                since = since ?? run.end
            }
        }
        if let since { expect(.init(.attemptFailed, type: type, mayFrom: since, mustUntil: .infinity), life) }
    }

    private mutating func judgeUnfinished(_ runs: [Story.Run], _ life: Story.Life) {
        for run in runs where run.end - run.start > Self.leastStuck {
            let later = runs.lazy.filter { $0.start > run.start && $0.isCompleted }.map(\.end).min() ?? .infinity
            let until = min(run.end, later)
            let early = run.start + Self.leastStuck
            let late = run.start + max(Self.leastStuck, 3 * story.durations.upperBound)
            expect(.init(.unfinished, type: run.type, mayFrom: early, knowableFrom: late, mustUntil: until), life)
        }
    }

    // MARK: sizes

    private mutating func judgeSizes(_ runs: [Story.Run], _ life: Story.Life) {
        let completed = runs.filter(\.isCompleted)
        judge(completed, life, .empty, where: \.isEmpty)
        judge(completed, life, .oddSize, where: \.isOdd)
    }

    /// - Parameter isBad: begins the finding; the first backup that is not so ends it.
    private mutating func judge(
        _ runs: [Story.Run], _ life: Story.Life, _ kind: FindingKind, where isBad: (Story.Run) -> Bool
    ) {
        var index = 0
        while index < runs.count {
            guard isBad(runs[index]) else {
                index += 1
                continue
            }
            let first = runs[index]
            var count = 0
            while index < runs.count, isBad(runs[index]) { (index, count) = (index + 1, count + 1) }
            let mended = index < runs.count ? runs[index].end : .infinity
            // After many the band is another one, until as many good sizes have come.
            let adapted = index + 21 < runs.count ? runs[index + 21].end : .infinity
            if kind == .empty {
                expect(.init(.empty, type: .dump, mayFrom: first.end, mustUntil: mended), life)
                if count > 3 {
                    expect(
                        .init(.oddSize, type: .dump, mayFrom: first.end, mustUntil: first.end, mayUntil: adapted), life)
                }
            } else {
                // The band may follow a new level after a day, but not to a hundredth.
                let must = first.factor <= 0.01 ? mended : min(mended, first.end + .day)
                expect(
                    .init(
                        .oddSize, type: .dump, mayFrom: first.end, mustUntil: must,
                        mayUntil: count > 3 ? adapted : mended), life)
            }
        }
    }

    // MARK: slots and ages

    private mutating func judgeSlots(_ type: BackupType, _ runs: [Story.Run], _ life: Story.Life) {
        let slots = story.slots.filter { $0.type == type && life.from <= $0.time && $0.time < life.to }
        var index = 0
        while index < slots.count {
            let first = slots[index]
            guard first.start == nil else {
                index += 1
                continue
            }
            let change = closing(type, after: first.time)
            while index < slots.count, slots[index].start == nil, slots[index].time <= change { index += 1 }
            let next = slots[index...].first { $0.start != nil }?.start ?? .infinity
            expect(
                .init(
                    .slotsMissed, type: type, mayFrom: first.time + grace.lowerBound,
                    knowableFrom: first.time + grace.upperBound, mustUntil: min(next, change), mayUntil: next), life)
        }
    }

    /// When the schedule of a type that has a slot at an instant is deleted.
    private func closing(_ type: BackupType, after time: Seconds) -> Seconds {
        story.schedules.first { $0.type == type && $0.from <= time && time < $0.to }?.to ?? .infinity
    }

    /// The first slot of a type after an instant, also while the addon is paused or away.
    private func nextSlot(_ type: BackupType, after time: Seconds) -> Seconds {
        story.schedules.filter { $0.type == type }
            .compactMap { $0.slots(after: time, through: max(time, $0.from) + $0.period).first }.min() ?? .infinity
    }

    private mutating func judgeAge(_ type: BackupType, _ runs: [Story.Run], _ life: Story.Life) {
        let period = story.schedules.first { $0.type == type }?.period
        guard let least = story.maxAge ?? period.map({ $0 + grace.lowerBound }),
            let most = story.maxAge ?? period.map({ $0 + grace.upperBound })
        else { return }
        let completed = runs.filter(\.isCompleted)
        for (index, run) in completed.enumerated() {
            let until = index + 1 < completed.count ? completed[index + 1].end : .infinity
            // Fast for the many that are in time.
            guard until > run.end + least else { continue }
            let slot = story.maxAge == nil ? nextSlot(type, after: run.start) : -.infinity
            var (early, late) = (
                max(run.end + least, slot + grace.lowerBound), max(run.end + most, slot + grace.upperBound)
            )
            for pause in story.pauses where run.end < pause.upperBound && pause.lowerBound < late {
                (early, late) = (max(early, pause.upperBound + least), max(late, pause.upperBound + most + .hour))
            }
            expectAge(story.maxAge == nil ? type : nil, early, late, until, life)
        }
        // Of an addon that never had one, the documents leave it open.
        if completed.first.map({ $0.start > life.from + .hour }) ?? true, life.from > Self.leastGrace {
            let until = completed.first?.end ?? .infinity
            expect(.init(.tooOld, type: type, mayFrom: life.from + least, mustUntil: life.from, mayUntil: until), life)
        }
    }

    private mutating func expectAge(
        _ type: BackupType?, _ early: Seconds, _ late: Seconds, _ until: Seconds, _ life: Story.Life
    ) {
        // A type without a schedule has no objective, and one that is made anew days later has a new one.
        let gap = type.flatMap { type in
            story.schedules.filter { $0.type == type && $0.to < until }.compactMap { old in
                story.schedules.first { $0.type == type && $0.from >= old.to }.map { (old.to, $0.from) }
            }.first { $1 - $0 > .hour && $1 <= life.to && $0 >= life.from }
        }
        guard let type, let (closed, opened) = gap, opened > life.from else {
            return expect(.init(.tooOld, type: type, mayFrom: early, knowableFrom: late, mustUntil: until), life)
        }
        if early < closed {
            expect(
                .init(
                    .tooOld, type: type, mayFrom: early, knowableFrom: late, mustUntil: closed,
                    mayUntil: closed + Self.reading), life)
        }
        expect(
            .init(
                .tooOld, type: type, mayFrom: max(early, opened),
                knowableFrom: max(late, nextSlot(type, after: opened) + grace.upperBound), mustUntil: until), life)
    }

    private mutating func judgeNever(_ runs: [Story.Run], _ life: Story.Life) {
        let completed = runs.filter(\.isCompleted).map(\.end).min() ?? .infinity
        let slots = story.slots.filter { life.from <= $0.time && $0.time < life.to }
        guard let first = slots.map(\.time).min() else { return }
        // A first attempt may still do.
        let attempt = runs.first.map { $0.start < first + grace.upperBound ? $0.end : -.infinity } ?? -.infinity
        expect(
            .init(
                .neverCompleted, mayFrom: first + grace.lowerBound,
                knowableFrom: max(first + grace.upperBound, attempt), mustUntil: completed), life)
    }
}
