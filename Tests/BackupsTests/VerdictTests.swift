import Testing

@testable import Backups

/// One state for each addon, whatever is wrong with it.
struct VerdictTests {
    private static let early = Timestamp(milliseconds: 0)

    /// A finding of each state.
    private static let findings: [Finding] = [
        .neverCompleted(expectedBy: early),
        .attemptFailed(type: .dump, status: .failed, at: early, inARow: 1),
        .unfinished(type: .dump, since: early, limit: .milliseconds(1)),
        .slotsMissed(type: .dump, last: early, inARow: 1),
        .empty(type: .dump, at: early),
        .noObjective,
    ]

    private func verdict(_ findings: [Finding], isPaused: Bool = false, age: Double? = 0) -> Verdict {
        let now = Timestamp(seconds: 1_000_000)
        return Verdict(
            findings: findings, isPaused: isPaused, lastObserved: age.map { Timestamp(seconds: now.seconds - $0) },
            limit: .seconds(900), now: now)
    }

    @Test("R7: the order of the states is the documented one")
    func theOrderIsTheDocumentedOne() {
        #expect(
            HealthState.allCases.map(\.rawValue) == [
                "never", "gone", "failing", "stuck", "late", "suspect", "unprotected", "unknown", "waived", "paused",
                "ok",
            ])
        #expect(HealthState.allCases.sorted() == HealthState.allCases)
    }

    /// One case a row of precedence: each state against all that are below it.
    @Test("R7: the worst state wins, and the others stay as reasons", arguments: 0..<6)
    func theWorstWinsAndTheOthersStayAsReasons(row: Int) {
        let below = Array(Self.findings[row...])
        let verdict = verdict(below.reversed(), age: 901)
        #expect(verdict.state == below[0].state)
        #expect(verdict.findings.map(\.state) == below.map(\.state) + [.unknown])
    }

    @Test("R7, R8: unknown outranks paused and ok")
    func unknownOutranksPausedAndOk() {
        #expect(verdict([], age: 901).state == .unknown)
        #expect(verdict([], isPaused: true, age: 901).state == .unknown)
        #expect(verdict([], isPaused: true).state == .paused)
        #expect(verdict([]).state == .ok)
    }

    @Test("R8: a pause ends what was wrong before")
    func aPauseOutweighsWhatWasWrongBefore() {
        let paused = verdict(Self.findings, isPaused: true)
        #expect(paused.findings == [.paused])
        #expect(paused.state == .paused)
    }

    @Test("R70: an observation is too old after the limit, and no observation is")
    func observationsGrowOld() {
        #expect(verdict([], age: 900).findings == [])
        let old = Timestamp(seconds: 1_000_000 - 901)
        #expect(verdict([], age: 901).findings == [.notObserved(since: old, limit: .seconds(900))])
        #expect(verdict([], age: nil).findings == [.notObserved(since: nil, limit: .seconds(900))])
    }

    @Test func findingsOfOneStateKeepTheirOrder() {
        let late: [Finding] = [
            .slotsMissed(type: .snapshot, last: Self.early, inARow: 1),
            .tooOld(type: .dump, since: nil, objective: .milliseconds(1)),
            .slotsMissed(type: .dump, last: Self.early, inARow: 2),
        ]
        #expect(verdict(late).findings == late)
    }

    @Test("R1, R71: what was bad when it was last observed stays bad")
    func aWholeWorldIsJudged() {
        var world = World()
        #expect(world.verdict().state == .ok)
        #expect(world.verdict(after: .seconds(901)).state == .unknown)
        world.listed.append(World.dump(.failed, "2026-03-10T06:00:00Z"))
        // What was bad when it was last seen stays bad.
        #expect(world.verdict(after: .seconds(901)).state == .failing)
    }
}
