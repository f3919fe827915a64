import Backups
import Freshness
import Northflank
import Testing

@testable import Exporter

/// How an account's addons come, stay and go.
struct AccountStateTests {
    private typealias World = AccountWorld

    private let mine = [Target(project: "shop", addon: "mine")]
    private let notFound = APIError(.notFound, "gone")
    private let start = AccountWorld.start

    @Test("an addon goes with a complete discovery that no longer has it")
    func complete() async {
        let world = World()
        await world.list(World.lists(["a", "b"]))
        #expect(world.known == ["a", "b"])
        #expect(world.addon("a")?.names == AddonNames(project: "The Shop", addon: "Name of a", type: "postgresql"))
        await world.list(World.lists(["b", "c"]))
        #expect(world.known == ["b", "c"])
        #expect(world.status?.isDiscoveryUp == true)
        #expect(world.status?.lastDiscovery == start)
    }

    @Test("a discovery that is not complete adds, but takes nothing away")
    func partial() async {
        let world = World()
        await world.list(World.lists(["a", "b"]))
        world.advance(by: 600)
        await world.list(World.lists(["b", "c"], errors: [APIError(.timeout, "too slow")]))
        #expect(world.known == ["a", "b", "c"])
        #expect(world.status?.isDiscoveryUp == false)
        #expect(world.status?.lastDiscovery == start)
    }

    @Test("a discovery that fails as a whole takes nothing away either")
    func failed() async {
        let world = World()
        await world.list(World.lists(["a"]))
        var nothing = AccountLists()
        nothing.errors = [APIError(.forbidden, "no")]
        await world.list(nothing)
        #expect(world.known == ["a"])
    }

    @Test("explicit addons stay whatever discovery finds, and filters hold")
    func explicit() async {
        let world = World(addons: mine) { $0.discovery.addons.exclude = ["tmp-*"] }
        #expect(world.known == ["mine"])
        await world.list(World.lists(["a", "tmp-1"]))
        #expect(world.known == ["a", "mine"])
    }

    @Test("one 404 is a failure, the second in a row means that the addon is gone")
    func confirmedNotFound() async {
        let world = World(addons: mine)
        world.next()
        await world.observe("mine")
        world.fail("mine", notFound)
        #expect(world.addon("mine")?.isUp == false)
        #expect(world.addon("mine")?.lastObserved == start)
        world.fail("mine", notFound)
        #expect(world.known == [])
        world.advance(by: 5)
        world.next()
        #expect(world.status?.addons == 1)
        #expect(world.status?.addonsNotFound == 1)
        // Lists that still have its project do not bring it back; a poll that works does.
        await world.list(World.lists([]))
        #expect(world.known == [])
        await world.observe("mine")
        #expect(world.known == ["mine"])
        world.advance(by: 5)
        world.next()
        #expect(world.status?.addonsNotFound == 0)
    }

    @Test("two 404 with another failure between them are not a confirmation")
    func interruptedNotFound() {
        let world = World(addons: mine)
        world.fail("mine", notFound)
        world.fail("mine", APIError(.timeout, "too slow"))
        world.fail("mine", notFound)
        #expect(world.known == ["mine"])
    }

    @Test("an addon that is listed but not found does not come and go: only a poll that works brings it back")
    func discoveredNotFound() async {
        let world = World()
        await world.list(World.lists(["a", "b"]))
        world.fail("a", notFound)
        world.fail("a", notFound)
        #expect(world.known == ["b"])
        await world.list(World.lists(["a", "b"]))
        world.fail("a", APIError(.serverError, "broken"))
        #expect(world.known == ["b"])
        world.next()
        #expect(world.status?.addonsNotFound == 1)
        await world.observe("a")
        #expect(world.known == ["a", "b"])
        // One that is no longer listed is no longer missing.
        world.fail("b", notFound)
        world.fail("b", notFound)
        await world.list(World.lists(["a"]))
        world.advance(by: 5)
        world.next()
        #expect(world.status?.addonsNotFound == 0)
    }

    @Test("what schedules or lists bring does not bring back an addon that is gone")
    func schedulesOfNotFound() async {
        let world = World(addons: mine)
        world.fail("mine", notFound)
        world.fail("mine", notFound)
        await world.readSchedules("mine", [.daily()])
        #expect(world.known == [])
        await world.observe("mine")
        #expect(world.addon("mine")?.record?.schedules == [.daily()])
    }

    @Test("a reload that turns discovery off takes its metrics away")
    func discoveryOff() async {
        let world = World()
        await world.list(World.lists(["a"]))
        #expect(world.status?.isDiscoveryUp == true)
        world.account.addons = [Target(project: "shop", addon: "a")]
        world.account.discovery.enabled = false
        world.restart()
        #expect(world.status?.isDiscoveryUp == nil)
        #expect(world.status?.lastDiscovery == nil)
    }

    @Test("a poll that ends after its addon was given up brings nothing back")
    func late() async {
        let world = World()
        await world.list(World.lists(["a"]))
        world.next()
        await world.list(World.lists([]))
        await world.observe("a")
        world.fail("a", notFound)
        #expect(world.known == [])
    }

    @Test("a reload keeps the data of what stays, and drops what the new filters do not want")
    func reload() async {
        let world = World()
        await world.list(World.lists(["a", "b"]))
        await world.observe("a")
        world.account.discovery.addons.exclude = ["b"]
        world.restart()
        #expect(world.known == ["a"])
        #expect(world.addon("a")?.lastObserved == start)
        world.account.addons = [Target(project: "shop", addon: "b")]
        world.account.discovery.enabled = false
        world.restart()
        #expect(world.known == ["b"])
    }

    @Test("deleted addons and unwanted types are not watched")
    func types() async {
        let world = World { $0.discovery.types = ["postgresql"] }
        var found = World.lists(["a", "b", "c"])
        found.addons["shop"]?["b"]?.type = "redis"
        found.addons["shop"]?["c"]?.status = "deleted"
        await world.list(found)
        #expect(world.known == ["a"])
    }

    @Test("a token that may not list projects is not asked for their names again")
    func names() async {
        let world = World(addons: mine) { $0.discovery.enabled = false }
        #expect(world.state.wantsProjectNames)
        var found = World.lists(["mine"], errors: [APIError(.forbidden, "no")])
        found.projectNames = [:]
        found.mayListProjects = false
        await world.list(found)
        #expect(!world.state.wantsProjectNames)
        #expect(world.addon("mine")?.names.addon == "Name of mine")
        #expect(world.addon("mine")?.names.project == "shop")
        #expect(world.status?.isDiscoveryUp == nil)
    }
}
