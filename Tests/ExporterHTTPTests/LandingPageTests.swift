import Backups
import Fleet
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ExporterHTTP
@testable import Reports

struct LandingPageTests {
    private static func html(
        _ addons: [HealthReport.Addon] = [], version: String = "1", telemetryPath: String = "/metrics"
    ) -> String {
        LandingPage.html(.sample(addons), version: version, telemetryPath: telemetryPath)
    }

    private static func rows(_ html: String) -> [Substring] {
        html.split(separator: "\n").filter { $0.hasPrefix("<tr>") }
    }

    @Test("links to every page")
    func links() async throws {
        let response = try await Served().ask(.get, "/")
        #expect(response.headers[.contentType] == "text/html; charset=utf-8")
        for (path, text) in [
            ("/metrics", "metrics"), ("/api/health", "this table as JSON"), ("/-/healthy", "healthy"),
            ("/-/ready", "ready"),
        ] {
            #expect(response.text.contains("<a href=\"\(path)\">\(text)</a>"))
        }
        #expect(response.text.contains("version \(BuildInfo.version) · as of 2027-01-15T08:00:00Z ·"))
        #expect(response.text.hasPrefix("<!DOCTYPE html>\n"))
        #expect(response.text.hasSuffix("</html>\n"))
    }

    @Test("an addon is a row: state, names, reasons, and times without letters")
    func row() {
        var addon = HealthReport.Addon.sample("orders-db", "late", ["first", "second"])
        addon.lastCompleted = "2027-01-14T00:10:05Z"
        addon.nextDue = "2027-01-16T00:00:00Z"
        #expect(
            Self.rows(Self.html([addon])) == [
                #"<tr><td class="state bad">late</td>"#
                    + #"<td>Name of orders-db <span class="muted">postgresql<br>acme/shop/orders-db</span></td>"#
                    + "<td>first<br>second</td><td>2027-01-14 00:10:05</td><td>2027-01-16 00:00:00</td></tr>"
            ])
        #expect(Self.rows(Self.html([.sample()]))[0].hasSuffix("<td></td><td>–</td><td>–</td></tr>"))
    }

    @Test(
        "each state has its CSS class",
        arguments: [
            ("never", "bad"), ("gone", "bad"), ("failing", "bad"), ("stuck", "bad"), ("late", "bad"),
            ("suspect", "odd"),
            ("unprotected", "odd"), ("unknown", "odd"), ("paused", "fine"), ("ok", "fine"),
        ])
    func looks(state: String, look: String) {
        #expect(HealthState(rawValue: state) != nil)
        #expect(Self.html([.sample("a", state)]).contains(#"<td class="state \#(look)">\#(state)</td>"#))
    }

    @Test("counts by state, the worst first")
    func counts() {
        let html = Self.html([
            .sample("a", "failing"), .sample("b", "late"), .sample("c", "ok"), .sample("d", "ok"),
        ])
        #expect(
            html.contains(
                #"<p>4 addons: <span class="bad">1 failing</span>, <span class="bad">1 late</span>, "#
                    + #"<span class="fine">2 ok</span></p>"#))
        #expect(Self.rows(html).count == 4)
    }

    @Test("notes stand below the findings")
    func notes() {
        var addon = HealthReport.Addon.sample("orders-db", "gone", ["first"])
        addon.notes = ["a <b>", "c"]
        #expect(
            Self.html([addon]).contains(
                #"<td>first<br><span class="muted">a &lt;b&gt;</span><br><span class="muted">c</span></td>"#))
    }

    @Test("a banner for each error, finding and note of an account, with or without addons", arguments: [false, true])
    func banners(hasAddons: Bool) {
        var report = HealthReport.sample(hasAddons ? [.sample()] : [])
        let error = HealthReport.Problem(
            reason: "unavailable", status: 503, message: "HTTP <503>", since: "2027-01-15T07:35:00Z", remedy: "wait")
        report.accounts = [
            .init(account: "a&b", reachable: false, error: error, addons: 2),
            .init(account: "fine", reachable: true, addons: 2),
            .init(
                account: "zone", reachable: true, addons: 2,
                findings: [.init(kind: "time-zone", since: "", text: "a < b")], notes: ["c"]),
            .init(account: "odd", reachable: true, error: error, addons: 2),
        ]
        let html = LandingPage.html(report, version: "1", telemetryPath: "/metrics")
        #expect(
            html.split(separator: "\n").filter { $0.contains("banner ") && $0.hasPrefix("<p") } == [
                #"<p class="banner bad"><strong>a&amp;b</strong>: HTTP &lt;503&gt; since 07:35 UTC (25m). "#
                    + "2 addons cannot be checked. Wait.</p>",
                #"<p class="banner odd"><strong>zone</strong>: a &lt; b</p>"#,
                #"<p class="banner muted"><strong>zone</strong>: c</p>"#,
                #"<p class="banner odd"><strong>odd</strong>: HTTP &lt;503&gt; since 07:35 UTC (25m). Wait.</p>"#,
            ])
        #expect(!Self.html().contains("<p class=\"banner"))
    }

    @Test("no addons, no table")
    func empty() {
        #expect(Self.html().contains("<p>No addons are known yet.</p>"))
        #expect(!Self.html().contains("<table"))
    }

    @Test("the first 500 addons are shown, with the number of the others", arguments: [500, 501, 2000])
    func many(count: Int) {
        let html = Self.html((0..<count).map { .sample("a\($0)") })
        #expect(Self.rows(html).count == 500)
        #expect(Self.rows(html).last?.contains("acme/shop/a499<") == true)
        #expect(html.contains("<p>\(count) addons: "))
        #expect(html.contains("and \(count - 500) more that are no worse") == (count > 500))
    }

    @Test("configured texts and names from outside cannot break out of the page")
    func escaping() {
        let evil = #"<script>alert("x")</script>&"#
        let harmless = "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;"
        let plain = HealthReport.Addon.sample()
        var addon = HealthReport.Addon.sample(evil, evil, [evil])
        (addon.account, addon.project, addon.projectName, addon.addonName) = (evil, evil, evil, evil)
        (addon.type, addon.lastCompleted, addon.nextDue, addon.lastObserved) = (evil, evil, evil, evil)
        let html = Self.html([addon, plain], version: evil, telemetryPath: evil)
        #expect(!html.contains("<script"))
        #expect(!html.contains("alert(\""))
        // Name, type, three ids, state, reason and two times; version and path.
        #expect(html.split(separator: harmless, omittingEmptySubsequences: false).count - 1 == 11)
        #expect(html.contains("<a href=\"\(harmless)\">metrics</a>"))
    }

    @Test("every element that is opened is closed", arguments: [0, 1, 600])
    func elements(count: Int) {
        let html = Self.html((0..<count).map { .sample("a\($0)", "late", ["one", "two"]) })
        var open: [Substring] = []
        for tag in html.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) where tag.2 != "meta" && tag.2 != "br" {
            if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2) }
        }
        #expect(open.isEmpty)
    }
}
