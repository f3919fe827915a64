import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// How many requests of an account are open at once.
struct OpenRequestsTests {
    private let addons = (1...20).map { Target(project: "shop", addon: "a\($0)") }

    @Test("polls are sent up to the limit, and one more for each that ends")
    func limit() async {
        let world = await AccountWorld(addons: addons) { $0.discovery.enabled = false }
        await world.restart(concurrency: 4)
        // The list of projects, for their names, is one of them, and the look at the token another, which ends at once.
        #expect(await world.tick().count == 3)
        #expect(await world.tick().count == 1)
        #expect(await world.tick() == [])
        await world.observe("a1", reason: .new)
        await world.observe("a10", reason: .new)
        #expect(await world.tick().count == 2)
        await world.fail("a11", APIError(.timeout, "too slow"), reason: .new)
        #expect(await world.tick().count == 1)
    }

    @Test("lists take half of the open requests, so that polls go on", arguments: [1, 2, 3, 8])
    func lists(limit: Int) async {
        let projects = (1...20).map { Target(project: "p\($0)", addon: "db") }
        let world = await AccountWorld(addons: projects)
        await world.restart(concurrency: limit)
        let first = await world.tick()
        #expect(first.count + world.tokenRequests.count == limit)
        #expect(first.first == .projects)
        let listing = Listing(entries: projects.map { ProjectListing(id: $0.project, name: $0.project) }, pages: 1)
        await world.handle(.answered(.projects(.success(listing))))
        for case .backups(let key, let reason, _, _, _) in first {
            await world.handle(.answered(.backups(key, reason, .failure(APIError(.unavailable, "no")))))
        }
        let second = await world.tick()
        let lists = second.count { if case .addons = $0 { true } else { false } }
        #expect(lists == [1: 1, 2: 1, 3: 2, 8: 6][limit])
        #expect(second.count == limit)
    }

    @Test("every project's list is read, however many there are, and each once", arguments: [1, 2, 8])
    func allProjects(limit: Int) async {
        let world = await AccountWorld()
        await world.restart(concurrency: limit)
        let projects = (10..<40).map { "p\($0)" }
        var (open, read): ([Account.Request], [String]) = (await world.tick(), [])
        while let request = open.popLast() {
            switch request {
            case .projects:
                let listing = Listing(entries: projects.map { ProjectListing(id: $0, name: $0) }, pages: 1)
                await world.handle(.answered(.projects(.success(listing))))
            case .addons(let project):
                read.append(project)
                let addons = [AccountWorld.listing("db-\(project)")]
                await world.handle(.answered(.addons(project: project, .success(Listing(entries: addons, pages: 1)))))
            default: break
            }
            for case let request in await world.tick() {
                if case .addons = request { open.append(request) }
            }
        }
        #expect(read.sorted() == projects)
        #expect(world.known == projects.map { "db-\($0)" })
        #expect(world.status.isDiscoveryUp == true)
        #expect(world.requests[.lists] == 31)
    }

    @Test("requests are sent up to the budget, less one request for further pages of each open list")
    func budget() async {
        let world = await AccountWorld(addons: addons) { $0.discovery.enabled = false }
        world.budget = FreshnessPlan.Budget(allowance: 500, left: 5, secondsToReset: 3600)
        #expect(await world.tick().count == 3)
        world.budget.left = 0
        await world.observe("a1", reason: .new)
        #expect(await world.tick() == [])
    }
}
