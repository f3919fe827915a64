import Testing

@testable import Backups

/// Slots and creations in minutes, outcomes in the order of the slots.
struct MatchingCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let slots: [Int]
    let created: [Double]
    let grace: Int
    let observed: Int
    let outcomes: [SlotMatching.Outcome]

    init(
        _ name: String, slots: [Int], created: [Double], grace: Int = 15, observed: Int = 1000,
        _ outcomes: [SlotMatching.Outcome]
    ) {
        testDescription = name
        self.slots = slots
        self.created = created
        self.grace = grace
        self.observed = observed
        self.outcomes = outcomes
    }

    func check() {
        let backups = created.map { backup(.completed, Int64($0 * 60_000)) }
        let found = SlotMatching.match(
            slots: slots.map { at(Int64($0) * 60_000) }, backups: backups, grace: .seconds(grace * 60),
            observedAt: at(Int64(observed) * 60_000))
        #expect(found == outcomes)
    }
}

@Suite struct SlotMatchingTests {
    static let alone = [
        MatchingCase("no slots", slots: [], created: [5], []),
        MatchingCase("no backups", slots: [60, 120], created: [], [.missed, .missed]),
        MatchingCase("punctual ones", slots: [60, 120], created: [120, 60.5], [.matched(1), .matched(0)]),
        MatchingCase(
            "one from before all slots is of none", slots: [60, 120], created: [58, 121], [.missed, .matched(1)]),
        MatchingCase("late, but in the grace", slots: [60, 120], created: [75, 134], [.matched(0), .matched(1)]),
        MatchingCase(
            "later than the grace, but before the next slot: it can be of no other",
            slots: [60, 120], created: [118, 121], [.matched(0), .matched(1)]),
        MatchingCase("so late that it is the next slot's", slots: [60, 120], created: [120], [.missed, .matched(0)]),
        MatchingCase(
            "a lone one is of the latest slot, even in the grace of an earlier one",
            slots: [60, 120, 180], created: [121], grace: 90, [.missed, .matched(0), .missed]),
        MatchingCase("after the last slot, however late", slots: [60], created: [900], [.matched(0)]),
        MatchingCase(
            "a minute early by a clock that is fast", slots: [60, 120], created: [119], [.missed, .matched(0)]),
        MatchingCase(
            "more than a minute early is late for the slot before", slots: [60, 120], created: [118.999],
            [.matched(0), .missed]),
    ]

    static let queues = [
        MatchingCase(
            "two right after the second slot: the first of them waited",
            slots: [60, 120], created: [121, 122], grace: 90, [.matched(0), .matched(1)]),
        MatchingCase(
            "but not for longer than the grace", slots: [60, 120], created: [121, 122], grace: 60,
            [.missed, .matched(0)]),
        MatchingCase(
            "to the millisecond", slots: [60, 120], created: [120, 122], grace: 60, [.matched(0), .matched(1)]),
        MatchingCase(
            "three slots that waited for one long backup",
            slots: [60, 120, 180, 240], created: [61, 241, 242, 243], grace: 150,
            [.matched(0), .matched(1), .matched(2), .matched(3)]),
        MatchingCase(
            "one too few: the slots right before are covered first",
            slots: [60, 120, 180, 240], created: [241, 242], grace: 200,
            [.missed, .missed, .matched(0), .matched(1)]),
        MatchingCase(
            "one that moves makes room for the next one to move",
            slots: [60, 120, 180], created: [121, 181, 182], grace: 90, [.matched(0), .matched(1), .matched(2)]),
        MatchingCase(
            "if it may, else none does",
            slots: [60, 120, 180], created: [121, 181, 182], grace: 60, [.missed, .matched(0), .matched(1)]),
        MatchingCase(
            "slots closer to each other than the tolerance",
            slots: [60, 61, 62], created: [60.1, 61.1, 62.1], [.matched(0), .matched(1), .matched(2)]),
    ]

    static let extras = [
        MatchingCase(
            "one by hand after the punctual one is of no slot", slots: [60, 120], created: [61, 90, 121],
            [.matched(0), .matched(2)]),
        MatchingCase(
            "in any order", slots: [60, 120], created: [90, 121, 61], [.matched(2), .matched(1)]),
        MatchingCase(
            "one by hand does not stand in for a later slot", slots: [60, 120], created: [61, 90],
            [.matched(0), .missed]),
        MatchingCase(
            "nor for an earlier one that is past its grace", slots: [60, 120], created: [121, 150],
            [.missed, .matched(0)]),
        MatchingCase(
            "one by hand where the slot's own is missing cannot be told from a late one",
            slots: [60, 120], created: [90, 121], [.matched(0), .matched(1)]),
    ]

    static let pending = [
        MatchingCase(
            "in its grace a slot is pending", slots: [60, 120], created: [61], observed: 134,
            [.matched(0), .pending]),
        MatchingCase("at the end of it, it is missed", slots: [60], created: [], observed: 75, [.missed]),
        MatchingCase("a slot to come is pending", slots: [60, 120], created: [], observed: 100, [.missed, .pending]),
        MatchingCase("matched is matched at once", slots: [60], created: [60], observed: 60, [.matched(0)]),
        MatchingCase(
            "a grace longer than the distance of slots: several are pending", slots: [60, 120, 180], created: [],
            grace: 90, observed: 200, [.missed, .pending, .pending]),
    ]

    @Test("R20, R21: each backup has one slot", arguments: alone)
    func single(matchingCase: MatchingCase) { matchingCase.check() }

    @Test("R20, R21: backups that waited in a queue", arguments: queues)
    func queued(matchingCase: MatchingCase) { matchingCase.check() }

    @Test("R21, R22: manual backups", arguments: extras)
    func manual(matchingCase: MatchingCase) { matchingCase.check() }

    @Test("R24: a slot is judged by the time at which the list was read", arguments: pending)
    func unjudged(matchingCase: MatchingCase) { matchingCase.check() }

    @Test("R22: an attempt fills its slot with any outcome", arguments: BackupStatus.allCases)
    func anyStatus(status: BackupStatus) {
        let outcomes = SlotMatching.match(
            slots: [at(0)], backups: [backup(status, 1)], grace: .zero, observedAt: at(5))
        #expect(outcomes == [.matched(0)])
    }

    @Test("of two backups created at once, the lesser identity matches, in any order")
    func ties() {
        let twins = [backup(.completed, 1, id: "b"), backup(.completed, 1, id: "a")]
        for (order, index) in [(twins, 1), (twins.reversed(), 0)] {
            let outcomes = SlotMatching.match(slots: [at(0)], backups: order, grace: .zero, observedAt: at(5))
            #expect(outcomes == [.matched(index)])
        }
    }

    @Test("the most distant timestamps can be matched")
    func extremes() {
        let ends: [Int64] = [.min, .max]
        let outcomes = SlotMatching.match(
            slots: ends.map(at), backups: ends.map { backup(.failed, $0) }, grace: .milliseconds(Int64.max),
            observedAt: at(.max))
        #expect(outcomes == [.matched(0), .matched(1)])
        #expect(
            SlotMatching.match(slots: ends.map(at), backups: [], grace: .milliseconds(Int64.max), observedAt: at(0))
                == [.missed, .pending])
    }

    @Test(
        "R25, R27: misses in a row end with a filled slot, and pending and unknown slots do not count",
        arguments: [
            ([], 0),
            ([.missed], 1),
            ([.matched(0)], 0),
            ([.pending, .pending], 0),
            ([.matched(0), .missed, .missed], 2),
            ([.missed, .missed, .matched(0)], 0),
            ([.missed, .matched(0), .missed], 1),
            ([.matched(0), .missed, .missed, .pending, .pending], 2),
            ([.missed, .matched(0), .pending], 0),
            // A pending slot before a missed one: its grace has been made longer since.
            ([.matched(0), .missed, .pending, .missed], 2),
            ([.matched(0), .missed, .unknown, .missed, .unknown], 2), ([.missed, .covered, .missed], 1),
            ([.missed, .unknown, .unknown], 1), ([.missed, .covered, .unknown], 0),
        ] as [([SlotMatching.Outcome], Int)])
    func missedInARow(outcomes: [SlotMatching.Outcome], count: Int) {
        #expect(SlotMatching.missedInARow(outcomes).count == count)
    }
}
