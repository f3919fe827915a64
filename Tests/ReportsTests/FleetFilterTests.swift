import Backups
import Testing

@testable import Reports

struct FleetFilterTests {
    private static let report = FleetSample.report([
        FleetSample.never, FleetSample.gone, FleetSample.failing, FleetSample.paused, FleetSample.ok,
    ])

    private static func names(_ filter: FleetFilter) -> [String] {
        report.filtered(by: filter).addons.map(\.addon)
    }

    @Test(
        "arguments are states, patterns or texts",
        arguments: [
            (["failing"], ["invoices-db"]), (["never", "gone"], ["sandbox-db", "billing-archive"]),
            (["bad"], ["sandbox-db", "billing-archive", "invoices-db"]), (["ok", "shop/*"], ["orders-db"]),
            (["billing/*"], ["billing-archive", "invoices-db"]), (["billing/"], ["billing-archive", "invoices-db"]),
            (["acme/billing/inv*"], ["invoices-db"]), (["billing/invoices-d?"], ["invoices-db"]),
            (["billing/invoices-db"], ["invoices-db"]), (["billing/invoices"], []), (["other/billing/*"], []),
            (["*-db"], ["sandbox-db", "invoices-db", "orders-db"]), (["INVOICES"], ["invoices-db"]),
            (["shop", "carts"], ["carts"]), (["mongo"], ["sandbox-db"]), (["critical"], ["invoices-db"]),
            (["shop/*", "staging/*"], ["sandbox-db", "carts", "orders-db"]),
        ] as [([String], [String])])
    func arguments(_ arguments: [String], _ expected: [String]) {
        #expect(Self.names(FleetFilter(arguments: arguments)) == expected)
    }

    @Test(
        "query parameters choose the same",
        arguments: [
            ([("state", "failing,ok")], ["invoices-db", "orders-db"]), ([("state", "")], nil),
            ([("state", "bad"), ("q", "billing db")], ["invoices-db"]),
            ([("project", "shop")], ["carts", "orders-db"]),
            ([("project", "acme/shop"), ("policy", "gold")], ["orders-db"]), ([("account", "acme")], nil),
            ([("q", "billing/inv")], ["invoices-db"]), ([("q", "shop/c*")], ["carts"]),
        ] as [([(String, String)], [String]?)])
    func query(_ query: [(String, String)], _ expected: [String]?) throws {
        let filter = try FleetFilter(query: query.map { (name: $0.0, value: $0.1) })
        #expect(Self.names(filter) == expected ?? Self.report.addons.map(\.addon))
    }

    @Test(
        "what is wrong with a query is said",
        arguments: [
            (
                [("state", "ok,failed")],
                "no state is called failed; the states are never, gone, failing, stuck, late, suspect, unprotected, "
                    + "unknown, waived, paused, ok, and bad for never to unprotected"
            ),
            ([("project", "shop"), ("project", "web")], "project is given 2 times; give it once"),
            ([("page", "0")], "page=0 is no page; give a number from 1"),
            ([("page", "2")], "there is no page 2; the last one is 1"),
            ([("by", "size")], "by=size is not known; known are state, account, project, policy, owner"),
            ([("project", "shp")], "no database is in project shp (nearest project: shop)"),
            ([("project", "acme/shp")], "no database is in project acme/shp (nearest project: acme/shop)"),
            ([("account", "acm")], "no database is in account acm (nearest account: acme)"),
            ([("policy", "silver")], "no database is in policy silver (nearest policy: gold)"),
        ] as [([(String, String)], String)])
    func problems(_ query: [(String, String)], _ expected: String) {
        #expect(throws: FleetFilter.Problem(description: expected)) {
            try Self.report.answer(FleetQuery(query: query.map { (name: $0.0, value: $0.1) }))
        }
    }

    @Test("while no addon is known, no name is unknown")
    func unknownNames() throws {
        let query = try FleetQuery(query: [("project", "shop")])
        #expect(try FleetSample.report([]).answer(query).addons == [])
    }

    @Test("a filter says what it chooses, and of how many")
    func text() {
        let filter = FleetFilter(arguments: ["late", "shop/*", "failing", "db"], project: "shop", policy: "gold")
        #expect(filter.text == "failing late shop/* db project shop policy gold")
        #expect(FleetFilter(arguments: ["bad"]).text == "bad")
        let filtered = Self.report.filtered(by: FleetFilter(arguments: ["gone"]))
        #expect(filtered.filter == .init(text: "gone", of: 5))
        #expect(Self.report.filtered(by: FleetFilter()) == Self.report)
    }

    @Test("a pattern that matches nothing names the nearest project, if its own does not exist")
    func noMatch() {
        func text(_ argument: String) -> String { FleetFilter(arguments: [argument]).noMatch(in: Self.report) }
        #expect(text("shp/*") == "no database matches shp/* (nearest project: shop)")
        #expect(text("shop/x") == "no database matches shop/x")
        #expect(text("orders-bd") == "no database matches orders-bd")
    }

    @Test("a page has a hundred addons; counts and the headline are of all")
    func pages() throws {
        let report = FleetSample.report(FleetSample.addons(["late": 101, "ok": 150]))
        #expect(report.pages == 3)
        let page = try report.answer(FleetQuery(query: [("page", "3")]))
        #expect(page.addonsOfPage.count == 51)
        #expect(page.headline == "101 of 251 databases are not protected as decided.")
        let read = try HealthReport(json: page.json)
        #expect((read.page, read.addons.count) == (.init(number: 3, of: 3), 51))
        #expect(String(decoding: page.json, as: UTF8.self).contains(#""late" : 101"#))
    }
}
