import Backups
import Fleet
import Freshness
import Logging
import Settings
import TestSupport
import Testing

@testable import Northflank
@testable import Polling

/// When the API is asked about the token, and what comes of its answer.
struct AccountTokenTests {
    private typealias World = AccountWorld

    private static let start = World.start
    private static let needed = ["Project > Addons > General > Read", "Project > Projects > Manage > Read"]
    private static let twoWeeks = Duration.seconds(14 * 86_400)

    /// A world that has looked at the token.
    private static func world(
        _ facts: TokenFacts, discovers: Bool = true, addons: [Target] = []
    ) async -> AccountWorld {
        let world = await World(addons: addons) { $0.discovery.enabled = discovers }
        world.tokenAnswer = .success(facts)
        await world.tick()
        return world
    }

    /// The seconds of uptime of each look at the token in so much time, second by second.
    private static func looks(_ world: AccountWorld, for seconds: Int) async -> [Double] {
        for _ in 0..<seconds {
            await world.tick()
            world.advance(by: 1)
        }
        return world.tokenRequests
    }

    @Test("once an hour and at the start; five minutes after a failure")
    func times() async {
        let world = await World()
        #expect(await Self.looks(world, for: 3600) == [0])
        world.tokenAnswer = .failure(APIError(.unavailable, "HTTP 503", status: 503))
        #expect(await Self.looks(world, for: 300) == [0, 3600])
        world.tokenAnswer = .success(TokenFacts())
        #expect(await Self.looks(world, for: 3600) == [0, 3600, 3900])
        #expect(world.requests[.auth] == 3)
        await world.restart()
        #expect(await Self.looks(world, for: 1).count == 4)
    }

    @Test("one request is open at a time, and a run of one round waits for it")
    func open() async {
        let world = await World(addons: []) { $0.discovery.enabled = true }
        world.tokenAnswer = nil
        #expect(await Self.looks(world, for: 1) == [0])
        await world.list([AddonListing]())
        #expect(await Self.looks(world, for: 4000) == [0])
        #expect(!world.account.isFirstRoundDone)
        await world.handle(.answered(.auth(.success(nil))))
        #expect(world.account.tokenCheck.isOpen == false)
        world.advance(by: 3599)
        await world.tick()
        #expect(world.tokenRequests.count == 1)
        world.advance(by: 1)
        await world.tick()
        #expect(world.tokenRequests.count == 2)
    }

    @Test("the lists go first; it waits for a request that the budget allows, and for room")
    func modest() async {
        let world = await World()
        world.budget.left = 1
        #expect(await world.tick() == [.projects])
        #expect(world.tokenRequests == [])
        world.budget.left = 2
        await world.tick()
        #expect(world.tokenRequests == [0])
        await world.restart(concurrency: 1)
        #expect(await world.tick() == [.projects])
        #expect(world.tokenRequests == [0])
    }

    @Test("the facts are in the status, until the API says something else")
    func facts() async {
        let facts = TokenFacts(expiresAt: Self.start + .seconds(86_400 * 90), permissions: Self.needed)
        let world = await Self.world(facts)
        #expect(world.status.token == facts)
        #expect(world.notes == [])
        for answer in [.success(nil), .failure(APIError(.timeout, "slow"))] as [Result<TokenFacts?, APIError>] {
            world.tokenAnswer = answer
            world.advance(by: 3600)
            await world.tick()
            #expect(world.status.token == facts)
        }
        #expect(world.tokenRequests.count == 3)
        world.tokenAnswer = .success(TokenFacts())
        world.advance(by: 300)
        await world.tick()
        #expect(world.status.token == TokenFacts())
    }

    @Test(
        "of the failures only a refusal of the token is the account's trouble",
        arguments: [
            (APIError.Reason.unauthorized, "unauthorized", false), (.forbidden, nil, nil), (.notFound, nil, nil),
            (.unavailable, nil, nil), (.timeout, nil, nil), (.rateLimited, nil, nil), (.decode, nil, nil),
            (.cancelled, nil, nil),
        ] as [(APIError.Reason, String?, Bool?)])
    func trouble(reason: APIError.Reason, trouble: String?, isReachable: Bool?) async {
        let world = await World()
        world.tokenAnswer = .failure(APIError(reason, "said"))
        await world.tick()
        // Nothing was read yet.
        #expect(world.status.trouble?.reason == trouble ?? "first_checks")
        #expect(world.status.isReachable == isReachable)
    }

    @Test("an answer about the token does not make an account reachable whose lists are refused")
    func success() async {
        let world = await World()
        world.tokenAnswer = nil
        await world.tick()
        await world.list([AddonListing](), projects: APIError(.forbidden, "no", status: 403))
        await world.handle(.answered(.auth(.success(TokenFacts()))))
        #expect(world.status.trouble?.reason == "forbidden")
        #expect(world.status.isReachable == false)
    }

    @Test("each permission that is missing has a line; projects are listed for discovery alone")
    func missing() async {
        let facts = TokenFacts(permissions: ["Project > Services > General > Read"])
        let lines = Self.needed.map { AccountNote(.warning, "token lacks a permission", ["permission": $0]) }
        #expect(await Self.world(facts).notes == lines)
        let explicit = await Self.world(facts, discovers: false, addons: [Target(project: "shop", addon: "a")])
        #expect(explicit.notes == Array(lines.prefix(1)))
        #expect(await Self.world(TokenFacts(permissions: ["7f3a"])).notes == [])
    }

    @Test("a token that can write has one line, with the first such permission and their number")
    func writing() async {
        let writing = ["Project > Addons > General > Create", "Project > Addons > General > Delete"]
        #expect(
            await Self.world(TokenFacts(permissions: Self.needed + writing)).notes == [
                AccountNote(
                    .warning, "token can write",
                    [
                        "permission": "Project > Addons > General > Create", "permissions": "2",
                        "remedy": "give the token's role reading permissions only",
                    ])
            ])
    }

    @Test("a token expires soon within two weeks")
    func expiry() async {
        let soon = TokenFacts(expiresAt: Self.start + Self.twoWeeks - .milliseconds(1))
        #expect(
            await Self.world(soon).notes == [
                AccountNote(.warning, "token expires soon", ["at": "2027-01-29T07:59:59Z"])
            ])
        #expect(await Self.world(TokenFacts(expiresAt: Self.start + Self.twoWeeks)).notes == [])
    }

    @Test("a line comes again only if it had ended, or tells something else")
    func change() async {
        let soon = TokenFacts(expiresAt: Self.start + .seconds(86_400))
        let later = TokenFacts(expiresAt: Self.start + .seconds(2 * 86_400))
        let world = await Self.world(soon)
        var lines: [Int] = []
        for facts in [soon, later, later, TokenFacts(), later] {
            world.tokenAnswer = .success(facts)
            world.advance(by: 3600)
            await world.tick()
            lines.append(world.notes.count)
        }
        #expect(lines == [1, 2, 2, 2, 3])
    }
}
