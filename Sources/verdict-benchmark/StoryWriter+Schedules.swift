import Backups
import SplitMix64

/// Incidents of whole addons and of their schedules.
extension StoryWriter {
    mutating func delete(for length: Seconds, anew: Bool = false) {
        run(through: cursor + 600)
        let begin = cursor
        let back = begin + length
        let old = current
        // It is shown for 7 days from when it was missed, by a clock that can be hours wrong.
        var gone = Expectation(
            .gone, mayFrom: begin, mustUntil: min(back, begin + 7 * .day - 2 * .hour),
            mayUntil: min(back, begin + 8.5 * .day))
        gone.source = .lists
        story.stated.append(gone)
        skip(to: back)
        guard anew else {
            story.absences.append(begin..<back)
            return
        }
        let life = story.lives.count - 1
        story.lives[life].to = begin
        story.lives.append(.init(uid: "uid-\(story.number)-\(life + 1)", from: back))
        for index in story.schedules.indices where story.schedules[index].to == .infinity {
            story.schedules[index].to = begin
        }
        for index in story.runs.indices {
            story.runs[index].leaves = min(story.runs[index].leaves, begin)
            story.runs[index].end = min(story.runs[index].end, story.runs[index].leaves + 1)
        }
        for schedule in old {
            add(schedule.type, schedule.period, schedule.offset, days: schedule.retentions.last?.days ?? 7, from: back)
        }
    }

    /// The first backups of a new addon do not complete.
    mutating func beginBadly() {
        let count = 1 + random.below(3)
        let isFailing = random.unit() < 0.5
        guard let last = types.compactMap({ next($0, count).last }).max() else { return }
        run(through: last) { plan in
            (plan.status, plan.isTaken) = ("failed", isFailing)
            plan.duration = (plan.duration / 2).rounded(.up)
        }
        let good = types.compactMap { next($0, 1).last }.max() ?? cursor
        run(through: good + 300 + story.durations.upperBound)
    }

    mutating func unschedule(for length: Seconds) {
        run(through: cursor + 600)
        let (begin, old) = (cursor, current)
        close(old, at: begin)
        var told = Expectation(.noObjective, mayFrom: begin, mustUntil: begin + length)
        told.source = .schedules
        story.stated.append(told)
        skip(to: begin + length)
        for schedule in old {
            add(
                schedule.type, schedule.period, schedule.offset, days: schedule.retentions.last?.days ?? 7,
                from: cursor)
        }
    }

    /// Deletes the schedule of a type, and makes one for another time a minute later.
    mutating func reschedule(_ type: BackupType) {
        guard let old = current.first(where: { $0.type == type }) else { return }
        run(through: cursor + 600)
        close([old], at: cursor)
        run(through: cursor + 60)
        let steps: Seconds = old.period > .hour ? .hour : .minute
        let count = Int(old.period / steps)
        let shift = Double(1 + random.below(count - 1)) * steps
        let offset = (old.offset + shift).truncatingRemainder(dividingBy: old.period)
        add(type, old.period, offset, days: old.retentions.last?.days ?? 7, from: cursor)
        // To the first backup that the new schedule takes.
        if let next = next(type, 1).first { run(through: next + 300 + story.durations.upperBound) }
    }

    private mutating func close(_ schedules: [Story.Schedule], at time: Seconds) {
        let ids = Set(schedules.map(\.id))
        for index in story.schedules.indices where ids.contains(story.schedules[index].id) {
            story.schedules[index].to = time
        }
    }

    /// From a week or more to three days, of backups that are taken daily at least.
    mutating func lowerRetention() {
        run(through: cursor + 600)
        let type = current.first { ($0.retentions.last?.days ?? 0) >= 7 && $0.period <= .day }?.type ?? .dump
        let low = 3
        change(retention: low, of: type)
        for index in story.runs.indices where story.runs[index].type == type && story.runs[index].leaves > cursor {
            let leaves = story.runs[index].start + Double(low) * .day
            story.runs[index].leaves = min(story.runs[index].leaves, max(leaves, cursor))
        }
    }

    /// Two days of retention for weekly backups.
    mutating func makeShallow(_ type: BackupType) {
        run(through: cursor + 600)
        let begin = cursor
        let days = current.first { $0.type == type }?.retentions.last?.days ?? 30
        change(retention: 2, of: type)
        for index in story.runs.indices where story.runs[index].type == type && story.runs[index].leaves > cursor {
            story.runs[index].leaves = max(story.runs[index].start + 2 * .day, cursor)
        }
        run(through: cursor + 16 * .day)
        change(retention: days, of: type)
        if FindingKind(rawValue: "too-shallow") != nil {
            var told = Expectation(named: "too-shallow", mayFrom: begin, mustUntil: cursor)
            told.source = .schedules
            story.stated.append(told)
        }
        // The retention of a backup is that of the day on which it is taken.
        if let next = next(type, 1).first { run(through: next + 300 + story.durations.upperBound) }
    }

    private mutating func change(retention days: Int, of type: BackupType) {
        for index in story.schedules.indices
        where story.schedules[index].type == type && story.schedules[index].to == .infinity {
            story.schedules[index].retentions.append((cursor, days))
        }
    }
}
