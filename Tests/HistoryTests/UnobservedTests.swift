import Backups
import TestSupport
import Testing

@testable import History

/// Times without observation.
@Suite struct UnobservedTests {
    private let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }

    private func observe(_ history: History? = nil, at now: Int64, limit: Int64? = 100) {
        _ = (history ?? self.history).observe(
            key(), entries: [], isWhole: true, isNewestFirst: true,
            unobservedAfter: limit.map { .milliseconds($0) }, at: at(now)
        ) { _, _ in }
    }

    private func again(at now: Int64, limit: Int64? = 100) {
        let again = history.observeAgain(
            key(), isWhole: true, unobservedAfter: limit.map { .milliseconds($0) }, at: at(now),
            judge: nil as (@Sendable (inout AddonRecord, [KnownBackup]) -> Void)?)
        if case .unknown = again { Issue.record("unknown") }
    }

    private func times(_ history: History? = nil, at now: Int64) -> [Range<Int64>] {
        ((history ?? self.history).past(of: key(), at: at(now))?.unobserved ?? []).map {
            $0.lowerBound.milliseconds..<$0.upperBound.milliseconds
        }
    }

    @Test("a time between two observations that is longer than the limit is one, and one of just the limit is not")
    func limit() {
        observe(at: 1000)
        observe(at: 1100)
        again(at: 1200)
        #expect(times(at: 1200) == [])
        observe(at: 1301)
        again(at: 1402)
        observe(at: 1403)
        #expect(times(at: 1403) == [1200..<1301, 1301..<1402])
    }

    @Test("the time since the last observation is one when it is longer than the limit")
    func open() {
        observe(at: 1000)
        #expect(times(at: 1100) == [])
        #expect(times(at: 1101) == [1000..<1101])
        observe(at: 1200)
        #expect(times(at: 1200) == [1000..<1200])
    }

    @Test("an addon that was listed long before its first observation was not observed until then")
    func first() {
        history.see([key()], at: 10)
        observe(at: 111)
        #expect(times(at: 111) == [10..<111])
    }

    @Test("of two limits the longer one counts, because the observation was planned with the earlier one")
    func changedLimit() {
        observe(at: 1000, limit: 500)
        again(at: 1500, limit: 100)
        #expect(times(at: 1500) == [])
        again(at: 1601, limit: 100)
        #expect(times(at: 1601) == [1500..<1601])
        observe(at: 2100, limit: 500)
        #expect(times(at: 2599) == [1500..<1601])
        #expect(times(at: 2601) == [1500..<1601, 2100..<2601])
    }

    @Test("without a limit none is noted")
    func noLimit() {
        observe(at: 1000, limit: nil)
        again(at: 1_000_000, limit: nil)
        #expect(times(at: 2_000_000) == [])
    }

    @Test("a stop of the exporter is one")
    func restart() throws {
        let folder = try Folder()
        let first = History.quiet(folder.file)
        observe(first, at: 1000)
        first.close()
        let second = History.quiet(folder.file)
        #expect(times(second, at: 5000) == [1000..<5000])
        observe(second, at: 5000)
        #expect(times(second, at: 5050) == [1000..<5000])
    }

    @Test("it is pruned when its end is older than the retention")
    func prune() {
        let history = History.open(.memory, retention: .seconds(1), now: at(0)) { Issue.record("\($0)") }
        observe(history, at: 10)
        observe(history, at: 500)
        history.prune(now: at(1500))
        #expect(times(history, at: 501) == [10..<500])
        history.prune(now: at(1501))
        #expect(times(history, at: 501) == [])
    }

    @Test("times that overlap because the clock was set back are one, and none ends later than now")
    func clock() {
        observe(at: 1000)
        observe(at: 3000)
        // The next observation is earlier by the clock that was set back, and so is the beginning of the next time.
        observe(at: 2000)
        observe(at: 2500)
        #expect(times(at: 2600) == [1000..<2600])
        #expect(times(at: 3000) == [1000..<3000])
    }
}
