import Backups
import Fleet
import Freshness
import Northflank
import Settings
import TestSupport
import Testing

@testable import Polling

/// Lists beside those of backups: when they are read, and again after a failure. All others are answered at once.
struct AccountReadingTests {
    /// What the API says meanwhile.
    private struct API {
        /// By addon, the state in the list of the project.
        var states: [String: String]
        var statesError: APIError?
        var schedulesError: APIError?
        var restoresError: APIError?
    }

    /// A request, and the second in which it was sent.
    private struct Sent: Equatable, CustomStringConvertible {
        let second: Int
        let request: Account.Request
        var description: String { "\(second): \(request)" }
    }

    private let error = APIError(.unavailable, "no")

    private func world(_ addons: String...) async -> AccountWorld {
        await AccountWorld(addons: addons.map { Target(project: "shop", addon: $0) }) { $0.restores = true }
    }

    /// Lets so many seconds pass, and answers every request.
    ///
    /// - Returns: the requests, without those of projects and of all addons.
    private func pass(_ seconds: Int, _ world: AccountWorld, _ api: API) async -> [Sent] {
        var sent: [Sent] = []
        for _ in 0..<seconds {
            while case let requests = await world.tick(), !requests.isEmpty {
                for request in requests {
                    sent.append(Sent(second: Int(world.now.uptime), request: request))
                    await answer(request, world, api)
                }
            }
            world.advance(by: 1)
        }
        return sent.filter { if case .projects = $0.request { false } else { true } }
    }

    private func answer(_ request: Account.Request, _ world: AccountWorld, _ api: API) async {
        let listing = api.states.sorted { $0.key < $1.key }.map { AccountWorld.listing($0.key, status: $0.value) }
        switch request {
        case .projects, .addons: await world.list(listing)
        case .backups(let key, let reason, _, _, _):
            await world.observe(key.addon, Backup.daily(1...15), reason: reason)
        case .schedules(let key): await world.readSchedules(key.addon, [.daily()], error: api.schedulesError)
        case .restores(let key):
            let restores = Listing<RestoreListing>(entries: [], pages: 1)
            await world.handle(.answered(.restores(key, api.restoresError.map { .failure($0) } ?? .success(restores))))
        case .addonStates(let project):
            let states = Listing(entries: listing, pages: 1)
            await world.handle(
                .answered(.addonStates(project: project, api.statesError.map { .failure($0) } ?? .success(states))))
        case .auth: break
        }
    }

    /// The seconds of the next so many in which this is requested.
    private func seconds(
        of request: Account.Request, in seconds: Int, _ world: AccountWorld, _ api: API
    ) async -> [Int] {
        await pass(seconds, world, api).filter { $0.request == request }.map(\.second)
    }

    @Test("of a busy and an idle addon the busy one is polled, when its backup begins and when it ends")
    func busy() async {
        let world = await world("busy", "idle")
        var api = API(states: ["busy": "running", "idle": "running"])
        func polled() async -> [Account.Request] {
            await pass(60, world, api).map(\.request).filter {
                if case .backups(_, .sentinel, _, _, _) = $0 { true } else { false }
            }
        }
        let newest = time("2027-01-15T00:00:05Z")
        #expect(await polled() == [])
        api.states["busy"] = "backup"
        #expect(await polled() == [.backups(world.key("busy"), .sentinel, backTo: newest)])
        api.states["busy"] = "running"
        #expect(await polled() == [.backups(world.key("busy"), .sentinel, backTo: newest)])
    }

    @Test("states that cannot be read are read again, later after each failure; then polling goes on as before")
    func statesFail() async {
        let world = await world("db")
        var api = API(states: ["db": "running"])
        let states = Account.Request.addonStates(project: "shop")
        let before = await seconds(of: states, in: 60, world, api)
        #expect(before == [30])
        api.statesError = error
        let failing = await seconds(of: states, in: 540, world, api)
        #expect(failing == [60, 120, 240, 480])
        api.statesError = nil
        let after = await seconds(of: states, in: 480, world, api)
        #expect(after == [960, 975, 1005, 1034, 1064])
    }

    @Test(
        "restores that cannot be read are read again after a minute, then as soon as their part of the budget allows it"
    )
    func restoresFail() async {
        let world = await world("db")
        let restores = Account.Request.restores(world.key("db"))
        var api = API(states: ["db": "running"], restoresError: error)
        let failing = await seconds(of: restores, in: 300, world, api)
        #expect(failing == [0, 60, 204])
        api.restoresError = nil
        let after = await seconds(of: restores, in: 600, world, api)
        #expect(after == [444])
    }

    @Test("restores that the token may not read are a finding where a policy demands them, and are left for a day")
    func restoresForbidden() async {
        let world = await world("db")
        var policy = PolicyConfiguration(source: DecisionSource(key: "accounts[0].policies[0]"))
        policy.decisions.restoreEvery = .seconds(90 * 86_400)
        policy.sources[.restoreEvery] = policy.source
        world.settings.policies = [policy]
        world.settings.restores = false
        await world.restart()
        let api = API(states: ["db": "running"], restoresError: APIError(.forbidden, "HTTP 403"))
        #expect(await seconds(of: .restores(world.key("db")), in: 3600, world, api) == [0])
        let findings = world.addon("db")?.verdict.findings ?? []
        #expect(findings.contains(.restoresUnreadable(limit: .seconds(90 * 86_400))))
        #expect(world.notes.count { $0.message.hasPrefix("restores cannot be read") } == 1)
        #expect(await world.kept()[world.key("db")]?.mayReadRestores == false)
    }

    @Test("restores that an outage hides are asked for again, and are a finding from the second time on")
    func restoresUnavailable() async {
        let world = await world("db")
        let key = world.key("db")
        let api = API(states: ["db": "running"], restoresError: APIError(.unavailable, "HTTP 503"))
        #expect(await seconds(of: .restores(key), in: 59, world, api) == [0])
        #expect(await world.kept()[key]?.mayReadRestores == true)
        #expect(await seconds(of: .restores(key), in: 60, world, api) == [60])
        #expect(await world.kept()[key]?.mayReadRestores == false)
        #expect(world.notes.count { $0.message.hasPrefix("restores cannot be read") } == 1)
    }

    @Test(
        "schedules that cannot be read are read again soon, unless the token may not read them",
        arguments: [
            (APIError.Reason.timeout, [0, 60, 204]), (.unavailable, [0, 60, 204]), (.decode, [0, 60, 204]),
            (.notFound, [0, 60, 204]), (.pagination, [0, 60, 204]), (.clientError, [0, 60, 204]), (.forbidden, [0]),
        ])
    func schedulesFail(reason: APIError.Reason, expected: [Int]) async {
        let world = await world("db")
        let api = API(states: ["db": "running"], schedulesError: APIError(reason, "no"))
        let schedules = Account.Request.schedules(world.key("db"))
        let reads = await seconds(of: schedules, in: 300, world, api)
        #expect(reads == expected)
    }
}
