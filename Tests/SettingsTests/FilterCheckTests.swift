import Backups
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
        #expect(GlobFilter.canMatch(pattern) == can)
    }

    @Test(
        "a pattern of a tag can have any characters",
        arguments: [
            ("*", true), ("tier-1", true), ("key=value", true), ("[/]", true), ("\\*", true), ("é", true), ("", false),
            ("[", false), ("[a", false), ("a\\", false),
        ])
    func canMatchTag(pattern: String, can: Bool) {
        #expect(GlobFilter.canMatch(pattern, characters: nil) == can)
    }

    @Test("what matches nothing of the lists is said with their length; nothing is said of an empty list")
    func unmatched() {
        var discovery = DiscoveryConfiguration()
        let projects = ["shop", "blog"]
        let addons = [
            ListedAddon(project: "shop", id: "db", type: "redis", tags: ["a"]),
            ListedAddon(project: "blog", id: "db", type: "mysql"),
            ListedAddon(project: "blog", id: "cache", type: "redis"),
        ]
        #expect(discovery.unmatched(projects: projects, addons: addons) == [])
        discovery.projects = GlobFilter(include: ["shop", "shops"], exclude: ["old-*"])
        discovery.addons = GlobFilter(include: ["d?", "d"], exclude: ["cache", "-", "blog/db", "shop/cache"])
        discovery.types = ["redis", "postgresql"]
        discovery.tags = GlobFilter(include: ["*", "a", "b"], exclude: ["?", "ab"])
        #expect(
            discovery.unmatched(projects: projects, addons: addons) == [
                "discovery.projects.include \"shops\" matches 0 of 2",
                "discovery.projects.exclude \"old-*\" matches 0 of 2", "discovery.addons.include \"d\" matches 0 of 3",
                "discovery.addons.exclude \"-\" matches 0 of 3",
                "discovery.addons.exclude \"shop/cache\" matches 0 of 3",
                "discovery.types \"postgresql\" matches 0 of 3", "discovery.tags.include \"b\" matches 0 of 3",
                "discovery.tags.exclude \"ab\" matches 0 of 3",
            ])
        #expect(discovery.unmatched(projects: [String](), addons: []) == [])
    }
}
