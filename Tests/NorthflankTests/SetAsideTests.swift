import Backups
import TestSupport
import Testing

@testable import Northflank

/// Entries of a list of backups that cannot be read.
@Suite struct SetAsideTests {
    private static let start = #""createdAt":"2026-01-01T00:00:00Z""#

    @Test(
        "R63: an entry that cannot be read is set aside, with its field, and the others count",
        arguments: [
            (#"{\#(start)}"#, "id", "nothing, not a text"),
            (#"{"id":"","uid":"",\#(start)}"#, "id", "an empty text, not a text"),
            (#"{"id":7,\#(start)}"#, "id", "a number, not a string"),
            (#"{"uid":7.5,"id":"a",\#(start)}"#, "uid", "a number, not a string"),
            (#"{"id":"a","status":true,\#(start)}"#, "status", "a boolean, not a string"),
            (#"{"id":"a"}"#, "createdAt", "nothing, not an ISO 8601 time"),
            (#"{"id":"a","status":"completed","createdAt":null}"#, "createdAt", "nothing, not an ISO 8601 time"),
            (#"{"id":"a","createdAt":""}"#, "createdAt", "an empty text, not an ISO 8601 time"),
            (#"{"id":"a","status":"scheduled","createdAt":"soon"}"#, "createdAt", "a text, not an ISO 8601 time"),
            (#"{"id":"a","createdAt":1611141593}"#, "createdAt", "a number, not a string"),
            (#"{"id":"a","createdAt":"2026-02-30T00:00:00Z"}"#, "createdAt", "a text, not an ISO 8601 time"),
            (#"{"id":"a",\#(start),"completedAt":"soon"}"#, "completedAt", "a text, not an ISO 8601 time"),
            (#"{"id":"a",\#(start),"completedAt":{}}"#, "completedAt", "an object, not a string"),
            (#"{"id":"a",\#(start),"config":{"source":{"type":3}}}"#, "config.source.type", "a number, not a string"),
            ("null", "id", "nothing, not a text"), ("3", "id", "nothing, not a text"),
            ("[]", "id", "nothing, not a text"),
        ])
    func unreadable(entry: String, field: String, difference: String) throws {
        let page = try decode(ListJSON.backups([ListJSON.backup("x"), entry, ListJSON.backup("y")]), as: Backup.self)
        #expect(page.entries.map(\.identity) == ["x", "y"])
        #expect(page.setAside.unreadable == 1)
        #expect(page.setAside.counted == 0)
        #expect(page.setAside.first?.field == field)
        #expect(page.setAside.first?.difference == difference)
    }

    @Test(
        "R63: a size that no backup can have",
        arguments: [
            "1152921504606846977", #""1152921504606846977""#, "9223372036854775808", "18446744073709551615", "1e308",
            #""9223372036854775808""#, #""99999999999999999999999999""#, "99999999999999999999999999", "1e400",
            "18446744073709551616",
        ])
    func size(json: String) throws {
        let page = try decode(ListJSON.backups([ListJSON.backup("a", size: json)]), as: Backup.self)
        #expect(page.entries == [])
        #expect(page.setAside.first?.field == "config.size")
        #expect(page.setAside.first?.difference == "a number above 2^60, not a number of bytes up to 2^60")
        #expect(page.setAside.identities == ["a"])
    }

    @Test(
        "R64: a scheduled backup without a creation only counts",
        arguments: ["", #","createdAt":null"#, #","createdAt":"""#])
    func scheduled(createdAt: String) throws {
        let entry = #"{"id":"a","status":"scheduled"\#(createdAt)}"#
        let page = try decode(ListJSON.backups([ListJSON.backup("x"), entry]), as: Backup.self)
        #expect(page.entries.map(\.identity) == ["x"])
        #expect(page.setAside.counted == 1)
        #expect(page.setAside.unreadable == 0)
        #expect(page.setAside.first == nil)
    }

    private static let next = Bench.backupsURL + "&cursor=2"
    private static let odd = #"{"id":"odd","status":"completed","createdAt":null}"#
    private static let other = #"{"uid":"u","id":"odd","status":"failed","completedAt":"x",\#(start)}"#
    private static let waiting = #"{"id":"w","status":"scheduled"}"#

    private static func listing(_ first: [String], _ second: [String]) async throws -> Listing<Backup> {
        try await Bench(
            FakeTransport([
                Bench.backupsURL: [.ok(ListJSON.backups(first, hasNextPage: true, cursor: "2"))],
                next: [.ok(ListJSON.backups(second))],
            ])
        ).backups()
    }

    private static func unreadable(_ entries: Int) -> Unreadable {
        Unreadable(entries: entries, field: "createdAt", found: "nothing, not an ISO 8601 time")
    }

    @Test("a number without bounds hides nothing else, and no text is taken for one")
    func unbounded() throws {
        let name = #"a\" 99999999999999999999999999"#
        let entry = #"{"id":"\#(name)","status":"completed","createdAt":"2026-01-01T00:00:00Z","x":-1e400}"#
        let page = try decode(
            ListJSON.backups([ListJSON.backup("o", size: "99999999999999999999999999"), entry]), as: Backup.self)
        #expect(page.entries.map(\.identity.text) == [#"a" 99999999999999999999999999"#])
        #expect(page.setAside.identities == ["o"])
    }

    @Test("R63, R64: entries of all pages count, one that moves to the next page once")
    func pages() async throws {
        let moved = try await Self.listing([ListJSON.backup("x"), Self.odd], [Self.odd, ListJSON.backup("y")])
        #expect(moved.entries.map(\.identity) == ["x", "y"])
        #expect(moved.isWhole)
        #expect(moved.remarks == ListRemarks(unreadable: Self.unreadable(1), isOnFirstPage: false))
        #expect(moved.unreadableIdentities == ["odd"])

        let both = try await Self.listing([Self.odd, Self.waiting], [Self.other, "null", Self.waiting])
        #expect(both.remarks == ListRemarks(unreadable: Self.unreadable(3), undatedScheduled: 2, isOnFirstPage: false))
        #expect(both.unreadableIdentities == ["odd", "u"])

        let first = try await Self.listing([Self.odd, Self.waiting], [ListJSON.backup("x")])
        #expect(first.remarks == ListRemarks(unreadable: Self.unreadable(1), undatedScheduled: 1))
    }

    @Test("a page of such entries alone is no page that brought nothing new")
    func alone() async throws {
        let list = try await Bench(
            FakeTransport([
                Bench.backupsURL: [.ok(ListJSON.backups([ListJSON.backup("x")], hasNextPage: true))],
                Bench.backupsURL + "&page=2": [.ok(ListJSON.backups([Self.odd], hasNextPage: true))],
                Bench.backupsURL + "&page=3": [.ok(ListJSON.backups([ListJSON.backup("y")]))],
            ])
        ).backups()
        #expect(list.entries.map(\.identity) == ["x", "y"])
    }

    @Test(
        "a page of which not even an identity can be read is an error",
        arguments: [
            (#"{"id":17}"#, "a number, not a string"), ("{}", "nothing, not a text"), ("null", "nothing, not a text"),
        ])
    func nothing(entry: String, difference: String) throws {
        #expect(
            decodeError(ListJSON.backups([entry, entry]), as: Backup.self)
                == "Northflank's answer is not understood (data.backups[0].id is \(difference))")
        let one = try decode(ListJSON.backups([entry, #"{"id":"a"}"#]), as: Backup.self)
        #expect(one.setAside.unreadable == 2)
    }

    @Test("one odd restore does not hide the others")
    func restores() throws {
        let odd = #"{"id":"a","status":"completed","completedAt":"x"}"#
        let page = try decode(
            ListJSON.page("restores", [odd, #"{"id":"b","status":"failed"}"#]), as: RestoreListing.self)
        #expect(page.entries == [RestoreListing(id: "b", status: .failed)])
        #expect(page.setAside.unreadable == 1)
    }
}
