import NorthflankSimulator
import Testing

@Suite struct PagingTests {
    private let backups = "/v1/projects/shop/addons/orders-db/backups"

    /// Reads the list to its end, by cursors.
    private func walk(
        _ simulator: Simulator, _ target: String, size: Int
    ) async throws -> (ids: [String], counts: [Int]) {
        var ids: [String] = []
        var counts: [Int] = []
        var query = "?per_page=\(size)"
        while counts.count < 100 {
            let page = try #require(await simulator.get(target + query).page)
            ids += page.ids
            counts.append(page.pagination.count)
            #expect(page.pagination.hasNextPage == (page.pagination.cursor != nil))
            guard let cursor = page.pagination.cursor else { break }
            query = "?per_page=\(size)&cursor=\(encoded(cursor))"
        }
        return (ids, counts)
    }

    @Test func cursorsCoverTheList() async throws {
        let simulator = Simulator(now: { noon })
        let truth = await simulator.truth()
        let all = truth[0].addons[0].backups.map(\.id)
        #expect(all.count == 126)
        let (ids, counts) = try await walk(simulator, backups, size: 50)
        #expect(ids == all)
        #expect(counts == [50, 50, 26])
        // No empty page follows a list that fills its last page.
        #expect(try await walk(simulator, backups, size: 63).counts == [63, 63])
    }

    @Test func cursorMustBeEncoded() async throws {
        let simulator = Simulator(now: { noon })
        let cursor = try #require(await simulator.get(backups).page?.pagination.cursor)
        #expect(cursor == "b+/50/0==")
        #expect(await simulator.get("\(backups)?cursor=\(cursor)").status == 400)
        #expect(await simulator.get("\(backups)?cursor=\(encoded(cursor))").status == 200)
    }

    @Test func pageNumbers() async throws {
        let simulator = Simulator(now: { noon })
        let truth = await simulator.truth()
        let all = truth[0].addons[0].backups.map(\.id)
        let third = try #require(await simulator.get("\(backups)?page=3").page)
        #expect(third.ids == Array(all[100...]))
        let beyond = try #require(await simulator.get("\(backups)?page=4").page)
        #expect(beyond.ids == [])
        #expect(beyond.pagination.hasNextPage == false)
        #expect(beyond.pagination.cursor == nil)
    }

    @Test func manyProjectsAndAddons() async throws {
        let simulator = Simulator(options: SimulatorOptions(addons: 10_000), now: { noon })
        let (projects, pages) = try await walk(simulator, "/v1/projects", size: 100)
        #expect(projects.count == 204)
        #expect(pages == [100, 100, 4])
        #expect(projects.last == "project-0204")
        let (addons, _) = try await walk(simulator, "/v1/projects/project-0204/addons", size: 30)
        #expect(addons.count == 38)
        #expect(addons.last == "addon-10000")
    }
}
