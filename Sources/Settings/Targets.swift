package import Backups

/// An addon of an account by the API's slugs.
package struct Target: Hashable, Sendable {
    package var project: String
    package var addon: String
    /// Nil for the account's value.
    package var maxAge: Duration?
    /// Nil for the account's value.
    package var grace: Duration?
    /// Nil for the account's value.
    package var sizesSince: Timestamp?
    /// Where the addon stands, such as `config.yml:14`; nil without a file.
    package var place: String?
    /// Where the addon's own objectives stand.
    package var sources: [PolicyKey: DecisionSource] = [:]

    package init(
        project: String, addon: String, maxAge: Duration? = nil, grace: Duration? = nil, sizesSince: Timestamp? = nil
    ) {
        self.project = project
        self.addon = addon
        self.maxAge = maxAge
        self.grace = grace
        self.sizesSince = sizesSince
    }
}

/// Explicit addons that are found by their ids: each judgement of an addon looks for its own entry.
struct Targets: Equatable, Sendable {
    let list: [Target]
    /// Indices by project and addon.
    private var indices: [String: [String: Int]] = [:]

    init(_ list: [Target] = []) {
        self.list = list
        // The first of several entries counts.
        for (index, target) in list.enumerated().reversed() {
            indices[target.project, default: [:]][target.addon] = index
        }
    }

    subscript(key: AddonKey) -> Target? { indices[key.project]?[key.addon].map { list[$0] } }
}

extension AddonKey {
    package init(account: String, _ target: Target) {
        self.init(account: account, project: target.project, addon: target.addon)
    }
}
