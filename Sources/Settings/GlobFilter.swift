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

    static func glob(_ pattern: String, _ name: String) -> Bool {
        unsafe fnmatch(pattern, name, 0) == 0
    }
}
