import Testing

@testable import Backups

/// What an addon takes over from the history, and when it is reviewed.
@Suite struct AddonTests {
    private static let key = AddonKey(account: "a", project: "p", addon: "d")

    /// A record with a daily dump at midnight, judged at the epoch.
    private static func judged(_ status: BackupStatus) -> (AddonRecord, Assessment?) {
        var record = AddonRecord(key: key, firstSeen: at(0))
        var known: [KnownBackup] = []
        record.observe([backup(status, 0)], isWhole: true, isNewestFirst: true, at: at(0), known: &known) { _ in nil }
        record.observe(schedules: [.daily()], at: at(0))
        let assessment = record.judge(known, Objectives())
        return (record, assessment)
    }

    @Test("copies share what the history has, and one that takes over something else changes alone")
    func copies() {
        let (record, assessment) = Self.judged(.completed)
        var addon = Addon(record, assessment, isCounting: true)
        let copy = addon
        let (failed, failure) = Self.judged(.failed)
        addon.take(Addon(failed, failure, isCounting: false))
        #expect(addon.record == failed)
        #expect(addon.assessment == failure)
        #expect(!addon.isCounting)
        #expect(copy.record == record)
        #expect(copy.assessment == assessment)
        #expect(copy.isCounting)
        #expect(addon != copy)
        // Equal by value, not only if shared.
        #expect(copy == Addon(record, assessment, isCounting: true))
    }

    @Test("a record without an assessment leaves the last assessment in force, and the account's facts stay")
    func takesRecordAlone() {
        let (record, assessment) = Self.judged(.failed)
        var addon = Addon(record, assessment, isCounting: true)
        addon.isUp = true
        addon.review(now: at(0), limit: hour, zone: .utc)
        let (verdict, due) = (addon.verdict, addon.due)
        var paused = record
        paused.isPaused = true
        addon.take(Addon(paused, nil, isCounting: true))
        #expect(addon.record == paused)
        #expect(addon.assessment == assessment)
        #expect(addon.isUp == true)
        #expect(addon.verdict == verdict)
        #expect(addon.due == due)
        addon.review(now: at(0), limit: hour, zone: .utc)
        #expect(addon.due == [])
        #expect(addon.verdict.findings == [.paused])
    }

    @Test("a review is needed when the next slot is due, and when the observation becomes too old")
    func review() {
        let (record, assessment) = Self.judged(.completed)
        var addon = Addon(record, assessment, isCounting: true)
        let day: Int64 = 86_400_000
        addon.review(now: at(0), limit: .milliseconds(day * 2), zone: .utc)
        #expect(addon.due == [NextDue(type: .dump, slot: at(day))])
        #expect(!addon.needsReview(now: at(day - 1), limit: .milliseconds(day * 2)))
        #expect(addon.needsReview(now: at(day), limit: .milliseconds(day * 2)))
        #expect(!addon.needsReview(now: at(1000), limit: .milliseconds(1000)))
        #expect(addon.needsReview(now: at(1001), limit: .milliseconds(1000)))
    }

    @Test("an addon of which only the key is known has nothing else")
    func keyAlone() {
        let addon = Addon(key: Self.key)
        #expect(addon.record == nil)
        #expect(addon.assessment == nil)
        #expect(addon.due == [])
        #expect(addon == Addon(key: Self.key))
    }
}
