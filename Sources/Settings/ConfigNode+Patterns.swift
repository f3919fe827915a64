import YAMLDocument

/// What patterns of names are for.
enum PatternKind {
    case projects, addons, types, tags
}

extension ConfigNode {
    /// Patterns, at least one, of which each can match something.
    func patterns(_ kind: PatternKind) -> [String]? {
        if case .list(let nodes) = node.content, nodes.isEmpty {
            report("expected at least one \(kind == .types ? "type" : "pattern"); leave the key out for all")
        }
        return checkedPatterns(kind)
    }

    /// Patterns of which each can match something; reports the others, which would be mistakes that show nowhere.
    func checkedPatterns(_ kind: PatternKind) -> [String]? {
        list().map { nodes in
            nodes.compactMap { node in
                guard let pattern = node.string() else { return nil }
                if let problem = kind.problem(pattern) { node.report("\"\(pattern)\" \(problem)") }
                return pattern
            }
        }
    }
}

extension PatternKind {
    /// Why a pattern can match nothing, in words; nil if it can.
    fileprivate func problem(_ pattern: String) -> String? {
        switch self {
        case .projects: GlobFilter.canMatch(pattern) ? nil : "matches no id: \(Slug.rule)"
        case .addons:
            pattern.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
                .allSatisfy { GlobFilter.canMatch(String($0)) }
                ? nil : "matches no addon and no project/addon: \(Slug.rule)"
        case .types:
            Slug.isValid(pattern) ? nil : "matches no type: types are words such as postgresql, and no patterns"
        case .tags:
            GlobFilter.canMatch(pattern, characters: nil)
                ? nil : "matches no tag: its brackets or its last \\ are not closed"
        }
    }
}
