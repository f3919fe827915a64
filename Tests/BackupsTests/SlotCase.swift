import Testing

@testable import Backups

/// The slots of some schedules in a range, as texts.
struct SlotCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let zone: Zone
    let schedules: [BackupSchedule]
    let after: String
    let through: String
    let slots: [String]

    init(
        _ name: String, in zone: Zone = .utc, _ schedules: [BackupSchedule], after: String, through: String,
        _ slots: [String]
    ) {
        testDescription = name
        self.zone = zone
        self.schedules = schedules
        self.after = after
        self.through = through
        self.slots = slots
    }

    /// The slots are these, whether they are asked for at once, or one by one in either direction.
    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let calendar = SlotCalendar(schedules, zone: zone)
        let (after, through) = (time(after), time(through))
        let found = calendar.slots(after: after, through: through)
        #expect(found.map { $0.text(in: zone) } == slots, sourceLocation: sourceLocation)
        #expect(zip(found, found.dropFirst()).allSatisfy(<), sourceLocation: sourceLocation)

        // One more than there should be is enough to fail.
        var oneByOne: [Timestamp] = []
        while oneByOne.count <= slots.count, let next = calendar.next(after: oneByOne.last ?? after), next <= through {
            oneByOne.append(next)
        }
        #expect(oneByOne == found, "next", sourceLocation: sourceLocation)

        var backwards: [Timestamp] = []
        while backwards.count <= slots.count,
            let last = calendar.last(through: backwards.last?.adding(milliseconds: -1) ?? through), last > after
        {
            backwards.append(last)
        }
        #expect(backwards.reversed() == found, "last", sourceLocation: sourceLocation)
    }
}
