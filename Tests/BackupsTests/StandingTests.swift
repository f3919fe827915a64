import Testing

@testable import Backups

struct StandingTests {
    private static func at(_ hours: Int64) -> Timestamp { Timestamp(milliseconds: hours * 3_600_000) }

    private static func verdict(_ findings: [Finding], seen: Timestamp = at(100), now: Timestamp = at(100)) -> Verdict {
        Verdict(findings: findings, isPaused: false, lastObserved: seen, limit: hour, now: now)
    }

    private static let failed = Finding.attemptFailed(type: .dump, status: .failed, at: at(97), inARow: 1)
    private static let old = Finding.tooOld(type: .dump, since: at(60), objective: hour * 30)

    @Test("what begins holds since its fact, what lasts since it began, and what is over and back begins anew")
    func course() {
        let first = Standing(Self.verdict([Self.failed, Self.old]), after: nil, now: Self.at(100))
        #expect(first.state == .failing)
        #expect(first.since == Self.at(97))
        #expect(first.since(.tooOld) == Self.at(90))
        #expect(first.since(Self.failed) == Self.at(97))
        #expect(first.since(.empty) == nil)
        let later = Finding.attemptFailed(type: .dump, status: .failed, at: Self.at(99), inARow: 2)
        let second = Standing(Self.verdict([later, Self.old]), after: first, now: Self.at(101))
        #expect(second == first)
        let third = Standing(Self.verdict([Self.old]), after: second, now: Self.at(102))
        #expect(third.state == .late)
        #expect(third.since == Self.at(90))
        #expect(third.findings.map(\.kind) == [.tooOld])
        let fourth = Standing(Self.verdict([later, Self.old]), after: third, now: Self.at(103))
        #expect(fourth.since == Self.at(99))
        let well = Standing(Self.verdict([]), after: fourth, now: Self.at(104))
        #expect(well == Standing(state: .ok, since: Self.at(104), findings: []))
    }

    @Test("a fact of the future counts from now, and one without a time too")
    func noFact() {
        let future = Finding.empty(type: .dump, at: Self.at(200))
        let standing = Standing(Self.verdict([future, .noObjective]), after: nil, now: Self.at(100))
        #expect(standing.findings.map(\.since) == [Self.at(100), Self.at(100)])
    }

    @Test("each type holds for itself; of a kind the earliest counts")
    func types() {
        let snapshot = Finding.tooOld(type: .snapshot, since: Self.at(50), objective: hour * 30)
        let standing = Standing(Self.verdict([Self.old, snapshot]), after: nil, now: Self.at(100))
        #expect(standing.since(.tooOld) == Self.at(80))
        #expect(standing.since(Self.old) == Self.at(90))
        #expect(standing.since(snapshot) == Self.at(80))
    }

    @Test("R76: an addon that is gone has that finding alone, since it was missed")
    func gone() {
        let absence = Absence(since: Self.at(98), isGone: true)
        let verdict = Verdict(
            findings: [Self.failed], isPaused: true, absence: absence, lastObserved: nil, limit: hour, now: Self.at(100)
        )
        #expect(verdict.findings == [.gone(since: Self.at(98))])
        #expect(Standing(verdict, after: nil, now: Self.at(100)).since == Self.at(98))
        let left = Absence(since: Self.at(98), isGone: false)
        #expect(
            Verdict(
                findings: [Self.failed], isPaused: false, absence: left, lastObserved: Self.at(100), limit: hour,
                now: Self.at(100)
            ).findings == [Self.failed])
    }
}
