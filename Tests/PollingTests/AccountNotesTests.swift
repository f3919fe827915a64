import Backups
import Freshness
import Logging
import Northflank
import TestSupport
import Testing

@testable import Polling

/// What an account says in the log: each change once, and no flood in an outage.
struct AccountNotesTests {
    private var notes = AccountNotes(interval: .seconds(300))
    private let error = APIError(.timeout, "too slow")
    private let first = Self.key(1)

    private static func key(_ number: Int) -> AddonKey {
        AddonKey(account: "acme", project: "shop", addon: "db-\(number)")
    }

    private static func keys(_ numbers: ClosedRange<Int>) -> Set<AddonKey> { Set(numbers.map(key)) }

    private mutating func interval(_ seconds: Double) -> AccountNote? {
        let budget = FreshnessPlan.Budget(allowance: 500, left: 17, secondsToReset: 60)
        return notes.interval(inForce: .seconds(seconds), budget: budget, addons: 42)
    }

    private func slowed(_ inForce: String) -> AccountNote {
        AccountNote(
            .warning, "polling is slowed down to fit the request budget",
            [
                "configured": "5m", "in_force": inForce, "addons": "42", "requests_per_hour": "500",
                "requests_left": "17",
            ])
    }

    private static let restored = AccountNote(
        .info, "the request budget carries the configured poll interval again")

    @Test("a longer interval is named when it is half as long again as the one that was named last")
    mutating func slower() {
        #expect(interval(300) == nil)
        #expect(interval(450) == nil)
        #expect(interval(450.6) == slowed("7m31s"))
        #expect(interval(450.6) == nil)
        #expect(interval(675) == nil)
        #expect(interval(676) == slowed("11m16s"))
    }

    @Test("so is a shorter one, and the end of it")
    mutating func faster() {
        #expect(interval(900) == slowed("15m"))
        #expect(interval(600) == nil)
        #expect(interval(599) == slowed("9m59s"))
        #expect(interval(400) == nil)
        #expect(interval(300) == Self.restored)
        #expect(interval(300) == nil)
        #expect(interval(400) == nil)
        #expect(interval(900) == slowed("15m"))
        #expect(interval(299) == Self.restored)
    }

    private func failure(_ number: Int, _ level: Logger.Level) -> AccountNote {
        AccountNote(
            level, "backups could not be collected; the last good data stays",
            ["project": "shop", "addon": "db-\(number)", "reason": "timeout", "error": "too slow"])
    }

    @Test("ten addons that fail are named, the eleventh is counted, further ones are named at level debug")
    mutating func failures() {
        for number in 1...10 { #expect(notes.failed(Self.key(number), error) == [failure(number, .warning)]) }
        #expect(notes.failed(first, error) == [])
        let limit = AccountNote(
            .warning, "more than 10 addons fail; further ones are named at level debug only")
        #expect(notes.failed(Self.key(11), error) == [failure(11, .debug), limit])
        #expect(notes.failed(Self.key(12), error) == [failure(12, .debug)])
    }

    private func collected(_ number: Int) -> AccountNote {
        AccountNote(.debug, "backups collected", ["project": "shop", "addon": "db-\(number)", "pages": "3"])
    }

    private func recovered(_ number: Int, _ level: Logger.Level) -> AccountNote {
        AccountNote(level, "backups are collected again", ["project": "shop", "addon": "db-\(number)"])
    }

    @Test("an addon that recovers is named, while few enough fail")
    mutating func recovery() {
        #expect(notes.collected(first, pages: 3) == [collected(1)])
        for number in 1...12 { _ = notes.failed(Self.key(number), error) }
        for number in 1...12 {
            #expect(
                notes.collected(Self.key(number), pages: 3)
                    == [collected(number), recovered(number, number > 2 ? .info : .debug)])
        }
        #expect(notes.collected(first, pages: 3) == [collected(1)])
        // It may fail anew.
        #expect(notes.failed(first, error) == [failure(1, .warning)])
    }

    @Test("schedules that cannot be read are named once for each addon, the first ten of them as a warning")
    mutating func schedules() {
        #expect(notes.schedulesFailed(first, APIError(.cancelled, "cancelled")) == nil)
        for number in 1...12 {
            #expect(
                notes.schedulesFailed(Self.key(number), error)
                    == AccountNote(
                        number > 10 ? .debug : .warning,
                        "backup schedules could not be read; max_age counts instead, if there is one",
                        ["project": "shop", "addon": "db-\(number)", "reason": "timeout", "error": "too slow"]))
            #expect(notes.schedulesFailed(Self.key(number), error) == nil)
        }
    }

    @Test("an addon that is gone is named")
    func gone() {
        #expect(
            notes.gone(first, SampleAddons.rich, isMissed: true)
                == AccountNote(
                    .warning, "addon is gone",
                    ["project": "shop", "addon": "db-1", "last_completed": "2025-12-30T09:20:01Z"]))
        #expect(
            notes.gone(first, nil, isMissed: false)
                == AccountNote(
                    .info, "addon is gone, which never had a completed backup", ["project": "shop", "addon": "db-1"]))
    }

    private func change(added: Int, removed: Int, addons: Int) -> AccountNote {
        AccountNote(
            .info, "discovery found a change",
            ["added": "\(added)", "removed": "\(removed)", "addons": "\(addons)"])
    }

    @Test("discovery names how many addons came and went, and is silent where nothing changed")
    mutating func changes() {
        #expect(
            notes.discovered(Self.keys(1...3), before: [], errors: []) == [change(added: 3, removed: 0, addons: 3)])
        #expect(notes.discovered(Self.keys(1...3), before: Self.keys(1...3), errors: []) == [])
        #expect(
            notes.discovered(Self.keys(3...7), before: Self.keys(1...3), errors: []) == [
                change(added: 4, removed: 2, addons: 5)
            ])
    }

    @Test("an incomplete discovery is named with its first error until the errors change, and so is its end")
    mutating func errors() {
        let other = APIError(.forbidden, "no")
        func incomplete(_ failed: Int, _ reason: String, _ message: String) -> AccountNote {
            AccountNote(
                .warning, "discovery is not complete; no addon is dropped",
                ["failed": "\(failed)", "reason": reason, "error": message])
        }
        func discovered(_ errors: [APIError]) -> [AccountNote] {
            notes.discovered([first], before: [first], errors: errors)
        }
        #expect(discovered([]) == [])
        #expect(discovered([error]) == [incomplete(1, "timeout", "too slow")])
        #expect(discovered([error]) == [])
        #expect(discovered([other, error]) == [incomplete(2, "forbidden", "no")])
        #expect(discovered([]) == [AccountNote(.info, "discovery is complete again")])
        #expect(discovered([]) == [])
        #expect(discovered([error]) == [incomplete(1, "timeout", "too slow")])
    }

    @Test("an addon that discovery drops no longer counts as failing")
    mutating func dropped() {
        for number in 1...10 { _ = notes.failed(Self.key(number), error) }
        _ = notes.discovered(Self.keys(2...10), before: Self.keys(1...10), errors: [])
        #expect(notes.failed(Self.key(11), error) == [failure(11, .warning)])
        #expect(notes.collected(first, pages: 3) == [collected(1)])
    }
}
