import Backups
import Freshness
import Logging
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// What policies and filters by tags lead to while an account is polled.
struct AccountPolicyTests {
    private typealias World = AccountWorld

    private static func account(_ keys: String, name: String = "acme") throws -> AccountConfiguration {
        let yaml = "accounts:\n  - {token_env: T, name: \(name), objective: {time_zone: UTC}, \(keys)}"
        return try Configuration(yaml: yaml, file: "config.yml").accounts[0]
    }

    private static func world(_ keys: String) async throws -> AccountWorld {
        let account = try account(keys)
        return await AccountWorld { $0 = account }
    }

    private static func notes(_ world: AccountWorld) -> [AccountNote] {
        world.notes.filter { ["policy matches no addon", "policies match"].contains($0.message) }
    }

    private static func unmatched(_ policies: String) -> AccountNote {
        AccountNote(.warning, "policy matches no addon", ["policies": policies])
    }

    @Test("policies that match nothing are logged once after a complete reading of the lists, and when others do")
    func unmatched() async throws {
        let world = try await Self.world(
            "discovery: {}, policies: [{name: a, match: {tags: [x]}}, {max_age: 2h, match: {types: [redis]}}]")
        await world.list(["db"], other: APIError(.unavailable, "HTTP 503", status: 503))
        #expect(Self.notes(world) == [])
        await world.list([String]())
        #expect(Self.notes(world) == [])
        await world.list(["db"])
        let first = Self.unmatched("a (config.yml:2); policies[1] (config.yml:2)")
        #expect(Self.notes(world) == [first])
        await world.list(["db", "db-2"])
        #expect(Self.notes(world) == [first])
        await world.list([World.listing("db", type: "redis")])
        let second = Self.unmatched("a (config.yml:2)")
        #expect(Self.notes(world) == [first, second])
        await world.list([World.listing("db", type: "redis", tags: ["x"])])
        #expect(Self.notes(world) == [first, second, AccountNote(.info, "policies match", [:])])
    }

    @Test("without discovery only the listed addons count, and nothing is known of those of other shards")
    func explicit() async throws {
        let keys = "addons: [{project: shop, addon: db}], policies: [{name: a, match: {types: [redis]}}]"
        let world = try await Self.world(keys)
        await world.list([World.listing("db"), World.listing("cache", type: "redis")])
        #expect(Self.notes(world) == [Self.unmatched("a (config.yml:2)")])
        let matched = try await Self.world(keys)
        await matched.list([World.listing("db", type: "redis")])
        #expect(Self.notes(matched) == [])
        let owner = Shard(index: 0, of: 2).owns(AddonKey(account: "acme", project: "shop", addon: "db")) ? 0 : 1
        let account = try Self.account(keys)
        let part = await AccountWorld {
            $0 = account
            $0.shard = Shard(index: owner, of: 2)
        }
        await part.list([World.listing("db")])
        #expect(Self.notes(part) == [])
    }

    @Test("filters of tags and of project/addon decide what is watched, at each reading of the lists")
    func filters() async throws {
        let world = try await Self.world(
            "discovery: {addons: {exclude: [shop/c, blog/a]}, tags: {include: [watched], exclude: [old]}}")
        await world.list([
            World.listing("a", tags: ["watched", "x"]), World.listing("b"), World.listing("c", tags: ["watched"]),
            World.listing("d", tags: ["old", "watched"]),
        ])
        #expect(world.known == ["a"])
        await world.list([
            World.listing("a", tags: ["old", "watched"]), World.listing("b", tags: ["watched"]),
            World.listing("d", tags: ["old"]),
        ])
        #expect(world.known == ["b"])
        await world.restart()
        #expect(world.known == ["b"])
    }

    @Test("an addon is judged by the policies for its tags, anew when they change, and by new ones after a reload")
    func decisions() async throws {
        let keys =
            "discovery: {}, policies: [{name: gold, match: {tags: [gold]}, max_age: 2h}, {name: all, max_age: 9h}]"
        let world = try await Self.world(keys)
        func decided() async -> [String] {
            let decisions = await world.kept()[world.key("db")]?.decisions?.value
            return [decisions?.policy ?? "none", decisions?.maxAge.map(PrometheusDuration.text) ?? "none"]
        }
        await world.list([World.listing("db")])
        await world.observe("db")
        #expect(await decided() == ["all", "9h"])
        await world.list([World.listing("db", tags: ["gold"])])
        #expect(await decided() == ["gold", "2h"])
        world.settings = try Self.account(keys.replacing("2h", with: "3h"))
        await world.restart()
        await world.observe("db")
        #expect(await decided() == ["gold", "3h"])
    }

    @Test("restores are read if a policy demands them")
    func restores() throws {
        func interval(_ policy: String) throws -> Duration? {
            FreshnessSettings(try Self.account("discovery: {}, policies: [{\(policy)}]"), PollConfiguration())
                .restoresInterval
        }
        #expect(try interval("max_age: 2h") == nil)
        #expect(try interval("restore_every: none") == nil)
        #expect(try interval("restore_every: 90d") == .seconds(86_400))
    }
}
