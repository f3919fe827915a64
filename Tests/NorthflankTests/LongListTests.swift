import Backups
import TestSupport
import Testing

@testable import Northflank

/// Lists of more pages than may be read.
@Suite struct LongListTests {
    /// One entry on each of so many pages.
    private static func bench(_ list: String, pages: Int, _ entry: @escaping @Sendable (Int) -> String) -> Bench {
        Bench(
            FakeTransport { request in
                let parts = request.url.split(separator: "&page=")
                let number = parts.count == 2 ? Int(parts[1])! : 1
                return .ok(ListJSON.page(list, [entry(number)], hasNextPage: number < pages))
            }, share: 1)
    }

    private static func backup(_ number: Int) -> String {
        let created = Timestamp(milliseconds: 1_767_225_600_000 - Int64(number) * 60_000)
        let minutes = Int(created.milliseconds / 60_000 % 1440)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return ListJSON.backup("b\(number)", createdAt: "2025-12-31T\(two(minutes / 60)):\(two(minutes % 60)):00Z")
    }

    @Test(
        "R66: a list of backups is read as far as it may be",
        arguments: [(100, nil), (101, 100), (250, 100)] as [(Int, Int?)])
    func backups(pages: Int, cutAfter: Int?) async throws {
        let list = try await Self.bench("backups", pages: pages, Self.backup).backups()
        // A real page has a hundred entries.
        #expect(Endpoint.pageSize == 100)
        #expect(list.entries.count == 100)
        #expect(list.pages == 100)
        #expect(list.isWhole == (cutAfter == nil))
        #expect(list.isNewestFirst)
        #expect(list.remarks.cutAfter == cutAfter)
        #expect(list.seen == nil)
    }

    @Test("a list that is read far enough before that is not cut")
    func enough() async throws {
        let bench = Self.bench("backups", pages: 250, Self.backup)
        let list = try await bench.client.backups(
            project: "shop", addon: "orders-db", backTo: Timestamp(rfc3339: "2025-12-31T23:57:00Z"))
        #expect(list?.pages == 3)
        #expect(list?.remarks == ListRemarks())
    }

    @Test("a longer list of projects is an error, because the rest would be missing")
    func projects() async throws {
        let bench = Self.bench("projects", pages: 101) { ListJSON.project("p\($0)") }
        let error = await #expect(throws: APIError.self) { try await bench.client.projects() }
        #expect(error?.reason == .pagination)
        #expect(error?.message == "Northflank's list does not end (it has more than 100 pages)")
    }
}
