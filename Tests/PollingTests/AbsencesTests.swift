import Backups
import Testing

@testable import Polling

struct AbsencesTests {
    private static func keys(_ count: Int) -> Set<AddonKey> {
        Set((0..<count).map { AddonKey(account: "acme", project: "shop", addon: "a\($0)") })
    }

    private static func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: 1_800_000_000 + seconds) }

    @Test("R73: half of the addons are gone after two readings, since the first of them")
    func few() {
        var absences = Absences()
        #expect(absences.read(missing: Self.keys(2), of: 4, now: Self.at(0)) == [:])
        #expect(!absences.areMany)
        #expect(absences.missed.count == 2)
        let gone = absences.read(missing: Self.keys(2), of: 4, now: Self.at(10))
        #expect(gone == Dictionary(uniqueKeysWithValues: Self.keys(2).map { ($0, Self.at(0)) }))
        #expect(absences.missed.count == 0)
    }

    @Test("R73: more than half need a third reading, and ten minutes", arguments: [(599.0, false), (600, true)])
    func many(seconds: Double, isGone: Bool) {
        var absences = Absences()
        let three = Self.keys(3)
        #expect(absences.read(missing: three, of: 5, now: Self.at(0)) == [:])
        #expect(absences.areMany)
        #expect(absences.confirmAt == Self.at(600))
        #expect(absences.read(missing: three, of: 5, now: Self.at(300)) == [:])
        #expect(absences.read(missing: three, of: 5, now: Self.at(seconds)).count == (isGone ? 3 : 0))
    }

    @Test("R73: two readings are not enough for many, however long they take")
    func twoOfMany() {
        var absences = Absences()
        #expect(absences.read(missing: Self.keys(1), of: 1, now: Self.at(0)) == [:])
        #expect(absences.read(missing: Self.keys(1), of: 1, now: Self.at(9000)) == [:])
        #expect(absences.read(missing: Self.keys(1), of: 1, now: Self.at(9001)).count == 1)
    }

    @Test("R73: an addon that a reading has begins anew")
    func interrupted() {
        var absences = Absences()
        #expect(absences.read(missing: Self.keys(1), of: 4, now: Self.at(0)) == [:])
        #expect(absences.read(missing: [], of: 4, now: Self.at(10)) == [:])
        #expect(absences.read(missing: Self.keys(1), of: 4, now: Self.at(20)) == [:])
        #expect(absences.read(missing: Self.keys(1), of: 4, now: Self.at(30)).values.sorted() == [Self.at(20)])
    }

    @Test("what is left of many that were missing needs two readings like others")
    func fewer() {
        var absences = Absences()
        #expect(absences.read(missing: Self.keys(3), of: 4, now: Self.at(0)) == [:])
        #expect(absences.read(missing: Self.keys(1), of: 4, now: Self.at(10)).count == 1)
        #expect(absences.confirmAt == nil)
    }

    @Test("readings before a restart count")
    func restarted() {
        let key = AddonKey(account: "acme", project: "shop", addon: "a0")
        var record = AddonRecord(key: key, firstSeen: Self.at(-100))
        record.apply(.missed(Missed(readings: 1, since: Self.at(-50))), at: Self.at(-50))
        var absences = Absences([Addon(record, nil, isCounting: true), Addon(key: key)])
        #expect(absences.read(missing: [key], of: 4, now: Self.at(0)) == [key: Self.at(-50)])
    }
}
