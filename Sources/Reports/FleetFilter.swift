package import Backups
import Settings

/// A choice of addons, made from query parameters or from arguments of the command line. Several values of one kind are
/// alternatives; an addon must match every kind that is given.
package struct FleetFilter: Equatable, Sendable {
    /// Empty for every state.
    package var states: Set<HealthState> = []
    package var account: String?
    /// An id, or `ACCOUNT/PROJECT`.
    package var project: String?
    package var policy: String?
    /// Parts of the path, of a name, of the type or of a tag; all of them must be found, in any case of letters.
    package var words: [String] = []
    /// Shell patterns of `PROJECT/ADDON` or `ACCOUNT/PROJECT/ADDON`.
    package var patterns: [String] = []

    package init() {}

    /// The states of an addon that is not protected as decided.
    package static let bad = Set(HealthState.allCases.filter { $0 < .unknown })

    /// Whether every addon matches.
    package var isEmpty: Bool { self == FleetFilter() }

    package func matches(_ addon: HealthReport.Addon) -> Bool {
        (states.isEmpty || HealthState.named(addon.state).map(states.contains) ?? false)
            && (account == nil || account == addon.account)
            && (project == nil || project == addon.project || project == "\(addon.account)/\(addon.project)")
            && (policy == nil || policy == addon.policy)
            && (patterns.isEmpty || patterns.contains { Self.matches($0, addon) })
            && (words.isEmpty || matchesWords(addon))
    }

    private static func matches(_ pattern: String, _ addon: HealthReport.Addon) -> Bool {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let ids = [addon.account, addon.project, addon.addon].suffix(parts.count)
        return parts.count == ids.count && zip(parts, ids).allSatisfy { GlobFilter.glob($0, $1) }
    }

    private func matchesWords(_ addon: HealthReport.Addon) -> Bool {
        let texts = [addon.path, addon.projectName, addon.addonName, addon.type] + (addon.tags ?? [])
        let all = texts.joined(separator: "\n").lowercased()
        return words.allSatisfy { all.contains($0.lowercased()) }
    }

    /// What is chosen, in words, such as `failing shop/* policy gold`.
    package var text: String {
        let names = states == Self.bad ? ["bad"] : HealthState.allCases.filter(states.contains).map(\.rawValue)
        let named = [("account", account), ("project", project), ("policy", policy)]
            .compactMap { name, value in value.map { "\(name) \($0)" } }
        return (names + patterns + words + named).joined(separator: " ")
    }
}

extension HealthReport.Addon {
    /// Account, project and addon, as `explain` takes them.
    package var path: String { "\(account)/\(project)/\(addon)" }
}
