import Testing

@testable import Northflank

@Suite struct EndpointTests {
    private static let all: [(Endpoint, String)] = [
        (.projects, "projects"),
        (.addons(project: "shop"), "projects/shop/addons"),
        (.backups(project: "shop", addon: "orders-db"), "projects/shop/addons/orders-db/backups"),
    ]

    @Test("routes with and without a team", arguments: all)
    func routes(endpoint: Endpoint, path: String) {
        let base = "https://api.northflank.com"
        #expect(endpoint.url(base: base, team: nil, page: .first) == "\(base)/v1/\(path)?per_page=100")
        #expect(
            endpoint.url(base: base, team: "acme-team", page: .first)
                == "\(base)/v1/teams/acme-team/\(path)?per_page=100")
    }

    @Test("the token has no route for a team, and no pages", arguments: [nil, "acme-team"])
    func auth(team: String?) {
        let url = Endpoint.auth.url(base: "https://api.northflank.com", team: team, page: .first)
        #expect(url == "https://api.northflank.com/v1/auth")
    }

    @Test("the next page, by cursor and by number")
    func nextPage() {
        let url = "http://127.0.0.1:1/v1/projects?per_page=100"
        #expect(Endpoint.projects.url(base: "http://127.0.0.1:1", team: nil, page: .page(2)) == url + "&page=2")
        #expect(
            Endpoint.projects.url(base: "http://127.0.0.1:1", team: nil, page: .cursor("abc")) == url + "&cursor=abc")
    }

    @Test(
        "cursors may hold any character",
        arguments: [
            ("aZ09-._~", "aZ09-._~"), ("+/=&%", "%2B%2F%3D%26%25"), ("a b", "a%20b"), ("?#", "%3F%23"),
            ("%2B", "%252B"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"), ("\r\n\0", "%0D%0A%00"), ("\u{7F}", "%7F"),
            ("\u{F}", "%0F"), ("\u{10}", "%10"),
            ("eyJpZCI6MX0=", "eyJpZCI6MX0%3D"), ("", ""),
        ])
    func percentEncoding(cursor: String, encoded: String) {
        #expect(
            Endpoint.projects.url(base: "https://h", team: nil, page: .cursor(cursor))
                == "https://h/v1/projects?per_page=100&cursor=\(encoded)")
    }

    @Test("ids cannot leave their place in the path")
    func segments() {
        let endpoint = Endpoint.backups(project: "a/b?c", addon: "../d")
        #expect(
            endpoint.url(base: "https://h", team: "x/y", page: .first)
                == "https://h/v1/teams/x%2Fy/projects/a%2Fb%3Fc/addons/..%2Fd/backups?per_page=100")
    }

    @Test func labels() {
        #expect(
            EndpointName.allCases.map(\.rawValue) == ["projects", "addons", "backups", "schedules", "restores", "auth"])
        #expect(Self.all.map(\.0.name) == [.projects, .addons, .backups])
    }
}
