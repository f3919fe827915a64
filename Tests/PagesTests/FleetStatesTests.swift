import Backups
import Testing

@testable import Pages
@testable import Reports

/// What the page says where there is nothing, or nothing certain, to say.
struct FleetStatesTests {
    private static func unreachable(_ name: String, addons: Int = 0) -> HealthReport.Account {
        .init(
            account: name, reachable: false,
            error: .init(
                reason: "unavailable", status: 503, message: "Northflank answers HTTP 503",
                since: "2027-01-15T07:35:00Z",
                remedy: "wait"), addons: addons)
    }

    @Test("all is well only if every database was judged")
    func well() {
        let html = HealthReport.sample([.full("a"), .full("b")]).page()
        #expect(html.contains("<h1 class=g>All 2 databases are protected as decided"))
        #expect(html.contains("<title>all protected · "))
        let unknown = HealthReport.sample([.full("a"), .sample("b", "unknown", ["x"])]).page()
        #expect(unknown.contains("<h1 class=u>") && unknown.contains("<title>1 not judged · "))
    }

    @Test("nothing is known: which account cannot be read, since when, and what to do")
    func nothingKnown() {
        let html = HealthReport.sample([], accounts: [Self.unreachable("acme")]).page()
        #expect(html.contains("<h1 class=u>0 databases are known: the only account cannot be read.</h1>"))
        #expect(html.contains("unreachable</b><small>none known</small>"))
        #expect(html.contains("HTTP 503 since 07:35 UTC (25m)."))
        #expect(html.contains("Wait.</p>"))
        #expect(!html.contains("<table"))
    }

    @Test("nothing is watched: the filters leave nothing")
    func nothingWatched() {
        let html = HealthReport.sample([], accounts: [.init(account: "acme", reachable: true, addons: 0)]).page()
        #expect(html.contains("<h1 class=u>0 databases are watched.</h1>"))
        #expect(html.contains("Check the filters of discovery"))
    }

    @Test("an outage is one line for each account, not a row for each database")
    func outage() {
        let addons = (0..<33).map { HealthReport.Addon.sample("a\($0)", "unknown") } + [.sample("z", "failing", ["x"])]
        let html = HealthReport.sample(addons, accounts: [Self.unreachable("acme", addons: 34)]).page()
        #expect(html.contains("1 of 34 databases</a> was not protected when last checked"))
        #expect(html.rows.count == 1)
        let fold = html.between("<ul class=fold>", "</ul>")
        #expect(fold.contains("<b>33 in acme</b>: "))
        #expect(fold.contains("<a href=\"./?state=unknown&amp;account=acme\">Show the 33</a>"))
        let all = HealthReport.sample(addons, accounts: [Self.unreachable("acme", addons: 34)]).page([
            ("state", "unknown")
        ])
        #expect(all.rows.count == 33)
    }

    @Test("the first checks: how many are done, and when the others will be")
    func firstChecks() {
        var account = HealthReport.Account(account: "acme", reachable: true, addons: 254)
        account.firstChecks = .init(observed: 246, of: 254, expectedEnd: "2027-01-15T08:03:00Z")
        let html = HealthReport.sample(
            [.full("a"), .sample("b", "unknown")], accounts: [account]
        ).page()
        #expect(html.contains("First checks: 246 of 254 databases done; complete by about 08:03 UTC."))
        #expect(html.contains("<b>1 in acme</b>: first checks: "))
    }

    @Test("a wrong clock is said above the answer")
    func clock() {
        var account = HealthReport.Account(account: "acme", reachable: true, addons: 1)
        account.error = .init(
            reason: "clock", message: "the clock is 9m ahead", since: "2027-01-15T07:00:00Z", remedy: "check NTP")
        let html = HealthReport.sample([.full("a")], accounts: [account]).page()
        #expect(html.contains("<section id=answer class=ans><p class=note>The clock is 9m ahead"))
    }

    @Test("a part of a fleet does not speak for the fleet")
    func shard() {
        var report = HealthReport.sample([.sample("a", "failing", ["x"])])
        report.shard = "2 of 3"
        #expect(report.page().contains("1 of 1 database</a> of shard 2 of 3 is not protected as decided."))
    }

    @Test("an account shows its requests and its oldest check")
    func account() {
        var account = HealthReport.Account(account: "acme", reachable: true, addons: 1)
        account.requests = .init(limit: 500, left: 226, resetsAt: "2027-01-15T08:34:00Z")
        account.oldestCheck = .init(project: "perf", addon: "seed-db", at: "2027-01-15T05:29:00Z")
        let html = HealthReport.sample([.full("a")], accounts: [account]).page()
        #expect(html.contains("<dt>Requests left</dt><dd>226 of 500 until 08:34 UTC "))
        #expect(html.contains(#"<path d="M0 2h27"/>"#))
        #expect(
            html.contains(
                #"<dt>Oldest check</dt><dd><time datetime=2027-01-15T05:29:00Z>2h 31m</time> ago, "#
                    + #"<a href="addon?id=acme/perf/seed-db">perf/seed-db</a></dd>"#))
    }

    @Test("accounts without trouble are folded where there are many")
    func manyAccounts() {
        let accounts = (0..<20).map { HealthReport.Account(account: "a\($0)", reachable: true, addons: 0) }
        let html = HealthReport.sample([.full("a")], accounts: accounts + [Self.unreachable("z")]).page()
        #expect(html.contains("<summary>14 more accounts</summary>"))
        #expect(html.between("<div class=acc>", "<h2>").hasPrefix("<section class=b>"))
    }
}
