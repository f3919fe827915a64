extension GlobFilter {
    /// The patterns of a filter that match nothing, with their key, such as `include`.
    fileprivate func unmatched(_ matches: (String) -> Bool) -> [(key: String, pattern: String)] {
        keyed.filter { !matches($0.pattern) }
    }

    private var keyed: [(key: String, pattern: String)] {
        include.map { ("include", $0) } + exclude.map { ("exclude", $0) }
    }

    /// Whether a pattern matches any name of these characters.
    ///
    /// - Parameter characters: nil for any characters.
    static func canMatch(_ pattern: String, characters: String? = Slug.characters) -> Bool {
        func isAllowed(_ character: Character) -> Bool { characters?.contains(character) ?? true }
        guard !pattern.isEmpty else { return false }
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case "*", "?": continue
            case "[":
                guard let end = endOfBrackets(rest) else { return false }
                let brackets = "[\(rest[..<end])]"
                guard characters?.contains(where: { glob(brackets, String($0)) }) ?? true else { return false }
                rest = rest[rest.index(after: end)...]
            case "\\":
                guard let escaped = rest.popFirst(), isAllowed(escaped) else { return false }
            default: guard isAllowed(character) else { return false }
            }
        }
        return true
    }

    /// The bracket that closes the brackets of which this is the rest; nil if none does.
    private static func endOfBrackets(_ rest: Substring) -> Substring.Index? {
        var index = rest.startIndex
        if index < rest.endIndex, "!^".contains(rest[index]) { index = rest.index(after: index) }
        // The first character stands for itself, even if it is a closing bracket.
        var isFirst = true
        while index < rest.endIndex {
            if rest[index] == "]", !isFirst { return index }
            if rest[index...].hasPrefix("[:"), let end = rest[index...].firstRange(of: ":]") {
                index = end.upperBound
            } else {
                if rest[index] == "\\" { index = rest.index(after: index) }
                if index < rest.endIndex { index = rest.index(after: index) }
            }
            isFirst = false
        }
        return nil
    }
}

/// An addon of the lists, as filters and policies see it.
package struct ListedAddon: Sendable {
    package var project: String
    package var id: String
    package var type: String
    package var tags: [String]

    package init(project: String, id: String, type: String, tags: [String] = []) {
        self.project = project
        self.id = id
        self.type = type
        self.tags = tags
    }
}

extension DiscoveryConfiguration {
    /// Patterns and types that match none of what the lists have, in words. Nothing is said of an empty list.
    package func unmatched(projects ids: some Collection<String>, addons found: [ListedAddon]) -> [String] {
        func texts(_ key: String, _ filter: GlobFilter, of count: Int, _ matches: (String) -> Bool) -> [String] {
            if count == 0 { return [] }
            return filter.unmatched(matches).map {
                "discovery.\(key).\($0.key) \"\($0.pattern)\" matches 0 of \(count)"
            }
        }
        let known = Set(found.map(\.type))
        let unknown = found.isEmpty ? [] : (types ?? []).filter { !known.contains($0) }
        return texts("projects", projects, of: ids.count) { pattern in ids.contains { GlobFilter.glob(pattern, $0) } }
            + texts("addons", addons, of: found.count) { pattern in
                found.contains { GlobFilter.glob(pattern, project: $0.project, addon: $0.id) }
            }
            + unknown.map { "discovery.types \"\($0)\" matches 0 of \(found.count)" }
            + texts("tags", tags, of: found.count) { pattern in
                pattern == "*" || found.contains { $0.tags.contains { GlobFilter.glob(pattern, $0) } }
            }
    }
}
