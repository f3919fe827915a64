import Backups
import TestSupport
import Testing

@testable import History

/// What held of an addon, and from when on.
@Suite struct ChangeTests {
    private static let day: Int64 = 86_400_000
    private static let rule = BackupSchedule.Rule(interval: .daily, hours: [2])
    private static let schedule = BackupSchedule(id: "s", type: .dump, rule: rule, effectiveFrom: at(1))

    private static func decisions(_ policy: String) -> Decisions {
        var decisions = Decisions()
        decisions.policy = policy
        return decisions
    }

    private func decide(_ history: History, _ policy: String?, at now: Int64) {
        history.observe([], of: key(), at: now)
        _ = history.judgeAgain([key()], at: at(now)) { record, _ in
            record.decisions = policy.map { Shared(Self.decisions($0)) }
        }
    }

    private func changes(_ history: History, at now: Int64 = .max) -> [AddonPast.Change] {
        history.past(of: key(), at: at(now))?.changes ?? []
    }

    /// The changes of one kind, as text.
    private func texts(_ history: History, at now: Int64 = .max, _ text: (AddonPast.Fact) -> String?) -> [String] {
        changes(history, at: now).compactMap { change in text(change.fact).map { "\(change.at.milliseconds) \($0)" } }
    }

    private func policies(_ history: History, at now: Int64 = .max) -> [String] {
        texts(history, at: now) { fact in
            if case .decisions(let decisions) = fact { decisions?.policy ?? "-" } else { nil }
        }
    }

    @Test("each kind has its first value and its changes, after a restart as well")
    func everyKind() throws {
        let folder = try Folder()
        var history = History.quiet(folder.file)
        history.see([key()], at: 10)
        decide(history, "production", at: 20)
        let paused = AddonFacts(name: "d", type: "redis", isPaused: true)
        let absence = Absence(since: at(39), isGone: true)
        for (change, now) in [
            (AddonChange.schedules([Self.schedule]), 30 as Int64), (.listed(projectName: nil, paused), 35),
            (.away(absence), 40), (.schedulesForbidden, 50),
        ] {
            _ = history.update([(key(), change)], at: at(now)) { record, _ in
                if now == 35 { record.removals.counts = [.dump: 3, .snapshot: 1] }
            }
        }
        let expected = [
            AddonPast.Change(at: at(10), fact: .schedules(nil)), .init(at: at(10), fact: .decisions(nil)),
            .init(at: at(10), fact: .paused(false)), .init(at: at(10), fact: .absence(nil)),
            .init(at: at(10), fact: .removedEarly([:])),
            .init(at: at(20), fact: .decisions(Self.decisions("production"))),
            .init(at: at(30), fact: .schedules([Self.schedule])), .init(at: at(35), fact: .paused(true)),
            .init(at: at(35), fact: .removedEarly([.dump: 3, .snapshot: 1])),
            .init(at: at(40), fact: .absence(absence)), .init(at: at(50), fact: .schedules(nil)),
        ]
        #expect(changes(history) == expected)
        history.close()
        history = History.quiet(folder.file)
        #expect(changes(history) == expected)
        // No transaction of a restart writes the first values again.
        history.observe([], of: key(), at: 60)
        #expect(changes(history).dropLast() == expected[...])
        #expect(changes(history).last == AddonPast.Change(at: at(60), fact: .absence(nil)))
    }

    @Test("what did not change is not written")
    func unchanged() throws {
        let folder = try Folder()
        let history = History.quiet(folder.file)
        for now in 1...5 as ClosedRange<Int64> { decide(history, "a", at: now * 10) }
        decide(history, nil, at: 60)
        decide(history, "a", at: 70)
        #expect(policies(history) == ["10 a", "60 -", "70 a"])
        history.close()
        let medium = HistoryMedium(.file(folder.file), now: at(0)) { _ in }
        #expect(try medium.number("SELECT count(*) FROM change") == 3)
        #expect(try medium.number("SELECT count(*) FROM decision") == 1)
    }

    @Test("the change that was in force at the limit of the retention stays, and so does its text alone")
    func prune() throws {
        let folder = try Folder()
        let history = History.open(.file(folder.file), retention: .seconds(1), now: at(0)) { Issue.record("\($0)") }
        for (index, policy) in ["a", "b", "c", "d"].enumerated() {
            decide(history, policy, at: 1000 + 10 * Int64(index))
        }
        history.note(Standing(state: .ok, since: at(1001), findings: []), of: key(), at: at(1001))
        history.note(Standing(state: .late, since: at(1010), findings: []), of: key(), at: at(1010))
        history.prune(now: at(2009))
        #expect(policies(history) == ["1000 a", "1010 b", "1020 c", "1030 d"])
        #expect(history.past(of: key(), at: at(.max))?.standings.map(\.state) == [.ok, .late])
        history.prune(now: at(2010))
        #expect(policies(history) == ["1000 a", "1010 b", "1020 c", "1030 d"].suffix(3))
        #expect(history.past(of: key(), at: at(.max))?.standings.map(\.state) == [.late])
        history.prune(now: at(3000))
        #expect(policies(history) == ["1030 d"])
        // The values without a row hold since the limit.
        #expect(texts(history) { if case .paused(let isPaused) = $0 { "\(isPaused)" } else { nil } } == ["2000 false"])
        history.close()
        let medium = HistoryMedium(.file(folder.file), now: at(0)) { _ in }
        #expect(try medium.number("SELECT count(*) FROM decision") == 1)
    }

    @Test("with an addon, its changes are deleted")
    func deleted() throws {
        let folder = try Folder()
        let history = History.open(.file(folder.file), retention: .seconds(1), now: at(0)) { Issue.record("\($0)") }
        decide(history, "a", at: 10)
        _ = history.update([(key(), .away(Absence(since: at(20), isGone: true)))], at: at(20)) { _, _ in }
        history.prune(now: at(2 * Self.day))
        #expect(history.keys(at: at(.max)) == [])
        #expect(history.past(of: key(), at: at(.max)) == nil)
        history.close()
        let medium = HistoryMedium(.file(folder.file), now: at(0)) { _ in }
        for table in ["change", "decision", "unobserved"] {
            #expect(try medium.number("SELECT count(*) FROM \(table)") == 0)
        }
    }

    @Test("a change that a wrong clock has dated later than now counts from now on, until the next change replaces it")
    func future() {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        decide(history, "a", at: 10)
        decide(history, "b", at: 1000 * Self.day)
        #expect(policies(history, at: 20) == ["10 a", "20 b"])
        decide(history, "c", at: 30)
        #expect(policies(history) == ["10 a", "30 c"])
    }

    @Test("equal decisions of all addons are one object, which is the same after reading")
    func shared() {
        let history = History.open(.memory, now: at(0)) { Issue.record("\($0)") }
        let addons = [key("a"), key("b")]
        for addon in addons { history.observe([], of: addon, at: 10) }
        let judged = history.judgeAgain(addons, at: at(20)) { record, _ in
            record.decisions = Shared(Self.decisions("one object"))
        }
        #expect(judged.count == 2)
        #expect(judged[0].0.decisions === judged[1].0.decisions)
        let read = history.all().map(\.record.decisions)
        #expect(read.count == 2)
        #expect(read[0] === read[1])
        #expect(read[0] === judged[0].0.decisions)
    }
}
