/// Identifies one addon: the configured account, and the API's slugs of project and addon.
package struct AddonKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    package let account: String
    package let project: String
    package let addon: String

    package init(account: String, project: String, addon: String) {
        self.account = account
        self.project = project
        self.addon = addon
    }

    package static func < (lhs: AddonKey, rhs: AddonKey) -> Bool {
        (lhs.account, lhs.project, lhs.addon) < (rhs.account, rhs.project, rhs.addon)
    }

    package var description: String { "\(account)/\(project)/\(addon)" }
}
