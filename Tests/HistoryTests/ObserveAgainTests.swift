import Backups
import TestSupport
import Testing

@testable import History

/// Observations of a list that is as it was.
@Suite struct ObserveAgainTests {
    @discardableResult
    private func again(
        _ history: History, _ addon: AddonKey = key(), isWhole: Bool = true, at now: Int64, isJudged: Bool = false
    ) -> String {
        let judge: @Sendable (inout AddonRecord, [KnownBackup]) -> Int = { record, backups in
            record.slots[.dump] = .init(judgedThrough: at(7), missed: 3)
            return backups.count
        }
        return
            switch history.observeAgain(
                addon, isWhole: isWhole, at: at(now), judge: isJudged ? judge : nil)
        {
        case .unknown: "unknown"
        case .noted: "noted"
        case .judged(let record, let count):
            "judged \(count) at \(record.lastObserved?.milliseconds ?? 0) with \(record.slots[.dump]?.missed ?? 0)"
        }
    }

    @Test("the times of an observation are kept, and nothing else changes")
    func noted() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        let before = history.observe([backup(.completed, 1), backup(.failed, 2, id: "y")], at: 10)
        #expect(again(history, isWhole: false, at: 20) == "noted")
        #expect(again(history, at: 30) == "noted")
        #expect(again(history, isWhole: false, at: 40) == "noted")
        history.close()
        let kept = try #require(History.quiet(folder.file).all().first)
        var expected = before
        (expected.lastObserved, expected.lastWhole) = (at(40), at(30))
        #expect(kept.record == expected)
        #expect(kept.backups.count == 2)
    }

    @Test("judged again, with the backups that are known")
    func judged() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        history.observe([backup(.completed, 1), backup(.failed, 2, id: "y")], at: 10)
        #expect(again(history, at: 20, isJudged: true) == "judged 2 at 20 with 3")
        history.close()
        #expect(History.quiet(folder.file).all().first?.record.slots[.dump]?.missed == 3)
    }

    @Test("an addon that was not observed here has to be read", arguments: [false, true])
    func unknown(isJudged: Bool) throws {
        let folder = try Folder()
        let first = History.quiet(folder.file)
        #expect(again(first, at: 5, isJudged: isJudged) == "unknown")
        first.see([key()], at: 6)
        #expect(again(first, at: 7, isJudged: isJudged) == "unknown")
        first.observe([backup(.completed, 1)], at: 10)
        first.close()
        #expect(again(first, at: 20, isJudged: isJudged) == "unknown")
        // Another process may have observed it last.
        let second = History.quiet(folder.file)
        #expect(again(second, at: 30, isJudged: isJudged) == "unknown")
        #expect(second.all().first?.record.lastObserved == at(10))
    }

    @Test("after the return to a file that another process has used, everything has to be read again")
    func otherProcess() throws {
        let folder = try Folder()
        let first = History.quiet(folder.file)
        first.observe([backup(.completed, 1)], at: 10)
        let second = History.open(.file(folder.file), now: at(0)) { _ in }
        second.observe([backup(.completed, 1)], at: 20)
        #expect(again(second, at: 30) == "noted")
        first.close()
        // Five minutes later the file is tried again.
        #expect(again(second, at: 300_000) == "unknown")
        #expect(second.status.isPersistent)
        #expect(second.all().first?.record.lastObserved == at(10))
        second.observe([backup(.completed, 1)], at: 300_010)
        #expect(again(second, at: 300_020) == "noted")
    }

    @Test("an addon that was pruned is unknown, and its row can be that of another one")
    func pruned() throws {
        let history = History.open(.memory, retention: .seconds(1), now: at(0)) { Issue.record("\($0)") }
        history.observe([backup(.completed, 1)], at: 10)
        _ = history.update([(key(), .away(Absence(since: at(10), isGone: true)))], at: at(10)) { _, _ in }
        history.prune(now: at(2 * 86_400_000 + 2000))
        #expect(history.all().isEmpty)
        history.observe([backup(.completed, 1)], of: key("other"), at: 20)
        #expect(again(history, at: 30) == "unknown")
        #expect(history.all().map(\.record.lastObserved) == [at(20)])
    }
}
