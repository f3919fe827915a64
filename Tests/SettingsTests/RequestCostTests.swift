import Backups
import Testing

@testable import Settings

@Suite struct RequestCostTests {
    private static func account(addons: Int, projects: Int = 1, discovery: Bool = false) -> AccountConfiguration {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.addons = (0..<addons).map { Target(project: "p\($0 % projects)", addon: "a\($0)") }
        account.discovery.enabled = discovery
        return account
    }

    private static func report(_ account: AccountConfiguration) -> [String] {
        CostReport.text(Configuration(accounts: [account]), source: "config.yml", now: .distantPast).split(
            separator: "\n"
        )
        .map(String.init)
    }

    @Test(
        "requests an hour by addons, projects and discovery",
        arguments: [
            (account(addons: 1), 12, 2), (account(addons: 10), 120, 2), (account(addons: 10, projects: 3), 120, 4),
            (account(addons: 0, discovery: true), 0, 12), (account(addons: 6, projects: 2, discovery: true), 72, 18),
        ] as [(AccountConfiguration, Double, Double)])
    func costs(account: AccountConfiguration, polls: Double, lists: Double) {
        let cost = RequestCost(account: account, poll: PollConfiguration())
        #expect(cost.polls == polls)
        #expect(cost.lists == lists)
        #expect(cost.total == polls + lists)
        #expect(cost.perAddon == 12)
        #expect(cost.allowance == 500)
    }

    @Test("over the allowance, over the limit")
    func limits() {
        func cost(_ addons: Int) -> RequestCost { RequestCost(account: Self.account(addons: addons), poll: .init()) }
        #expect(!cost(41).isOverAllowance)
        #expect(cost(42).isOverAllowance)
        #expect(!cost(83).isOverLimit)
        #expect(cost(84).isOverLimit)
    }

    @Test("without discovery names are read once an hour")
    func listInterval() {
        var account = Self.account(addons: 1)
        #expect(account.listInterval == .seconds(3600))
        account.discovery.interval = .seconds(7200)
        #expect(account.listInterval == .seconds(7200))
        account.discovery.enabled = true
        account.discovery.interval = .seconds(60)
        #expect(account.listInterval == .seconds(60))
    }

    @Test("the output of check-config")
    func report() {
        var acme = Self.account(addons: 2, discovery: true)
        acme.name = "acme"
        acme.objective.timeZone = "Europe/Berlin"
        acme.token = .file("/run/token")
        let configuration = Configuration(accounts: [Self.account(addons: 2), acme])
        #expect(
            CostReport.text(configuration, source: "config.yml", now: .distantPast) == """
                config.yml: valid

                account default at https://api.northflank.com, token from environment variable TOKEN:
                  schedules are read in UTC until backups show another time zone (time_zone: auto)
                  24 requests an hour for 2 listed addons, at one page every 5m
                  2 requests an hour for lists of projects and addons, every 1h
                  1 request a day more for each addon, for its schedules
                  26 requests an hour in all
                  500 requests an hour are allowed by budget_share 0.5 of the default limit of 1000

                account acme at https://api.northflank.com, token from file /run/token:
                  schedules are read in the time zone Europe/Berlin
                  24 requests an hour for 2 listed addons, at one page every 5m
                  12 requests an hour for lists of projects and addons, every 10m and one more for each further project
                  1 request a day more for each addon, for its schedules
                  36 requests an hour, plus 12 for each discovered addon
                  500 requests an hour are allowed by budget_share 0.5 of the default limit of 1000
                """)
    }

    @Test("a warning says how slow it will be")
    func warnings() {
        let advice = "or so. Raise poll.interval, or ask Northflank for a higher limit"
        #expect(!Self.report(Self.account(addons: 41)).contains { $0.contains("WARNING") })
        #expect(
            Self.report(Self.account(addons: 42)).last
                == "  WARNING: this is over the allowance; each addon will be polled every 5m4s \(advice)"
        )
        #expect(
            Self.report(Self.account(addons: 84)).last
                == "  WARNING: this is over the default limit of the whole account; "
                + "each addon will be polled every 10m8s \(advice)")
    }

    @Test("if the lists alone exceed the budget, the advice is not about polls")
    func listsAlone() throws {
        var account = Self.account(addons: 0, discovery: true)
        account.discovery.interval = .seconds(10)
        let warning = try #require(Self.report(account).last)
        #expect(warning.hasPrefix("  WARNING: this is over the allowance; "))
        #expect(
            warning.hasSuffix(
                "the lists will be read less often. Raise discovery.interval, or ask Northflank for a higher limit"))
    }
}
