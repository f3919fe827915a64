import Backups
import Logging
import Northflank
import Testing

@testable import Exporter

/// How an account's addons come, stay and go.
@Suite struct AccountStateTests {
    private let fleet = Fleet()
    private let statuses = AccountStatuses()
    private let now = Timestamp(seconds: 1_800_000_000)

    private func state(addons: [Target] = [], change: (inout DiscoveryConfiguration) -> Void = { _ in }) -> AccountState
    {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.name = "acme"
        account.addons = addons
        account.discovery.enabled = true
        change(&account.discovery)
        return AccountState(
            account: account, poll: PollConfiguration(), fleet: fleet, statuses: statuses,
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func lists(_ addons: [String], project: String = "shop", errors: [APIError] = []) -> AccountLists {
        var lists = AccountLists()
        lists.projectNames = [project: "The Shop"]
        lists.addons[project] = Dictionary(
            uniqueKeysWithValues: addons.map {
                ($0, AddonListing(id: $0, name: "Name of \($0)", type: "postgresql", status: "running"))
            })
        lists.errors = errors
        lists.requests = 2
        return lists
    }

    private func key(_ addon: String) -> AddonKey { AddonKey(account: "acme", project: "shop", addon: addon) }

    private var known: [String] { fleet.snapshot.map(\.state.key.addon) }

    private var status: AccountStatus? { statuses.all.first }

    private func step(_ state: inout AccountState) {
        _ = state.next(now: 0, budget: PollPlan.Budget(allowance: 500, left: 500, secondsToReset: 3600))
    }

    private let notFound = APIError(.notFound, "gone")

    @Test("an addon goes with a complete discovery that no longer has it")
    func complete() {
        var state = state()
        state.listed(lists(["a", "b"]), now: now)
        #expect(known == ["a", "b"])
        #expect(fleet.addon(key("a"))?.names == AddonNames(project: "The Shop", addon: "Name of a", type: "postgresql"))
        state.listed(lists(["b", "c"]), now: now)
        #expect(known == ["b", "c"])
        #expect(status?.isDiscoveryUp == true)
        #expect(status?.lastDiscovery == now)
    }

    @Test("a discovery that is not complete adds, but takes nothing away")
    func partial() {
        var state = state()
        state.listed(lists(["a", "b"]), now: now)
        state.listed(
            lists(["b", "c"], errors: [APIError(.timeout, "too slow")]), now: Timestamp(seconds: 1_800_000_600))
        #expect(known == ["a", "b", "c"])
        #expect(status?.isDiscoveryUp == false)
        #expect(status?.lastDiscovery == now)
    }

    @Test("a discovery that fails as a whole takes nothing away either")
    func failed() {
        var state = state()
        state.listed(lists(["a"]), now: now)
        var nothing = AccountLists()
        nothing.errors = [APIError(.forbidden, "no")]
        state.listed(nothing, now: now)
        #expect(known == ["a"])
    }

    @Test("explicit addons stay whatever discovery finds, and filters hold")
    func explicit() {
        var state = state(addons: [Target(project: "shop", addon: "mine")]) { $0.addons.exclude = ["tmp-*"] }
        #expect(known == ["mine"])
        state.listed(lists(["a", "tmp-1"]), now: now)
        #expect(known == ["a", "mine"])
    }

    @Test("one 404 is a failure, the second in a row means that the addon is gone")
    func confirmedNotFound() {
        var state = state(addons: [Target(project: "shop", addon: "mine")])
        step(&state)
        state.observed(key("mine"), BackupSummary(of: []), pages: 1, now: now)
        state.failed(key("mine"), notFound)
        #expect(fleet.addon(key("mine"))?.isUp == false)
        #expect(fleet.addon(key("mine"))?.lastObserved == now)
        state.failed(key("mine"), notFound)
        #expect(known == [])
        step(&state)
        #expect(status?.addons == 1)
        #expect(status?.addonsNotFound == 1)
        // Lists that still have its project do not bring it back; a poll that works does.
        state.listed(lists([]), now: now)
        #expect(known == [])
        state.observed(key("mine"), BackupSummary(of: []), pages: 1, now: now)
        #expect(known == ["mine"])
        step(&state)
        #expect(status?.addonsNotFound == 0)
    }

    @Test("two 404 with another failure between them are not a confirmation")
    func interruptedNotFound() {
        var state = state(addons: [Target(project: "shop", addon: "mine")])
        state.failed(key("mine"), notFound)
        state.failed(key("mine"), APIError(.timeout, "too slow"))
        state.failed(key("mine"), notFound)
        #expect(known == ["mine"])
    }

    @Test("an addon that is listed but not found does not come and go: only a poll that works brings it back")
    func discoveredNotFound() {
        var state = state()
        state.listed(lists(["a", "b"]), now: now)
        state.failed(key("a"), notFound)
        state.failed(key("a"), notFound)
        #expect(known == ["b"])
        state.listed(lists(["a", "b"]), now: now)
        state.failed(key("a"), APIError(.serverError, "broken"))
        #expect(known == ["b"])
        step(&state)
        #expect(status?.addonsNotFound == 1)
        state.observed(key("a"), BackupSummary(of: []), pages: 1, now: now)
        #expect(known == ["a", "b"])
        // One that is no longer listed is no longer missing.
        state.failed(key("b"), notFound)
        state.failed(key("b"), notFound)
        state.listed(lists(["a"]), now: now)
        step(&state)
        #expect(status?.addonsNotFound == 0)
    }

    @Test("a reload that turns discovery off takes its metrics away")
    func discoveryOff() {
        var before = state()
        before.listed(lists(["a"]), now: now)
        #expect(status?.isDiscoveryUp == true)
        _ = state(addons: [Target(project: "shop", addon: "a")]) { $0.enabled = false }
        #expect(status?.isDiscoveryUp == nil)
        #expect(status?.lastDiscovery == nil)
    }

    @Test("a poll that ends after its addon was given up brings nothing back")
    func late() {
        var state = state()
        state.listed(lists(["a"]), now: now)
        step(&state)
        state.listed(lists([]), now: now)
        state.observed(key("a"), BackupSummary(of: []), pages: 1, now: now)
        state.failed(key("a"), notFound)
        #expect(known == [])
    }

    @Test("a reload keeps the data of what stays, and drops what the new filters do not want")
    func reload() {
        var before = state()
        before.listed(lists(["a", "b"]), now: now)
        before.observed(key("a"), BackupSummary(of: []), pages: 1, now: now)
        _ = state { $0.addons.exclude = ["b"] }
        #expect(known == ["a"])
        #expect(fleet.addon(key("a"))?.lastObserved == now)
        _ = state(addons: [Target(project: "shop", addon: "b")]) { $0.enabled = false }
        #expect(known == ["b"])
    }

    @Test("deleted addons and unwanted types are not watched")
    func types() {
        var state = state { $0.types = ["postgresql"] }
        var found = lists(["a", "b", "c"])
        found.addons["shop"]?["b"]?.type = "redis"
        found.addons["shop"]?["c"]?.status = "deleted"
        state.listed(found, now: now)
        #expect(known == ["a"])
    }

    @Test("a token that may not list projects is not asked for their names again")
    func names() {
        var state = state(addons: [Target(project: "shop", addon: "mine")]) { $0.enabled = false }
        #expect(state.wantsProjectNames)
        var found = lists(["mine"], errors: [APIError(.forbidden, "no")])
        found.projectNames = [:]
        found.mayListProjects = false
        state.listed(found, now: now)
        #expect(!state.wantsProjectNames)
        #expect(fleet.addon(key("mine"))?.names.addon == "Name of mine")
        #expect(fleet.addon(key("mine"))?.names.project == "shop")
        #expect(status?.isDiscoveryUp == nil)
    }
}
