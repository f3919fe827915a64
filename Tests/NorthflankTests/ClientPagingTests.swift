import Backups
import Synchronization
import TestSupport
import Testing

@testable import Northflank

@Suite struct ClientPagingTests {
    private static let url = Bench.backupsURL

    @Test("the example response, by one request")
    func example() async throws {
        let bench = Bench(.ok(ListJSON.example))
        let listing = try await bench.backups()
        #expect(listing.pages == 1)
        #expect(
            listing.entries == [
                Backup(
                    identity: "example-backup", status: .completed, type: .snapshot,
                    createdAt: Timestamp(milliseconds: 1_611_141_593_175),
                    completedAt: Timestamp(milliseconds: 1_611_141_594_494), size: 1234, version: "4.4.8")
            ])
        #expect(bench.transport.urls == [Self.url])
        #expect(bench.log.all == ["backups 200 0.25"])
        #expect(bench.budget.withBudget { $0.used } == 1)
    }

    @Test("pages in order, cursors encoded, a backup that moved to the next page counted once")
    func pages() async throws {
        let bench = Bench(
            FakeTransport([
                Self.url: [
                    .ok(ListJSON.backups(["a", "b"].map { ListJSON.backup($0) }, hasNextPage: true, cursor: "x=/"))
                ],
                Self.url + "&cursor=x%3D%2F": [
                    .ok(
                        ListJSON.backups(
                            [ListJSON.backup("b", status: "failed"), ListJSON.backup("c")], hasNextPage: true))
                ],
                Self.url + "&page=3": [.ok(ListJSON.backups([ListJSON.backup("d")]))],
            ]))
        let listing = try await bench.backups()
        #expect(listing.pages == 3)
        #expect(listing.entries.map(\.identity) == ["a", "b", "c", "d"])
        #expect(listing.entries.map(\.status) == [.completed, .failed, .completed, .completed])
        #expect(bench.transport.urls == [Self.url, Self.url + "&cursor=x%3D%2F", Self.url + "&page=3"])
    }

    @Test("a team has routes of its own, for every list")
    func team() async throws {
        let start = "https://api.test/v1/teams/acme/projects"
        let bench = Bench(
            FakeTransport([
                "\(start)?per_page=100": [.ok(ListJSON.page("projects", [ListJSON.project("shop", name: "Shop")]))],
                "\(start)/shop/addons?per_page=100": [.ok(ListJSON.page("addons", [ListJSON.addon("orders-db")]))],
                "\(start)/shop/addons/orders-db/backups?per_page=100": [.ok(ListJSON.backups([]))],
            ]), team: "acme")
        #expect(try await bench.client.projects().entries == [ProjectListing(id: "shop", name: "Shop")])
        #expect(try await bench.client.addons(project: "shop").entries.map(\.id) == ["orders-db"])
        #expect(try await bench.backups().entries.isEmpty)
        #expect(bench.log.all == ["projects 200 0.25", "addons 200 0.25", "backups 200 0.25"])
    }

    @Test("a cursor that repeats is an error, and the list is not taken for complete")
    func repeatingCursor() async throws {
        let page = ListJSON.backups([ListJSON.backup("a")], hasNextPage: true, cursor: "x")
        let bench = Bench(FakeTransport([Self.url: [.ok(page)], Self.url + "&cursor=x": [.ok(page)]]))
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.reason == .pagination)
        #expect(bench.transport.urls.count == 2)
        #expect(bench.log.all.last == "backups given up: pagination")
    }

    @Test("a list that is the same page without end is given up after a hundred pages")
    func endless() async throws {
        let pages = Atomic(0)
        let bench = Bench(
            FakeTransport { _ in
                let page = pages.add(1, ordering: .relaxed).newValue
                return .ok(ListJSON.backups([ListJSON.backup("b")], hasNextPage: true, cursor: "c\(page)"))
            }, share: 1)
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.reason == .pagination)
        #expect(bench.transport.urls.count == 100)
    }

    @Test("an error on a later page loses the whole list: half of one would hide backups")
    func errorOnLaterPage() async throws {
        let bench = Bench(
            FakeTransport([
                Self.url: [.ok(ListJSON.backups([ListJSON.backup("a")], hasNextPage: true, cursor: "x"))],
                Self.url + "&cursor=x": [.status(403)],
            ]))
        let error = await #expect(throws: APIError.self) { try await bench.backups() }
        #expect(error?.reason == .forbidden)
        #expect(bench.log.all == ["backups 200 0.25", "backups 403 0.25", "backups given up: forbidden"])
    }

    @Test("pages after the first overdraw our share rather than leave a list half read")
    func overdraft() async throws {
        let bench = Bench(
            FakeTransport([
                Self.url: [
                    .ok(
                        ListJSON.backups([ListJSON.backup("a")], hasNextPage: true, cursor: "x"),
                        headers: [
                            "x-ratelimit-limit": "2", "x-ratelimit-remaining": "2", "x-ratelimit-reset": "60",
                        ])
                ],
                Self.url + "&cursor=x": [.ok(ListJSON.backups([ListJSON.backup("b")]))],
            ]), time: ManualTime())
        #expect(try await bench.backups().entries.count == 2)
        #expect(bench.budget.withBudget { $0.allowance } == 1)
        #expect(bench.budget.withBudget { $0.used } == 2)
        #expect(bench.log.all == ["backups 200 0.25", "limit 2/2 for 60.0", "backups 200 0.25"])
    }

    @Test(
        "a backup is sought by its id or its uid, on all pages; a list that lacks it says so",
        arguments: [
            ("a", "2026-01-03T00:00:00Z"), ("u-c", "2026-01-01T00:00:00Z"), ("c", "2026-01-01T00:00:00Z"), ("d", nil),
            ("", nil),
        ] as [(String, String?)])
    func sought(name: String, created: String?) async throws {
        let entries = ["a", "b", "c"].enumerated().map { index, id in
            ListJSON.backup(id, uid: id == "b" ? nil : "u-\(id)", createdAt: "2026-01-0\(3 - index)T00:00:00Z")
        }
        let first = ListJSON.backups(Array(entries.prefix(2)) + ["7"], hasNextPage: true, cursor: "x")
        let bench = Bench(
            FakeTransport([
                Bench.backupsURL: [.ok(first)], Bench.backupsURL + "&cursor=x": [.ok(ListJSON.backups([entries[2]]))],
            ]))
        let listing = try #require(
            await bench.client.backups(project: "shop", addon: "orders-db", seeking: name))
        #expect(listing.sought == SoughtBackup(name: name, createdAt: created.flatMap { Timestamp(rfc3339: $0) }))
        #expect(listing.entries.count == 3)
    }
}
