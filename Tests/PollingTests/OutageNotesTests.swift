import Backups
import Logging
import Northflank
import TestSupport
import Testing

@testable import Polling

/// One line for each addon that cannot be read, and one for an account of which nothing can.
struct OutageNotesTests {
    private var notes = OutageNotes()
    private static let start = time("2027-01-15T08:00:00Z")
    private let first = Self.key(1)

    private static func key(_ number: Int) -> AddonKey {
        AddonKey(account: "acme", project: "shop", addon: "db-\(number)")
    }

    private mutating func fail(
        _ number: Int?, _ reason: APIError.Reason, at seconds: Int64 = 0
    ) -> [AccountNote] {
        let now = Self.start + .seconds(seconds)
        let trouble = Trouble(reason: reason.rawValue, status: 499, message: "it fails", since: now, remedy: "mend it")
        return notes.failed(
            number.map(Self.key), APIError(reason, "it fails", status: 499), trouble, addons: 42,
            now: now)
    }

    private func failure(_ number: Int, _ reason: APIError.Reason, _ level: Logger.Level = .warning) -> AccountNote {
        AccountNote(
            level, "check failed",
            [
                "project": "shop", "addon": "db-\(number)", "reason": reason.rawValue, "status": "499",
                "error": "it fails", "remedy": "mend it",
            ])
    }

    private func outage(
        _ reason: APIError.Reason, since: String = "2027-01-15T08:00:00Z", _ level: Logger.Level = .warning
    )
        -> AccountNote
    {
        AccountNote(
            level, "account cannot be read",
            [
                "reason": reason.rawValue, "status": "499", "error": "it fails", "remedy": "mend it", "addons": "42",
                "since": since,
            ])
    }

    @Test("ten addons that fail by themselves are named, further ones at level debug")
    mutating func addons() {
        for number in 1...10 { #expect(fail(number, .forbidden) == [failure(number, .forbidden)]) }
        #expect(fail(1, .forbidden) == [])
        #expect(fail(11, .forbidden) == [failure(11, .forbidden, .debug)])
        #expect(!notes.isOutage)
    }

    @Test("an addon that can be read again is named, with how long it could not")
    mutating func recovery() {
        #expect(notes.worked(first, now: Self.start) == nil)
        _ = fail(1, .forbidden)
        #expect(
            notes.worked(first, now: Self.start + .seconds(90))
                == AccountNote(
                    .info, "check succeeded again", ["project": "shop", "addon": "db-1", "failed_for": "1m30s"]))
        #expect(notes.worked(first, now: Self.start) == nil)
        #expect(fail(1, .forbidden) == [failure(1, .forbidden)])
    }

    @Test("a second failure in a row without an answer is an outage: one line, whatever else fails")
    mutating func secondFailure() {
        #expect(fail(1, .unavailable) == [])
        #expect(fail(2, .unavailable, at: 5) == [outage(.unavailable)])
        for number in 3...9 { #expect(fail(number, .unavailable, at: 6) == []) }
        #expect(notes.isOutage)
        #expect(
            notes.answered(now: Self.start + .seconds(600))
                == [AccountNote(.info, "account can be read again", ["failed_for": "10m"])])
        for number in 1...9 { #expect(notes.worked(Self.key(number), now: Self.start) == nil) }
        #expect(notes.answered(now: Self.start) == [])
    }

    @Test("a failure that the next answer contradicts is the addon's")
    mutating func alone() {
        #expect(fail(1, .unavailable) == [])
        #expect(notes.answered(now: Self.start) == [failure(1, .unavailable)])
        #expect(fail(1, .unavailable) == [])
        #expect(notes.answered(now: Self.start) == [])
    }

    @Test("some reasons and a failed list are certain", arguments: [true, false])
    mutating func certain(isCertain: Bool) {
        #expect(fail(isCertain ? nil : 1, .unauthorized) == [outage(.unauthorized)])
        #expect(fail(nil, .unavailable) == [])
        _ = notes.answered(now: Self.start)
        #expect(fail(nil, .timeout, at: 600) == [outage(.timeout, since: "2027-01-15T08:10:00Z")])
    }

    @Test("what failed alone is the addon's, if no other answer will come; of nothing nothing is said")
    mutating func end() {
        #expect(notes.ended() == [])
        _ = fail(1, .timeout)
        #expect(notes.ended().map(\.message) == ["check failed"])
        #expect(notes.ended() == [])
    }

    @Test("without another answer, a failure is the account's after half a minute")
    mutating func silence() {
        #expect(notes.settle(addons: 42, now: Self.start) == nil)
        _ = fail(1, .timeout)
        #expect(notes.settle(addons: 42, now: Self.start + .seconds(29)) == nil)
        #expect(notes.settle(addons: 42, now: Self.start + .seconds(30)) == outage(.timeout))
        #expect(notes.settle(addons: 42, now: Self.start + .seconds(60)) == nil)
    }

    @Test("an account that comes and goes is not logged each time")
    mutating func flapping() {
        _ = fail(nil, .connect)
        #expect(notes.answered(now: Self.start).map(\.level) == [.info])
        #expect(fail(nil, .connect, at: 300).map(\.level) == [.debug])
        #expect(notes.answered(now: Self.start + .seconds(300)).map(\.level) == [.debug])
        #expect(fail(nil, .connect, at: 601).map(\.level) == [.warning])
    }

    @Test("an addon that is dropped no longer counts")
    mutating func dropped() {
        for number in 1...10 { _ = fail(number, .forbidden) }
        notes.drop([first])
        #expect(fail(11, .forbidden) == [failure(11, .forbidden)])
        #expect(notes.worked(first, now: Self.start) == nil)
    }
}
