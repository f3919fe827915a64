import Backups
import Testing

@testable import Pages
@testable import Reports

struct FleetPageTests {
    private static let mixed = HealthReport.sample([
        .sample("a", "failing", ["the last dump failed"]), .sample("b", "suspect", ["odd"], project: "blog"),
        unknown, .sample("d", "waived"), .sample("e", "paused"), .full("files"), .full("ledger"),
    ])

    /// One that was checked before.
    private static let unknown: HealthReport.Addon = {
        var addon = HealthReport.Addon.sample("c", "unknown", ["not checked"], account: "labs")
        addon.lastObserved = "2027-01-15T01:00:00Z"
        return addon
    }()

    @Test("the answer is first: a sentence whose number leads to those databases, and the rest of them")
    func answer() {
        let html = Self.mixed.page()
        #expect(
            html.contains(
                #"<h1 class=b><a href="./?state=bad">2 of 7 databases</a> are not protected as decided; 1 cannot be judged.</h1>"#
            ))
        #expect(
            html.contains(
                #"<p><a href="./?state=unknown">1</a> cannot be judged, <a href="./?state=ok">2</a> protected as decided, "#
                    + #"<a href="./?state=waived">1</a> waived, <a href="./?state=paused">1</a> paused.</p>"#))
        #expect(html.contains("<title>2 not protected · Northflank backups</title>"))
    }

    @Test("what was never checked is called so in the headline and below it")
    func unchecked() {
        let html = HealthReport.sample([
            .sample("a", "failing", ["x"]), .sample("b", "unknown", ["not checked yet"]), .full("c"),
        ]).page()
        #expect(html.contains(">1 of 2 checked databases</a> is not protected as decided; 1 not checked yet.</h1>"))
        #expect(
            html.contains(#"<p><a href="./?state=unknown">1</a> not checked yet, <a href="./?state=ok">1</a> prot"#))
    }

    @Test("each drawing that a page refers to is on the page")
    func drawings() {
        var addon = HealthReport.Addon.full("h")
        addon.lastDays = [String](repeating: "completed", count: 13) + ["none"]
        let states = HealthState.allCases.map { HealthReport.Addon.sample($0.rawValue, $0.rawValue, ["x"]) }
        let html = HealthReport.sample(states + [addon, .full("i")]).page()
        let used = Set(html.matches(of: /<use href="#([^"]*)"/).map { String($0.1) })
        #expect(used.isSuperset(of: ["days-completed", "days-none", "failing", "unknown"]))
        for name in used {
            #expect(html.components("<symbol id=\(name) ") + html.components("<symbol id=\(name)>") == 1, "\(name)")
        }
    }

    @Test("the link that stops the reloading keeps the query, and the one that starts it")
    func reloading() {
        let report = HealthReport.sample((0..<250).map { .full("a\($0)") })
        let on = report.page([("page", "2"), ("q", "a")], links: PageLinks(external: "https://x/b"))
        #expect(on.contains(#"<a href="./?q=a&amp;refresh=off&amp;page=2">stop reloading</a>"#))
        #expect(on.contains(#"<link rel=canonical href="https://x/b/?q=a&amp;page=2">"#))
        let off = report.page([("page", "2"), ("refresh", "off")])
        #expect(off.contains(#"<a href="./?page=2">reload each minute</a>"#))
        #expect(report.page([("refresh", "off")]).contains(#"<a href="./">reload each minute</a>"#))
    }

    @Test("a row has everything that is known of a database")
    func row() {
        let row = HealthReport.sample([.full("orders-db")]).page().rows.first
        #expect(
            row == """
                <tr class=g><td><b>ok</b><th><a href="addon?id=acme/shop/orders-db">Name of orders-db</a> postgresql\
                <code>acme/shop/orders-db</code><td>\
                <td><svg class=s><use href="#days-completed"/></svg>\
                <td><time datetime=2027-01-15T00:10:05Z>7h 49m</time> of 1d 0h 30m<svg class=a><path d="M0 2h21"/></svg>\
                <td>5.3 GB<td>in <time datetime=2027-01-16T00:00:00Z>16h 0m</time>\
                <td>5m ago
                """)
    }

    @Test("a row of a database in trouble says why, and folds the other reasons and notes")
    func troubledRow() {
        var addon = HealthReport.Addon.sample("a", "late", ["first", "second <b>"])
        addon.since = "2027-01-15T06:18:00Z"
        addon.notes = ["third"]
        let row = HealthReport.sample([addon]).page().rows[0]
        #expect(row.contains("late</b><small>for <time datetime=2027-01-15T06:18:00Z>1h 42m</time></small>"))
        #expect(
            row.contains(
                #"<td>First.<details data-k="acme/shop/a"><summary>2 more</summary>Second &lt;b&gt;.<br>Third.</details><td>"#
            ))
        #expect(row.contains("<b>none</b> no limit"))
    }

    @Test("what is gone has no age; a waiver stands before what it hides")
    func honest() {
        let gone = HealthReport.sample([.sample("a", "gone", ["not in the lists"])]).page().rows[0]
        #expect(gone.contains("<td><b>none</b> left at Northflank<td>"))
        var waived = HealthReport.Addon.sample("a", "waived", ["the last dump failed"])
        waived.waiver = .init(reason: "test data", owner: "qa", until: "2027-02-01T00:00:00Z", state: "failing")
        waived.notes = ["waived by policy scratch"]
        let row = HealthReport.sample([waived]).page().rows[0]
        #expect(row.contains("<td>Waived by policy scratch.<details"))
        #expect(row.contains("The last dump failed."))
    }

    @Test(
        "filters choose rows",
        arguments: [
            ([("state", "bad")], ["a", "b"]), ([("state", "failing,waived")], ["a", "d"]),
            ([("project", "blog")], ["b"]),
            ([("project", "acme/shop")], ["a", "d", "e", "files", "ledger"]), ([("account", "labs")], ["c"]),
            ([("q", "NAME OF FILES")], ["files"]), ([("state", "ok"), ("q", "name of ledger")], ["ledger"]),
            ([("state", "ok"), ("q", "name")], ["files", "ledger"]), ([("state", "bad"), ("q", "ledger")], []),
            ([("q", "shop/*")], ["a", "d", "e", "files", "ledger", "c"]),
        ] as [([(name: String, value: String)], [String])])
    func filters(query: [(name: String, value: String)], names: [String]) {
        let rows = Self.mixed.page(query).rows
        #expect(Set(rows.map { String($0).between("Name of ", "<") }) == Set(names))
    }

    @Test(
        "what is not understood is said, and nothing is listed",
        arguments: [
            ([("state", "broken")], "No state is called broken; "), ([("page", "0")], "Page=0 is no page"),
            ([("page", "2")], "There is no page 2; the last one is 1."), ([("by", "colour")], "By=colour is not known"),
            ([("project", "nothing")], "No database is in project nothing"), ([("sort", "x")], "Sort is not known."),
        ] as [([(name: String, value: String)], String)])
    func unknown(query: [(name: String, value: String)], words: String) {
        let html = Self.mixed.page(query)
        #expect(html.contains("<p class=none>\(words)"))
        #expect(html.contains("<a href=\"./\">All 7 databases</a>"))
        #expect(html.rows.isEmpty)
        #expect(html.contains("<h1 class=b>"))
    }

    @Test("a filter that finds nothing says what was asked, and leads to wider ones")
    func nothing() {
        let html = Self.mixed.page([("q", "zzz"), ("project", "acme/shop")])
        #expect(html.contains("No database matches zzz project acme/shop. "))
        #expect(html.contains(#"<a href="./?project=acme/shop">5 of acme/shop</a> ·"#))
        #expect(html.contains(#"<a href="./">All 7</a></p>"#))
    }

    @Test("a filter keeps the others and begins at the first page")
    func links() {
        let html = Self.mixed.page([("project", "acme/shop"), ("q", "name of"), ("by", "project"), ("refresh", "off")])
        #expect(
            html.targets.contains("./?state=failing&project=acme/shop&q=name%20of&by=project&refresh=off"))
        #expect(
            html.contains(#"<input type=hidden name=by value="project"><input type=hidden name=refresh value="off">"#))
        #expect(html.contains("<option selected>acme/shop"))
        #expect(!html.contains("http-equiv=refresh"))
        #expect(Self.mixed.page().contains("<noscript><meta http-equiv=refresh content=60></noscript>"))
    }

    @Test("counts are of the other filters, so each leads to as many rows")
    func counts() {
        let html = Self.mixed.page([("project", "acme/shop"), ("state", "ok")]).between("<ul id=chips", "</ul>")
        #expect(
            html.matches(of: /<\/svg>(\w+) <b>(\d+)</).map { "\($0.1) \($0.2)" }
                == ["failing 1", "waived 1", "paused 1", "ok 2"])
        #expect(html.contains(#"<a href="./?project=acme/shop">all <b>5</b>"#))
        #expect(html.contains(#"<a href="./?state=ok&amp;project=acme/shop" aria-current=true>"#))
    }

    @Test("every link is relative, and its names cannot break out of it")
    func hostile() {
        let evil = #""><script>alert(1)</script>&x=1#y"#
        var addon = HealthReport.Addon.sample(evil, "failing", [evil], account: evil, project: evil)
        (addon.addonName, addon.type, addon.policy, addon.owner) = (evil, evil, evil, evil)
        (addon.since, addon.lastCompleted, addon.nextDue) = (evil, evil, evil)
        addon.tags = [evil]
        addon.notes = [evil]
        var report = HealthReport.sample([addon, .sample("b")])
        report.accounts = [
            .init(
                account: evil, reachable: false,
                error: .init(reason: evil, message: evil, since: "2027-01-15T07:00:00Z", remedy: evil), addons: 1)
        ]
        for query in [[], [("q", evil)], [("project", evil)], [("by", "owner")], [("state", evil)], [(evil, evil)]]
            as [[(name: String, value: String)]]
        {
            let html = report.page(query)
            #expect(!html.contains("<script>alert"))
            #expect(html.components("<script>") == 1)
            for target in html.targets {
                #expect(!target.contains("\"") && !target.contains("<") && !target.contains("#y"))
                #expect(
                    ["./", "addon?id=", "metrics", "api/", "-/", "#"].contains { target.hasPrefix($0) }, "\(target)")
            }
        }
        #expect(
            report.page().targets.contains(
                "addon?id=" + [evil, evil, evil].map(URLText.encoded).joined(separator: "/")))
    }

    @Test("a hundred rows a page, worst first, and links to the other pages")
    func paging() {
        let report = HealthReport.sample((0..<250).map { .sample("a\($0)", $0 < 3 ? "failing" : "ok") })
        let first = report.page()
        #expect(first.rows.count == 100)
        #expect(first.contains("<span>1 to 100 of 250</span><b aria-current=page>1</b><a href=\"./?page=2\">2</a>"))
        #expect(first.contains("<span class=mu>247</span> <small>97 on this page</small>"))
        let last = report.page([("page", "3"), ("q", "a")])
        #expect(last.rows.count == 50)
        #expect(last.contains("<a href=\"./?q=a&amp;page=2\">2</a><b aria-current=page>3</b></nav>"))
        #expect(report.page([("state", "bad")]).components("<nav class=pages") == 0)
    }

    @Test("groups stand with their worst database first")
    func groups() {
        let html = Self.mixed.page([("by", "project")])
        let titles = html.matches(of: /<section class=list><h2>(.*?)<\/h2>/).map { String($0.1) }
        #expect(
            titles == [
                #"<a href="./?project=acme/shop&amp;by=project">acme/shop</a> <small>5 databases: 1 failing, 1 waived, 1 paused, 2 ok</small>"#,
                #"<a href="./?project=acme/blog&amp;by=project">acme/blog</a> <small>1 database: 1 suspect</small>"#,
                #"<a href="./?project=labs/shop&amp;by=project">labs/shop</a> <small>1 database: 1 unknown</small>"#,
            ])
        #expect(html.rows.count == 7)
        #expect(Self.mixed.page([("by", "owner")]).contains("<h2>No owner <small>7 databases: "))
    }

    @Test("100 protected rows weigh less than 60 kB")
    func weight() {
        let report = HealthReport.sample((0..<1000).map { .full("customer-database-\($0)") })
        #expect(report.page().utf8.count < 60_000)
    }
}

extension String {
    func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}
