/// A value over time. The first value holds before its instant, too.
package struct Timeline<Value> {
    package struct Step {
        package var from: Timestamp
        package var value: Value
    }

    /// In the order of time, at least one.
    package private(set) var steps: [Step]

    package init(_ first: Value, from: Timestamp = .distantPast) {
        steps = [Step(from: from, value: first)]
    }

    /// Adds a value that holds from an instant on: no earlier than the last one's.
    package mutating func append(_ value: Value, from: Timestamp) {
        steps.append(Step(from: from, value: value))
    }

    package subscript(instant: Timestamp) -> Value { (steps.last { $0.from <= instant } ?? steps[0]).value }

    /// The ranges in which each value holds, within a range.
    package func pieces(in range: Range<Timestamp>) -> [(range: Range<Timestamp>, value: Value)] {
        steps.indices.compactMap { index in
            let from = index == 0 ? range.lowerBound : max(steps[index].from, range.lowerBound)
            let end = index + 1 < steps.count ? min(steps[index + 1].from, range.upperBound) : range.upperBound
            return from < end ? (from..<end, steps[index].value) : nil
        }
    }
}

extension Timeline: Sendable where Value: Sendable {}
extension Timeline.Step: Sendable where Value: Sendable {}

extension Timeline where Value == Bool {
    /// The ranges in which the value is true, up to an instant.
    func ranges(until end: Timestamp) -> [Range<Timestamp>] {
        pieces(in: .distantPast..<max(end, Timestamp(milliseconds: .min + 1))).filter(\.value).map(\.range)
    }
}

extension AddonPast {
    /// The schedules as they were read; nil while they were not known.
    package var schedulesOverTime: Timeline<[BackupSchedule]?> {
        timeline(else: record.schedules) { if case .schedules(let schedules) = $0 { .some(schedules) } else { nil } }
    }

    /// What was decided. Before the history has it, the first decisions count, but not their waiver.
    package var decisionsOverTime: Timeline<Decisions> {
        let changes = changes.compactMap { change in
            if case .decisions(let decisions) = change.fact { (change.at, decisions ?? Decisions()) } else { nil }
        }
        guard let (at, first) = changes.first else { return Timeline(record.decisions?.value ?? Decisions()) }
        var unwaived = first
        unwaived.waiver = nil
        var timeline = Timeline(unwaived)
        timeline.append(first, from: at)
        for (at, decisions) in changes.dropFirst() { timeline.append(decisions, from: at) }
        return timeline
    }

    /// Whether the addon was paused.
    package var pausedOverTime: Timeline<Bool> {
        var timeline = Timeline(record.isPaused)
        let changes = changes.compactMap { change in
            if case .paused(let isPaused) = change.fact { (change.at, isPaused) } else { nil }
        }
        guard !changes.isEmpty else { return timeline }
        timeline = Timeline(false)
        for (at, isPaused) in changes { timeline.append(isPaused, from: at) }
        return timeline
    }

    /// Why the addon was not watched; nil while it was.
    package var absenceOverTime: Timeline<Absence?> {
        var timeline = Timeline(Absence?.none)
        let changes = changes.compactMap { change -> (Timestamp, Absence?)? in
            guard case .absence(let absence) = change.fact else { return nil }
            return (absence?.since ?? change.at, absence)
        }
        for (at, absence) in changes { timeline.append(absence, from: max(at, timeline.steps.last?.from ?? at)) }
        if changes.isEmpty, let absence = record.absence { timeline.append(absence, from: absence.since) }
        return timeline
    }

    private func timeline<Value>(else now: Value, _ value: (Fact) -> Value?) -> Timeline<Value> {
        var timeline: Timeline<Value>?
        for change in changes {
            guard let value = value(change.fact) else { continue }
            if timeline == nil {
                timeline = Timeline(value, from: change.at)
            } else {
                timeline?.append(value, from: change.at)
            }
        }
        return timeline ?? Timeline(now)
    }
}
