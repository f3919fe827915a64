import Backups
import TestSupport
import Testing

@testable import Northflank

/// Lists that are read again and are still the same.
@Suite struct UnchangedListTests {
    private static let next = Bench.backupsURL + "&cursor=2"

    private static func body(_ days: [Int], cursor: String? = nil, status: String = "completed") -> String {
        let entries = days.map { ListJSON.backup("d\($0)", status: status, createdAt: "2026-01-0\($0)T00:00:00Z") }
        return ListJSON.backups(entries, hasNextPage: cursor != nil, cursor: cursor)
    }

    /// Reads twice; the second reading knows what the first one has seen.
    private func readings(
        _ first: String, _ second: String, rest: String = body([1]), reaches: (Timestamp?, Timestamp?) = (nil, nil)
    ) async throws -> (first: Listing<Backup>, second: Listing<Backup>?, requests: Int) {
        let bench = Bench(
            FakeTransport([Bench.backupsURL: [.ok(first), .ok(second)], Self.next: [.ok(rest), .ok(rest)]]))
        let before = try #require(
            await bench.client.backups(project: "shop", addon: "orders-db", backTo: reaches.0))
        let after = try await bench.client.backups(
            project: "shop", addon: "orders-db", backTo: reaches.1, unlessStill: before.seen)
        return (before, after, bench.transport.urls.count)
    }

    @Test("a whole list of one page that is the same to the byte is not read again")
    func same() async throws {
        let (first, second, requests) = try await readings(Self.body([5, 4]), Self.body([5, 4]))
        #expect(first.seen?.isWhole == true)
        #expect(second == nil)
        #expect(requests == 2)
    }

    @Test(
        "any other byte is another list",
        arguments: [body([5, 4]) + " ", body([5, 4], status: "failed"), body([5]), body([])])
    func other(second: String) async throws {
        let read = try await readings(Self.body([5, 4]), second)
        #expect(read.second != nil)
    }

    @Test("an empty list can be the same, too")
    func empty() async throws {
        let read = try await readings(Self.body([]), Self.body([]))
        #expect(read.second == nil)
    }

    @Test("the newest page is enough again if it reaches back as far as is asked now")
    func newest() async throws {
        let page = Self.body([5, 4, 3], cursor: "2")
        let day4 = time("2026-01-04T00:00:00Z")
        let day3 = time("2026-01-03T00:00:00Z")
        let same = try await readings(page, page, reaches: (day4, day3))
        #expect(same.first.seen?.isWhole == false)
        #expect(same.second == nil)
        #expect(same.requests == 2)
        let further = try await readings(page, page, reaches: (day4, day3.adding(milliseconds: -1)))
        #expect(further.second?.isWhole == true)
        let whole = try await readings(page, page, reaches: (day4, nil))
        #expect(whole.second?.isWhole == true)
        #expect(whole.second?.entries.count == 4)
        #expect(whole.requests == 3)
    }

    @Test("what took several pages is read again")
    func severalPages() async throws {
        let page = Self.body([5, 4, 3], cursor: "2")
        let read = try await readings(page, page)
        #expect(read.first.pages == 2)
        #expect(read.first.seen == nil)
        #expect(read.second?.pages == 2)
    }

    @Test("a first page that is wrong is an error, known or not")
    func failure() async throws {
        await #expect(throws: APIError.self) { try await readings(Self.body([5, 4]), "{") }
    }
}
