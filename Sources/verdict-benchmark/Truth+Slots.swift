import Backups

/// What follows from slots and ages.
extension Truth {
    mutating func judgeSlots(_ type: BackupType, _ runs: [Story.Run], _ life: Story.Life) {
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
            var one = Expectation(
                .slotsMissed, type: type, mayFrom: first.time + grace.lowerBound,
                knowableFrom: first.time + grace.upperBound, mustUntil: min(next, change), mayUntil: next)
            one.slot = first.time
            expect(one, life)
        }
        judgeDeletedSlots(type, life)
    }

    /// The slots of a schedule that was deleted count until the exporter has read the schedules (R26).
    private mutating func judgeDeletedSlots(_ type: BackupType, _ life: Story.Life) {
        for old in story.schedules where old.type == type && life.from <= old.to && old.to < life.to {
            allow([.slotsMissed, .tooOld], type: type, from: old.to, untilNext: .schedules, life)
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

    mutating func judgeAge(_ type: BackupType, _ runs: [Story.Run], _ life: Story.Life) {
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
            expectAge(story.maxAge == nil ? type : nil, run, early, late, until, life)
        }
        // Of an addon that never had one, the documents leave it open.
        if completed.first.map({ $0.start > life.from + .hour }) ?? true, life.from > Self.leastGrace {
            let until = completed.first?.end ?? .infinity
            expect(.init(.tooOld, type: type, mayFrom: life.from + least, mustUntil: life.from, mayUntil: until), life)
        }
    }

    private mutating func expectAge(
        _ type: BackupType?, _ run: Story.Run, _ early: Seconds, _ late: Seconds, _ until: Seconds,
        _ life: Story.Life
    ) {
        func expect(_ from: Seconds, _ known: Seconds, _ must: Seconds, _ may: Seconds, slot: Seconds? = nil) {
            var one = Expectation(
                .tooOld, type: type, mayFrom: from, knowableFrom: known, mustUntil: must, mayUntil: may)
            one.slot = slot
            self.expect(one, life)
        }
        let slot = type == nil ? nil : late - grace.upperBound
        // A type without a schedule has no objective.
        let change = type.flatMap { type in
            story.schedules.filter { $0.type == type && run.end < $0.to && $0.to < until }.compactMap { old in
                story.schedules.first { $0.type == type && $0.from >= old.to }.map { (old, $0) }
            }.first { $1.from <= life.to && $1.from > life.from && $0.to >= life.from }
        }
        guard let type, let (closed, new) = change else { return expect(early, late, until, until, slot: slot) }
        if early < closed.to { expect(early, late, closed.to, min(until, closed.to + Self.reading), slot: slot) }
        // Schedules that are newer than the newest backup count from the end of the grace of their first slot on, or
        // once it is older than twice their gap (R36).
        let first = nextSlot(type, after: new.from)
        let old = run.end + 2 * new.period + grace.lowerBound
        expect(
            max(new.from, min(old, first + grace.lowerBound)), max(late, first + grace.upperBound), until,
            until, slot: first)
    }

    mutating func judgeNever(_ runs: [Story.Run], _ life: Story.Life) {
        let completed = runs.filter(\.isCompleted).map(\.end).min() ?? .infinity
        let slots = story.slots.filter { life.from <= $0.time && $0.time < life.to }
        guard let first = slots.map(\.time).min() else { return }
        // A first attempt may still do, for as long as it runs (R43).
        let running = runs.first
        let attempt = running.map { $0.start < first + grace.upperBound ? $0.end : -.infinity } ?? -.infinity
        let must = running.map { $0.isCompleted ? min($0.start, completed) : completed } ?? completed
        expect(
            .init(
                .neverCompleted, mayFrom: first + grace.lowerBound,
                knowableFrom: max(first + grace.upperBound, attempt), mustUntil: must, mayUntil: completed), life)
    }
}
