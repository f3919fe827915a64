import Glibc

/// Chooses names by shell patterns: at least one of `include` and none of `exclude` must match.
package struct GlobFilter: Equatable, Sendable {
    package var include: [String]
    package var exclude: [String]

    package init(include: [String] = ["*"], exclude: [String] = []) {
        self.include = include
        self.exclude = exclude
    }

    package func matches(_ name: String) -> Bool {
        include.contains { Self.glob($0, name) } && !exclude.contains { Self.glob($0, name) }
    }

    /// Whether an addon is chosen, by patterns of ids and of `project/addon`.
    func matches(project: String, addon: String) -> Bool {
        include.contains { Self.glob($0, project: project, addon: addon) }
            && !exclude.contains { Self.glob($0, project: project, addon: addon) }
    }

    /// Whether an addon with these tags is chosen. An addon without tags is like one with a tag that only `*` matches.
    func matches(tags: [String]) -> Bool {
        include.contains { pattern in pattern == "*" || tags.contains { Self.glob(pattern, $0) } }
            && !exclude.contains { pattern in tags.contains { Self.glob(pattern, $0) } }
    }

    /// Whether a pattern of an id, or of `project/addon`, matches an addon.
    static func glob(_ pattern: String, project: String, addon: String) -> Bool {
        guard let slash = pattern.utf8.firstIndex(of: UInt8(ascii: "/")) else { return glob(pattern, addon) }
        return glob(String(pattern[..<slash]), project)
            && glob(String(pattern[pattern.index(after: slash)...]), addon)
    }

    package static func glob(_ pattern: String, _ name: String) -> Bool {
        unsafe fnmatch(pattern, name, 0) == 0
    }
}
