import Testing

@testable import Settings

/// Patterns and types of the discovery that match nothing.
struct FilterCheckTests {
    @Test(
        "a pattern can match an id, or none",
        arguments: [
            ("*", true), ("?", true), ("shop", true), ("shop-*", true), ("[abc]", true), ("[!abc]", true),
            ("db-[0-9]", true), ("[]a]", true), ("[!]a]", true), ("[[:digit:]]x", true), ("[a\\]b]", true),
            ("\\a", true), ("", false), ("[abc", false), ("[", false), ("[]", false), ("[]]", false), ("[!]", false),
            ("[/]", false), ("[a]/b", false), ("shop/db", false), ("shop db", false), ("shöp", false), ("a_b", false),
            ("a.b", false), ("abc]", false), ("\\*", false), ("\\", false), ("[[:alpha:]", false), ("[a\\", false),
            ("*_", false), (" shop", false),
        ])
    func canMatch(pattern: String, can: Bool) {
        #expect(GlobFilter(include: [pattern]).impossible.map(\.pattern) == (can ? [] : [pattern]))
        #expect(GlobFilter(exclude: [pattern]).impossible.map(\.key) == (can ? [] : ["exclude"]))
    }

    @Test("what can never match is said with its key")
    func impossible() {
        var discovery = DiscoveryConfiguration()
        #expect(discovery.impossible == [])
        discovery.projects.include = ["[abc", "shop*"]
        discovery.addons.exclude = ["shop/db"]
        discovery.types = ["postgresql", "postgres*"]
        #expect(
            discovery.impossible == [
                "discovery.projects.include \"[abc\" matches no id: \(Slug.rule)",
                "discovery.addons.exclude \"shop/db\" matches no id: \(Slug.rule)",
                "discovery.types \"postgres*\" matches no type: types are words such as postgresql, and no patterns",
            ])
    }

    @Test("check-config warns of them, while discovery is on")
    func report() {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.discovery.projects.include = ["[abc"]
        func warnings() -> [Substring] {
            CostReport.text(Configuration(accounts: [account]), source: "config.yml").split(separator: "\n")
                .filter { $0.contains("WARNING") }
        }
        #expect(warnings().isEmpty)
        account.discovery.enabled = true
        #expect(warnings() == ["  WARNING: discovery.projects.include \"[abc\" matches no id: \(Slug.rule)"])
    }

    @Test("what matches nothing of the lists is said with their length; nothing is said of an empty list")
    func unmatched() {
        var discovery = DiscoveryConfiguration()
        let projects = ["shop", "blog"]
        let addons = [(id: "db", type: "redis"), (id: "db", type: "mysql"), (id: "cache", type: "redis")]
        #expect(discovery.unmatched(projects: projects, addons: addons) == [])
        discovery.projects = GlobFilter(include: ["shop", "shops"], exclude: ["old-*"])
        discovery.addons = GlobFilter(include: ["d?", "d"], exclude: ["cache", "-"])
        discovery.types = ["redis", "postgresql"]
        #expect(
            discovery.unmatched(projects: projects, addons: addons) == [
                "discovery.projects.include \"shops\" matches 0 of 2",
                "discovery.projects.exclude \"old-*\" matches 0 of 2", "discovery.addons.include \"d\" matches 0 of 3",
                "discovery.addons.exclude \"-\" matches 0 of 3", "discovery.types \"postgresql\" matches 0 of 3",
            ])
        #expect(discovery.unmatched(projects: [String](), addons: []) == [])
    }
}
