import Backups
import Freshness
import Logging
import Northflank
import TestSupport
import Testing

@testable import Polling

/// What an account says in the log: each change once.
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
            .warning, "poll interval lengthened",
            [
                "configured": "5m", "in_force": inForce, "addons": "42", "requests_per_hour": "500",
                "requests_left": "17",
            ])
    }

    private static let restored = AccountNote(
        .info, "poll interval restored", ["configured": "5m"])

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

    @Test("schedules that cannot be read are named once for each addon, the first ten of them as a warning")
    mutating func schedules() {
        let trouble = Trouble(reason: "timeout", message: "too slow", since: .distantPast, remedy: "wait")
        let cancelled = APIError(.cancelled, "cancelled")
        #expect(notes.schedulesFailed(first, cancelled, trouble, hasMaxAge: false) == nil)
        for number in 1...12 {
            #expect(
                notes.schedulesFailed(Self.key(number), error, trouble, hasMaxAge: true)
                    == AccountNote(
                        number > 10 ? .debug : .warning,
                        "schedules cannot be read",
                        [
                            "project": "shop", "addon": "db-\(number)", "reason": "timeout", "error": "too slow",
                            "remedy": "wait", "has_max_age": "true",
                        ]))
            #expect(notes.schedulesFailed(Self.key(number), error, trouble, hasMaxAge: true) == nil)
        }
    }

    @Test("an addon that is gone is named, with what confirmed it")
    func gone() {
        #expect(
            notes.gone(first, SampleAddons.rich, isMissed: true, isConfigured: false)
                == AccountNote(
                    .warning, "addon is gone",
                    [
                        "project": "shop", "addon": "db-1", "last_completed": "2025-12-30T09:20:01Z",
                        "confirmed_by": "complete lists",
                    ]))
        #expect(
            notes.gone(first, nil, isMissed: false, isConfigured: true)
                == AccountNote(
                    .info, "addon without a completed backup is gone",
                    [
                        "project": "shop", "addon": "db-1", "confirmed_by": "HTTP 404 and the list of the project",
                    ]))
    }

    private func change(added: Int, removed: Int, addons: Int) -> AccountNote {
        AccountNote(
            .info, "discovery changed",
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
                .warning, "discovery incomplete",
                ["failed": "\(failed)", "reason": reason, "error": message])
        }
        func discovered(_ errors: [APIError]) -> [AccountNote] {
            notes.discovered([first], before: [first], errors: errors)
        }
        #expect(discovered([]) == [])
        #expect(discovered([error]) == [incomplete(1, "timeout", "too slow")])
        #expect(discovered([error]) == [])
        #expect(discovered([other, error]) == [incomplete(2, "forbidden", "no")])
        #expect(discovered([]) == [AccountNote(.info, "discovery complete again")])
        #expect(discovered([]) == [])
        #expect(discovered([error]) == [incomplete(1, "timeout", "too slow")])
    }
}
