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
        #expect(discovery.wants(project: "p", addon: "a", type: "unknown"))
        discovery.projects.exclude = ["sandbox-*"]
        discovery.addons.include = ["*-db"]
        discovery.types = ["postgresql"]
        #expect(discovery.wants(project: "shop", addon: "orders-db", type: "postgresql"))
        #expect(!discovery.wants(project: "sandbox-1", addon: "orders-db", type: "postgresql"))
        #expect(!discovery.wants(project: "shop", addon: "cache", type: "postgresql"))
        #expect(!discovery.wants(project: "shop", addon: "orders-db", type: "redis"))
    }
}
