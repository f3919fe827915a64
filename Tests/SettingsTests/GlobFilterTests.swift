import Testing

@testable import Settings

@Suite struct GlobFilterTests {
    @Test(
        "shell patterns match whole names",
        arguments: [
            ("*", "", true), ("*", "anything", true), ("shop", "shop", true), ("shop", "shop2", false),
            ("shop*", "shop-2", true), ("*-db", "orders-db", true), ("*-db", "orders-db-2", false),
            ("s?op", "shop", true),
            ("s?op", "sop", false), ("db-[0-9]", "db-7", true), ("db-[!0-9]", "db-7", false), ("SHOP", "shop", false),
            ("*a*b*", "xaxbx", true), ("", "", true), ("", "a", false), ("[", "[", true), ("a.b", "axb", false),
            ("\\*", "*", true), ("\\*", "a", false),
        ])
    func patterns(pattern: String, name: String, matches: Bool) {
        #expect(GlobFilter(include: [pattern]).matches(name) == matches)
        #expect(GlobFilter(exclude: [pattern]).matches(name) == !matches)
    }

    @Test("one of the included and none of the excluded")
    func combination() {
        let filter = GlobFilter(include: ["shop*", "blog"], exclude: ["*-test", "shop-old"])
        #expect(["shop", "shop-2", "blog"].allSatisfy(filter.matches))
        #expect(!["shop-test", "shop-old", "blog-2", "other"].contains(where: filter.matches))
        #expect(GlobFilter().matches("anything"))
        #expect(!GlobFilter(include: []).matches("anything"))
    }

    @Test("discovery wants an addon by project, name and type")
    func discovery() {
        var discovery = DiscoveryConfiguration()
        #expect(discovery.wants(project: "p", addon: "a", type: "unknown", tags: []))
        discovery.projects.exclude = ["sandbox-*"]
        discovery.addons.include = ["*-db"]
        discovery.types = ["postgresql"]
        #expect(discovery.wants(project: "shop", addon: "orders-db", type: "postgresql", tags: []))
        #expect(!discovery.wants(project: "sandbox-1", addon: "orders-db", type: "postgresql", tags: []))
        #expect(!discovery.wants(project: "shop", addon: "cache", type: "postgresql", tags: []))
        #expect(!discovery.wants(project: "shop", addon: "orders-db", type: "redis", tags: []))
    }

    @Test("project/addon excludes an addon of one project only")
    func projectAndAddon() {
        var discovery = DiscoveryConfiguration()
        func wants(_ project: String, _ addon: String) -> Bool {
            discovery.wants(project: project, addon: addon, type: "redis", tags: [])
        }
        discovery.addons.exclude = ["shop/postgres"]
        #expect(!wants("shop", "postgres"))
        #expect(wants("blog", "postgres"))
        #expect(wants("shop", "postgres-2"))
        discovery.addons = GlobFilter(include: ["shop-*/db-?", "redis"])
        #expect(wants("shop-eu", "db-1"))
        #expect(!wants("shop-eu", "db-10"))
        #expect(!wants("shop", "db-1"))
        #expect(wants("any", "redis"))
    }

    @Test(
        "tags: one of the included and none of the excluded; an addon without tags is included by * alone",
        arguments: [
            (["*"], [], [], true), (["*"], ["a"], [], true), (["*"], ["a"], ["a"], false),
            (["*"], ["a*"], ["b", "ab"], false), (["a"], [], [], false), (["a"], [], ["b"], false),
            (["a"], [], ["b", "a"], true), (["a", "b?"], [], ["bc"], true), (["a"], ["b"], ["a", "b"], false),
            (["?*"], [], [], false), ([], [], ["a"], false),
        ] as [([String], [String], [String], Bool)])
    func tags(include: [String], exclude: [String], tags: [String], wants: Bool) {
        var discovery = DiscoveryConfiguration()
        discovery.tags = GlobFilter(include: include, exclude: exclude)
        #expect(discovery.wants(project: "p", addon: "a", type: "redis", tags: tags) == wants)
    }
}
