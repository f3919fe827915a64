import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// How an account's addons come, stay and go.
struct AccountListsTests {
    private typealias World = AccountWorld

    private let mine = [Target(project: "shop", addon: "mine")]
    private let notFound = APIError(.notFound, "gone")
    private let start = AccountWorld.start

    @Test("R75: two complete discoveries without an addon that never had a backup drop it")
    func complete() async {
        let world = await World()
        await world.list(["a", "b"])
        #expect(world.known == ["a", "b"])
        let addon = world.addon("a")
        #expect([addon?.projectName, addon?.addonName, addon?.type] == ["The shop", "Name of a", "postgresql"])
        await world.list(["b", "c"])
        #expect(world.known == ["a", "b", "c"])
        #expect(world.status.isDiscoveryUp == true)
        #expect(world.status.lastDiscovery == start)
        await world.list(["b", "c"])
        #expect(world.known == ["b", "c"])
    }

    @Test("an incomplete discovery adds addons, but drops none")
    func partial() async {
        let world = await World()
        await world.list(["a", "b"])
        world.advance(by: 600)
        await world.list(["b", "c"], other: APIError(.timeout, "too slow"))
        #expect(world.known == ["a", "b", "c"])
        #expect(world.status.isDiscoveryUp == false)
        #expect(world.status.lastDiscovery == start)
    }

    @Test("a discovery that fails as a whole drops no addon")
    func failed() async {
        let world = await World()
        await world.list(["a"])
        await world.list([AddonListing](), projects: APIError(.forbidden, "no"))
        #expect(world.known == ["a"])
    }

    @Test("a project that is listed and whose addons are not found makes a discovery incomplete: it drops no addon")
    func projectNotFound() async {
        let world = await World()
        await world.list(["a", "b"])
        await world.list(["b"], other: notFound)
        #expect(world.known == ["a", "b"])
        #expect(world.status.isDiscoveryUp == false)
    }

    @Test("the project of an explicit addon that is not listed and not found does not make it incomplete")
    func explicitProjectNotFound() async {
        let world = await World(addons: [Target(project: "elsewhere", addon: "mine")])
        await world.list(["a", "b"])
        #expect(world.status.isDiscoveryUp == true)
        for _ in 1...2 { await world.list(["b"]) }
        #expect(world.known == ["mine", "b"])
        // Without the list of projects no project is known not to exist.
        await world.list([AddonListing](), projects: APIError(.timeout, "too slow"))
        #expect(world.notes.last?.metadata["failed"] == "2")
    }

    @Test("explicit addons stay whatever discovery finds, and filters hold")
    func explicit() async {
        let world = await World(addons: mine) { $0.discovery.addons.exclude = ["tmp-*"] }
        #expect(world.known == ["mine"])
        await world.list(["a", "mine", "tmp-1"])
        #expect(world.known == ["a", "mine"])
        // Nor does discovery count them as found.
        #expect(world.notes.map(\.metadata) == [["added": "1", "removed": "0", "addons": "1"]])
    }

    @Test("R75: an explicit addon that the API does not know and that never had a backup is unknown, with its error")
    func confirmedNotFound() async {
        let world = await World(addons: mine)
        await world.tick()
        await world.observe("mine")
        for _ in 1...2 { await world.fail("mine", notFound) }
        #expect(world.addon("mine")?.isUp == false)
        #expect(world.addon("mine")?.trouble?.reason == "not_found")
        #expect(world.addon("mine")?.lastObserved == start)
        await world.tick()
        #expect(world.status.addons == 1)
        #expect(world.status.addonsNotFound == 1)
        await world.observe("mine")
        #expect(world.addon("mine")?.trouble == nil)
        world.advance(by: 5)
        await world.tick()
        #expect(world.status.addonsNotFound == 0)
    }

    @Test("R74: a listed addon that two polls do not find has an error, and nothing else changes")
    func discoveredNotFound() async {
        let world = await World()
        await world.list(["a", "b"])
        await world.observe("a", Backup.daily(1...15))
        let before = world.addon("a")?.verdict
        for _ in 1...3 { await world.fail("a", notFound) }
        #expect(world.known == ["a", "b"])
        #expect(world.addon("a")?.trouble?.reason == "not_found")
        #expect(world.addon("a")?.verdict == before)
        await world.observe("a", Backup.daily(1...15))
        #expect(world.addon("a")?.trouble == nil)
        await world.tick()
        #expect(world.status.addonsNotFound == 0)
    }

    @Test("a reload that turns discovery off takes its metrics away")
    func discoveryOff() async {
        let world = await World()
        await world.list(["a"])
        #expect(world.status.isDiscoveryUp == true)
        world.settings.addons = [Target(project: "shop", addon: "a")]
        world.settings.discovery.enabled = false
        await world.restart()
        #expect(world.status.isDiscoveryUp == nil)
        #expect(world.status.lastDiscovery == nil)
    }

    @Test("an answer that comes after its addon was dropped does not bring it back")
    func late() async {
        let world = await World()
        await world.list(["a"])
        await world.tick()
        for _ in 1...3 {
            await world.list([String]())
            world.advance(by: 300)
        }
        #expect(world.known == [])
        await world.observe("a")
        await world.fail("a", notFound)
        await world.readSchedules("a", [.daily()])
        await world.readRestores("a", [RestoreListing(id: "r", status: .completed)])
        #expect(world.known == [])
        let record = await world.kept()[world.key("a")]
        #expect(record?.isWatched == false)
        #expect(record?.lastObserved == nil)
        #expect(record?.schedules == nil)
        #expect(record?.restores == nil)
    }

    @Test("a reload keeps the data of addons that stay, and drops addons that the new filters exclude")
    func reload() async {
        let world = await World()
        await world.list(["a", "b"])
        await world.observe("a")
        world.settings.discovery.addons.exclude = ["b"]
        await world.restart()
        #expect(world.known == ["a"])
        #expect(world.addon("a")?.lastObserved == start)
        world.settings.addons = [Target(project: "shop", addon: "b")]
        world.settings.discovery.enabled = false
        await world.restart()
        #expect(world.known == ["b"])
    }

    @Test("deleted addons and unwanted types are not watched")
    func types() async {
        let world = await World { $0.discovery.types = ["postgresql"] }
        await world.list([
            World.listing("a"), World.listing("b", type: "redis"), World.listing("c", status: "deleted"),
        ])
        #expect(world.known == ["a"])
    }

    @Test("a token that may not list projects is not used for their names again")
    func names() async {
        let world = await World(addons: mine) { $0.discovery.enabled = false }
        #expect(await world.tick().first == .projects)
        await world.list([World.listing("mine")], projects: APIError(.forbidden, "no"))
        #expect(world.addon("mine")?.addonName == "Name of mine")
        #expect(world.addon("mine")?.projectName == "shop")
        #expect(world.status.isDiscoveryUp == nil)
        world.advance(by: 3600)
        #expect(await world.tick().contains(.addons(project: "shop")))
        await world.list(["mine"])
        #expect(world.requests[.lists] == 3)
    }

    @Test("of a listing, the account watches the addons that discovery wants and the shard owns")
    func shard() async {
        let names = (0..<40).map { "addon-\($0)" }
        let world = await World { $0.shard = Shard(index: 1, of: 2) }
        await world.list(names)
        #expect(world.known == names.filter { Shard.owner(of: world.key($0), among: 2) == 1 }.sorted())
        #expect(!world.known.isEmpty)
    }
}
