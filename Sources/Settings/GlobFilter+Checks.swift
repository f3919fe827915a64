extension GlobFilter {
    /// The patterns of a filter that match none of the names, with their key, such as `include`.
    package func unmatched(by names: some Collection<String>) -> [(key: String, pattern: String)] {
        keyed.filter { entry in !names.contains { Self.glob(entry.pattern, $0) } }
    }

    /// The patterns of a filter that match no id at all.
    var impossible: [(key: String, pattern: String)] { keyed.filter { !Self.canMatch($0.pattern) } }

    private var keyed: [(key: String, pattern: String)] {
        include.map { ("include", $0) } + exclude.map { ("exclude", $0) }
    }

    /// Whether a pattern matches any id.
    private static func canMatch(_ pattern: String) -> Bool {
        guard !pattern.isEmpty else { return false }
        var rest = pattern[...]
        while let character = rest.popFirst() {
            switch character {
            case "*", "?": continue
            case "[":
                guard let end = endOfBrackets(rest) else { return false }
                let brackets = "[\(rest[..<end])]"
                guard Slug.characters.contains(where: { glob(brackets, String($0)) }) else { return false }
                rest = rest[rest.index(after: end)...]
            case "\\":
                guard let escaped = rest.popFirst(), Slug.isValid(String(escaped)) else { return false }
            default: guard Slug.isValid(String(character)) else { return false }
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

extension DiscoveryConfiguration {
    /// Patterns and types that match nothing whatever there is, in words.
    var impossible: [String] {
        let patterns =
            projects.impossible.map { "projects.\($0.key) \"\($0.pattern)\"" }
            + addons.impossible.map { "addons.\($0.key) \"\($0.pattern)\"" }
        return patterns.map { "discovery.\($0) matches no id: \(Slug.rule)" }
            + (types ?? []).filter { !Slug.isValid($0) }.map {
                "discovery.types \"\($0)\" matches no type: types are words such as postgresql, and no patterns"
            }
    }

    /// Patterns and types that match none of what the lists have, in words. Nothing is said of an empty list.
    ///
    /// - Parameter found: the types by addon id, for each project.
    package func unmatched(projects ids: some Collection<String>, addons found: [(id: String, type: String)])
        -> [String]
    {
        func texts(_ key: String, _ filter: GlobFilter, _ names: some Collection<String>) -> [String] {
            guard !names.isEmpty else { return [] }
            return filter.unmatched(by: names).map {
                "discovery.\(key).\($0.key) \"\($0.pattern)\" matches 0 of \(names.count)"
            }
        }
        let known = Set(found.map(\.type))
        let unknown = found.isEmpty ? [] : (types ?? []).filter { !known.contains($0) }
        return texts("projects", projects, ids) + texts("addons", addons, found.map(\.id))
            + unknown.map { "discovery.types \"\($0)\" matches 0 of \(found.count)" }
    }
}
