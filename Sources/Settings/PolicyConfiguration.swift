package import Backups

/// A key of a policy that decides something about an addon.
package enum PolicyKey: String, CaseIterable, Sendable {
    case owner, grace, require, waive, windows
    case maxAge = "max_age"
    case minBackups = "min_backups"
    case minSpan = "min_span"
    case restoreEvery = "restore_every"
    case onGone = "on_gone"
}

/// One of an account's policies: demands on the backups of the addons that it matches.
package struct PolicyConfiguration: Equatable, Sendable {
    /// The value of the label `policy`; several policies can share a name.
    package var name: String?
    package var match = PolicyMatch()
    /// The values of the keys that have a source.
    package var decisions = Decisions()
    /// Where the policy stands.
    package var source: DecisionSource
    /// The keys that the policy decides, with the lines of their values.
    package var sources: [PolicyKey: DecisionSource] = [:]

    package init(source: DecisionSource) { self.source = source }

    /// The name for messages: the key of a policy without a name.
    package var title: String { name ?? source.key.split(separator: ".").last.map(String.init) ?? source.key }
}

/// The addons of a policy: those that each key which is not nil matches.
package struct PolicyMatch: Equatable, Sendable {
    /// Patterns of ids of projects.
    package var projects: [String]?
    /// Patterns of ids of addons, or of `project/addon`.
    package var addons: [String]?
    /// Types, such as `postgresql`.
    package var types: [String]?
    /// Patterns of tags; one of them has to match one of the addon's tags.
    package var tags: [String]?

    package init() {}

    package func matches(_ key: AddonKey, type: String, tags own: [String]) -> Bool {
        matches(key) && types?.contains(type) ?? true
            && tags?.contains { pattern in own.contains { GlobFilter.glob(pattern, $0) } } ?? true
    }

    /// Whether the ids of an addon match.
    func matches(_ key: AddonKey) -> Bool {
        projects?.contains { GlobFilter.glob($0, key.project) } ?? true
            && addons?.contains { GlobFilter.glob($0, project: key.project, addon: key.addon) } ?? true
    }
}

extension Decisions {
    /// Takes over the value of one key.
    mutating func take(_ key: PolicyKey, of other: Decisions) {
        switch key {
        case .owner: owner = other.owner
        case .grace: grace = other.grace
        case .require: required = other.required
        case .waive: waiver = other.waiver
        case .windows: windows = other.windows
        case .maxAge: maxAge = other.maxAge
        case .minBackups: minBackups = other.minBackups
        case .minSpan: minSpan = other.minSpan
        case .restoreEvery: restoreEvery = other.restoreEvery
        case .onGone: onGone = other.onGone
        }
    }
}
