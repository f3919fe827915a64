import Testing

@testable import Backups

/// Clocks that differ, and times of the future in the history.
struct ClockTests {
    private static let now = time("2026-03-10T12:00:00Z")

    /// A record that was observed at noon without any backup of the last two days.
    private static func record(clockAhead: Duration) -> AddonRecord {
        var record = AddonRecord(
            key: AddonKey(account: "a", project: "p", addon: "d"), firstSeen: time("2026-01-01T00:00:00Z"))
        record.schedules = [.daily(from: "2026-01-01T00:00:00Z")]
        record.lastObserved = now
        record.remarks.clockAhead = clockAhead
        return record
    }

    private static let known = World.daily(["2026-03-08", "2026-03-07"]).map { KnownBackup($0) }

    @Test(
        "R72: with a difference of more than five minutes nothing becomes late, and no slot is judged for good",
        arguments: [(300, true), (301, false), (-300, true), (-301, false)])
    func skew(seconds: Int, isLate: Bool) {
        var record = Self.record(clockAhead: .seconds(seconds))
        let findings = record.judge(Self.known, Objectives())?.findings.map(\.kind)
        #expect(findings == (isLate ? [.slotsMissed, .tooOld] : []))
        #expect((record.slots[.dump] != nil) == isLate)
    }

    @Test("R72: what was late before still is, and what the clock does not make is judged as ever")
    func before() {
        var record = Self.record(clockAhead: .seconds(1200))
        record.standing = Standing(
            state: .late, since: Self.now, findings: [.init(kind: .tooOld, type: .dump, since: Self.now)])
        let failed = KnownBackup(World.dump(.failed, "2026-03-09T00:00:05Z", minutes: 1))
        let findings = record.judge([failed] + Self.known, Objectives())?.findings.map(\.kind)
        #expect(findings == [.attemptFailed, .tooOld])
    }

    @Test("times of the future are removed or limited; five minutes are none")
    func future() {
        var record = Self.record(clockAhead: .zero)
        let near = Self.now + .seconds(300)
        func dated(_ time: Timestamp) -> AddonRecord {
            var record = record
            (record.lastObserved, record.lastWhole, record.baseline) = (time, time, time)
            (record.schedulesObserved, record.pauseChangedAt) = (time, time)
            record.absence = Absence(since: time, isGone: true)
            record.missed = Missed(readings: 1, since: time)
            record.forgiven = Self.now - hour..<time
            record.slots[.dump] = .init(judgedThrough: time, missed: 3)
            record.standing = Standing(state: .ok, since: time, findings: [])
            return record
        }
        var kept = dated(near)
        kept.distrustFuture(now: Self.now)
        #expect(kept == dated(near))
        record = dated(near.adding(milliseconds: 1))
        record.distrustFuture(now: Self.now)
        #expect(record.lastObserved == Self.now)
        #expect(record.lastWhole == nil)
        #expect(record.baseline == Self.now)
        #expect(record.schedulesObserved == nil)
        #expect(record.activeSince == Self.now)
        #expect(record.absence?.since == Self.now)
        #expect(record.missed?.since == Self.now)
        #expect(record.forgiven == Self.now - hour..<Self.now)
        #expect(record.slots[.dump] == .init(judgedThrough: .distantPast, missed: 3))
        #expect(record.standing == nil)
    }
}
