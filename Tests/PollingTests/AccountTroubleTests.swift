import Backups
import Fleet
import Logging
import Settings
import TestSupport
import Testing

@testable import Northflank
@testable import Polling

/// Why an account and its addons cannot be read.
struct AccountTroubleTests {
    private typealias World = AccountWorld

    private static func reason(_ world: AccountWorld) -> String { world.status.trouble?.reason ?? "none" }

    @Test(
        "what makes an account unreachable, and what is the matter of one addon",
        arguments: [
            (APIError.Reason.unauthorized, "unauthorized", false), (.unavailable, "unavailable", false),
            (.timeout, "timeout", false), (.connect, "connect", false), (.dns, "dns", false), (.tls, "tls", false),
            (.proxy, "proxy", false), (.clientError, "client_error", false), (.rateLimited, "rate_limited", true),
            (.forbidden, "none", true), (.notFound, "none", true), (.decode, "none", true), (.pagination, "none", true),
        ])
    func reasons(reason: APIError.Reason, shown: String, isReachable: Bool) async {
        let world = await World()
        await world.list(["a", "b"])
        #expect(world.status.isReachable == true)
        await world.fail("a", APIError(reason, "it fails", status: 499))
        #expect(Self.reason(world) == shown)
        #expect(world.status.isReachable == isReachable)
        #expect(world.addon("a")?.trouble?.reason == reason.rawValue)
        #expect(world.addon("a")?.trouble?.message == "it fails")
        #expect(world.addon("a")?.trouble?.remedy?.isEmpty == false)
        #expect(world.addon("b")?.trouble == nil)
        await world.observe("b", Backup.daily(1...15))
        #expect(Self.reason(world) == "none")
        #expect(world.status.isReachable == true)
    }

    @Test("a refusal of the lists is the account's, unless nothing is discovered")
    func lists() async {
        let world = await World()
        await world.list([AddonListing](), projects: APIError(.forbidden, "no", status: 403))
        #expect(Self.reason(world) == "forbidden")
        #expect(world.status.isReachable == false)
        let explicit = await World(addons: [Target(project: "shop", addon: "a")]) { $0.discovery.enabled = false }
        await explicit.list([AddonListing](), projects: APIError(.forbidden, "no", status: 403))
        #expect(Self.reason(explicit) == "none")
    }

    @Test("a trouble lasts since its first request, until a request works; another one begins anew")
    func since() async {
        let world = await World()
        await world.list(["a", "b"])
        let began = world.now.wall
        for addon in ["a", "b"] {
            await world.fail(addon, APIError(.unavailable, "HTTP 503", status: 503))
            world.advance(by: 60)
        }
        #expect(world.status.trouble?.since == began)
        #expect(world.status.trouble?.status == 503)
        await world.fail("a", APIError(.timeout, "too slow"))
        #expect(world.status.trouble?.since == began + .seconds(120))
        #expect(world.addon("a")?.trouble?.since == began + .seconds(120))
        #expect(world.addon("b")?.trouble?.since == began + .seconds(60))
    }

    @Test("why an addon was last polled with success, and which polls of it failed in between")
    func polls() async {
        let world = await World()
        await world.list(["a"])
        let began = world.now.wall
        #expect(world.addon("a")?.lastPollReason == nil)
        await world.observe("a", Backup.daily(1...15))
        #expect(world.addon("a")?.lastPollReason == .sweep)
        for _ in 1...2 {
            world.advance(by: 60)
            await world.fail("a", APIError(.unavailable, "HTTP 503", status: 503), reason: .slot)
        }
        #expect(world.addon("a")?.lastPollReason == .sweep)
        await world.observe("a", Backup.daily(1...15), reason: .webhook)
        #expect(world.addon("a")?.lastPollReason == .webhook)
        world.advance(by: 60)
        await world.fail("a", APIError(.unavailable, "HTTP 503", status: 503))
        let runs = world.addon("a")?.failedPolls.runs(at: world.now.wall) ?? []
        #expect(runs.map(\.count) == [2, 1])
        #expect(runs.map(\.first) == [began + .seconds(60), began + .seconds(180)])
        #expect(runs.map(\.last) == [began + .seconds(120), began + .seconds(180)])
    }

    @Test("a clock that differs is the trouble of the account and of each addon, until it agrees")
    func clock() async {
        let world = await World()
        await world.list(["a"])
        world.clockAhead = .seconds(-540)
        await world.observe("a", Backup.daily(1...15))
        #expect(
            world.status.trouble?.message == "the exporter's clock is 9m ahead of Northflank's (limit 5m)")
        #expect(world.status.isReachable == true)
        #expect(world.addon("a")?.trouble?.reason == "clock")
        #expect(world.addon("a")?.isUp == true)
        let notes = world.notes.filter { $0.message == "clock skew" }
        #expect(notes == [AccountNote(.error, "clock skew", ["ahead_seconds": "540", "limit": "300"])])
        world.advance(by: 60)
        await world.observe("a", Backup.daily(2...15))
        #expect(world.status.trouble?.since == world.now.wall - .seconds(60))
        #expect(world.notes.filter { $0.message == "clock skew" }.count == 1)
        world.clockAhead = .seconds(300)
        await world.observe("a", Backup.daily(1...15))
        #expect(world.status.trouble == nil)
        #expect(world.addon("a")?.trouble == nil)
    }
}
