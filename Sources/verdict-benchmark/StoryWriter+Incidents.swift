import Backups
import SplitMix64

extension StoryWriter {
    /// Writes an incident that begins after the cursor, and the quiet time after it.
    ///
    /// - Returns: false if the addon is not of the kind to which it can happen; then nothing is written.
    mutating func write(_ kind: IncidentKind) -> Bool {
        let begin = cursor
        guard canHave(kind) else { return false }
        let type = type()
        switch kind {
        case .failure: fail(type, count: 1)
        case .failures: fail(type, count: 2 + random.below(gap(type) > .hour ? 4 : 11))
        case .hang: hang(type, isBlocking: true)
        case .overtaken: hang(type, isBlocking: false)
        case .missed: miss(type, count: 1 + random.below(3))
        case .stopped: miss(type, count: gap(type) > .day ? 2 : 4 + random.below(4))
        case .shrunk: resize(count: 1 + random.below(3), factor: 0.1)
        case .shrunkLong: resize(count: 25, factor: 0.005)
        case .levelled: resize(count: 25, factor: 0.2)
        case .empty: resize(count: 1 + random.below(3), factor: 0)
        case .emptyLong: resize(count: 25, factor: 0)
        case .removed: removeEarly(type)
        case .deleted: delete(for: random.number(in: 1...5) * .day)
        case .forgotten:
            delete(for: random.number(in: 9...10) * .day, anew: true)
        case .anew: delete(for: [2 * .minute, .hour, 6 * .hour][random.below(3)], anew: true)
        case .never:
            delete(for: .hour, anew: true)
            beginBadly()
        case .renamed: story.names.append((begin, "Database \(story.number) at \(Int(begin))"))
        case .unscheduled: unschedule(for: random.number(in: 1...3) * .day)
        case .rescheduled: reschedule(type)
        case .rescheduledLate:
            miss(type, count: 3, isMended: false)
            reschedule(type)
        case .retention: lowerRetention()
        case .shallow: makeShallow(type)
        case .paused: pause(for: random.number(in: 0.1...3) * .day)
        case .future: addFuture()
        case .unreadable: addUnreadable()
        default: return false
        }
        // The next incident begins when all that this one has left behind is over.
        run(through: cursor + 30 * .hour + random.number(in: 0...1.5) * .day)
        story.incidents.append(Incident(kind: kind, begin: begin, end: cursor))
        return true
    }

    private func canHave(_ kind: IncidentKind) -> Bool {
        switch kind {
        case .shrunk, .empty: hasSizes
        case .shrunkLong, .levelled, .emptyLong: hasSizes && types.contains(.dump) && gap(.dump) == .hour
        case .removed: !isByHand && story.schedules.allSatisfy { ($0.retentions.last?.days ?? 0) >= 7 }
        case .retention: current.contains { ($0.retentions.last?.days ?? 0) >= 7 && $0.period <= .day }
        case .shallow: types == [.dump] && !isByHand && gap(.dump) == .week
        case .hang, .failure, .failures, .stopped, .overtaken, .future, .unreadable: true
        default: !isByHand
        }
    }

    /// Whether the sizes of enough dumps of this very addon are known.
    private var hasSizes: Bool {
        guard types.contains(.dump), let life = story.lives.last else { return false }
        let known = story.runs.filter { $0.type == .dump && $0.isCompleted && $0.start > life.from && $0.leaves > 0 }
        return known.count >= 8 && !known.suffix(20).contains { $0.factor != 1 }
    }

    /// Until the backup after the last of these slots has surely ended.
    private mutating func settle(_ type: BackupType) {
        guard let next = next(type, 1).first else { return }
        run(through: next + 300 + story.durations.upperBound)
    }

    private mutating func fail(_ type: BackupType, count: Int) {
        let slots = next(type, count)
        guard let last = slots.last else { return }
        let word = random.unit() < 0.15 ? "not-supported" : "failed"
        let part = random.number(in: 0.05...1)
        run(through: last) { plan in
            guard plan.type == type else { return }
            (plan.status, plan.duration) = (word, (plan.duration * part).rounded(.up))
        }
        settle(type)
    }

    private mutating func hang(_ type: BackupType, isBlocking: Bool) {
        guard let slot = next(type, 1).first else { return }
        let length = (gap(type) * random.number(in: isBlocking ? 0.5...2.5 : 2.5...3)).rounded()
        let duration = max(length, story.durations.upperBound * 3 + 5 * .hour)
        let word = random.unit() < 0.5 ? "aborted" : "failed"
        run(through: slot + duration) { plan in
            guard plan.type == type else { return }
            if plan.slot == slot {
                (plan.duration, plan.status) = (duration, word)
            } else if isBlocking {
                plan.isTaken = false
            }
        }
        settle(type)
        if !isBlocking { settle(type) }
    }

    private mutating func miss(_ type: BackupType, count: Int, isMended: Bool = true) {
        guard let last = next(type, count).last else { return }
        run(through: last) { if $0.type == type { $0.isTaken = false } }
        if isMended { settle(type) } else { skipQuietly(by: .hour) }
    }

    /// Takes no backup for some time, which has no slot of the type that is late.
    private mutating func skipQuietly(by seconds: Seconds) { run(through: cursor + seconds) { $0.isTaken = false } }

    private mutating func resize(count: Int, factor: Double) {
        guard let last = next(.dump, count).last else { return }
        run(through: last) { if $0.type == .dump { $0.factor = factor } }
        settle(.dump)
        // As many as the band counts, so that the next incident begins with a band of good sizes.
        if count > 3, let last = next(.dump, 22).last { run(through: last) }
    }

    private mutating func removeEarly(_ type: BackupType) {
        run(through: cursor + .hour)
        let now = cursor
        let old = story.runs.indices.filter { index in
            let run = story.runs[index]
            return run.type == type && run.isCompleted && run.end < now - .day && run.leaves > now + 2 * .day
        }
        let chosen = old.dropLast().suffix(1 + random.below(4))
        guard !chosen.isEmpty else { return }
        for index in chosen { story.runs[index].leaves = now }
        var told = Expectation(.removedEarly, type: type, mayFrom: now, mustUntil: now + .day, mayUntil: .infinity)
        told.holds = .day
        story.stated.append(told)
    }

    private mutating func pause(for length: Seconds) {
        let begin = cursor
        story.pauses.append(begin..<begin + length)
        skip(to: begin + length)
    }

    private mutating func addFuture() {
        let begin = cursor
        let ahead = (random.number(in: 2...72) * .hour).rounded()
        let length = min(ahead - 1200, random.number(in: 2...30) * .hour)
        let date = (begin + ahead).instant.text
        let end = (begin + ahead + 60).instant.text
        add(
            .futureDated, from: begin, length: length,
            "\"status\":\"completed\",\"createdAt\":\"\(date)\",\"completedAt\":\"\(end)\"")
    }

    private mutating func addUnreadable() {
        let date = cursor.instant.text
        let fields = [
            "\"status\":\"completed\",\"createdAt\":null",
            "\"status\":\"completed\",\"createdAt\":\"yesterday\"",
            "\"status\":\"completed\",\"createdAt\":\"\(date)\",\"completedAt\":\"soon\"",
        ]
        add(
            .unreadable, from: cursor, length: random.number(in: 2...30) * .hour,
            fields[random.below(fields.count)])
    }

    private mutating func add(_ kind: FindingKind, from begin: Seconds, length: Seconds, _ fields: String) {
        let id = "odd-\(story.number)-\(story.oddities.count)"
        let json = "{\"id\":\"\(id)\",\"name\":\"\(id)\",\(fields),\"config\":{\"source\":{\"type\":\"sameAddon\"}}}"
        story.oddities.append(.init(json: json, from: begin, to: begin + length))
        story.stated.append(Expectation(kind, mayFrom: begin, mustUntil: begin + length))
        run(through: begin + length)
    }
}
