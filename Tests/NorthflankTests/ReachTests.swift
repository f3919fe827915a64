import Backups
import TestSupport
import Testing

@testable import Northflank

/// Reading only the newest part of a list.
@Suite struct ReachTests {
    private static let next = Bench.backupsURL + "&cursor=2"

    private func page(_ days: [Int], cursor: String? = nil) -> FakeTransport.Answer {
        let entries = days.map { ListJSON.backup("d\($0)", createdAt: "2026-01-0\($0)T00:00:00Z") }
        return .ok(ListJSON.backups(entries, hasNextPage: cursor != nil, cursor: cursor))
    }

    private func listing(
        _ first: [Int], _ second: [Int], backTo reach: String?
    ) async throws -> (Listing<Backup>, requests: Int) {
        let bench = Bench(
            FakeTransport([Bench.backupsURL: [page(first, cursor: "2")], Self.next: [page(second)]]))
        let reach = reach.flatMap { Timestamp(rfc3339: $0) }
        let listing = try await bench.client.backups(project: "shop", addon: "orders-db", backTo: reach)
        return (try #require(listing), bench.transport.urls.count)
    }

    @Test("one page is enough if it reaches back to a known backup")
    func reached() async throws {
        let (listing, requests) = try await listing([5, 4, 3], [2, 1], backTo: "2026-01-03T00:00:00Z")
        #expect(requests == 1)
        #expect(!listing.isWhole)
        #expect(listing.isNewestFirst)
        #expect(listing.entries.map(\.identity) == ["d5", "d4", "d3"])
        #expect(listing.pages == 1)
    }

    @Test("without an overlap the rest is read")
    func notReached() async throws {
        let (listing, requests) = try await listing([5, 4, 3], [2, 1], backTo: "2026-01-02T23:59:59Z")
        #expect(requests == 2)
        #expect(listing.isWhole)
        #expect(listing.isNewestFirst)
    }

    @Test("a list in another order is read to its end", arguments: [[3, 4, 5], [5, 3, 4], [1, 5, 4]])
    func otherOrder(first: [Int]) async throws {
        let (listing, requests) = try await listing(first, [2], backTo: "2026-01-05T00:00:00Z")
        #expect(requests == 2)
        #expect(listing.isWhole)
        #expect(!listing.isNewestFirst)
    }

    @Test("the order is checked across pages")
    func acrossPages() async throws {
        let (listing, _) = try await listing([4, 3], [5, 2], backTo: nil)
        #expect(!listing.isNewestFirst)
        let (equal, _) = try await self.listing([4, 4], [4, 2], backTo: nil)
        #expect(equal.isNewestFirst)
    }

    @Test("without a reach the whole list is read, and a list of one page is always whole")
    func whole() async throws {
        let (listing, requests) = try await listing([5, 4], [3], backTo: nil)
        #expect(requests == 2)
        #expect(listing.isWhole)
        let bench = Bench(page([2, 1]))
        let single = try await bench.client.backups(
            project: "shop", addon: "orders-db", backTo: Timestamp(rfc3339: "2026-01-02T00:00:00Z"))
        #expect(single?.isWhole == true)
    }
}
