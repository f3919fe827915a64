import TestSupport
import Testing

@testable import Backups

struct FailedPollsTests {
    private let start = time("2027-01-15T08:00:00Z")

    private func trouble(_ reason: String, status: Int? = nil) -> Trouble {
        Trouble(reason: reason, status: status, message: reason, since: start)
    }

    private func run(_ reason: String, _ first: Double, _ last: Double, count: Int, status: Int? = nil)
        -> FailedPolls.Run
    {
        FailedPolls.Run(
            reason: reason, status: status, first: start + .seconds(first), last: start + .seconds(last), count: count)
    }

    @Test("polls in a row that fail for one reason are one run")
    func runs() {
        var failed = FailedPolls()
        #expect(failed.runs(at: start).isEmpty)
        failed.note(trouble("timeout"), isNext: false, at: start)
        failed.note(trouble("timeout"), isNext: true, at: start + .seconds(60))
        failed.note(trouble("unavailable", status: 502), isNext: true, at: start + .seconds(120))
        failed.note(trouble("unavailable", status: 503), isNext: true, at: start + .seconds(180))
        // A poll worked in between.
        failed.note(trouble("unavailable", status: 503), isNext: false, at: start + .seconds(300))
        #expect(
            failed.runs(at: start + .seconds(300)) == [
                run("timeout", 0, 60, count: 2), run("unavailable", 120, 120, count: 1, status: 502),
                run("unavailable", 180, 180, count: 1, status: 503),
                run("unavailable", 300, 300, count: 1, status: 503),
            ])
    }

    @Test("a run is forgotten a day after its end")
    func forgetting() {
        var failed = FailedPolls()
        failed.note(trouble("timeout"), isNext: false, at: start)
        #expect(failed.runs(at: start + .seconds(86_399.999)) == [run("timeout", 0, 0, count: 1)])
        #expect(failed.runs(at: start + .seconds(86_400)) == [])
        failed.note(trouble("dns"), isNext: false, at: start + .seconds(86_400))
        // What is forgotten takes no memory either.
        #expect(failed.runs(at: start) == [run("dns", 86_400, 86_400, count: 1)])
    }

    @Test("only the last runs are remembered")
    func most() {
        var failed = FailedPolls()
        for second in 0...FailedPolls.most {
            failed.note(trouble("timeout"), isNext: false, at: start + .seconds(Double(second)))
        }
        #expect(failed.runs(at: start).map(\.first) == (1...FailedPolls.most).map { start + .seconds(Double($0)) })
    }
}
