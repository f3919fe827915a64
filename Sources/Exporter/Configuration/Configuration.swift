/// All that the exporter is told: which accounts, which addons, how often.
package struct Configuration: Equatable, Sendable {
    package var accounts: [AccountConfiguration]
    package var poll = PollConfiguration()

    package init(accounts: [AccountConfiguration], poll: PollConfiguration = PollConfiguration()) {
        self.accounts = accounts
        self.poll = poll
    }
}

/// One Northflank account, with a token and a rate limit of its own.
package struct AccountConfiguration: Equatable, Sendable {
    package static let defaultName = "default"
    package static let defaultBaseURL = "https://api.northflank.com"

    /// The value of the label `account`.
    package var name = Self.defaultName
    /// Without a slash at the end.
    package var baseURL = Self.defaultBaseURL
    package var token: TokenReference
    package var team: String?
    /// A PEM file with the authorities to trust instead of the system's.
    package var caFile: String?
    /// Allows plain HTTP to hosts other than this one.
    package var insecureHTTP = false
    /// Explicit targets.
    package var addons: [Target] = []
    package var discovery = DiscoveryConfiguration()

    package init(token: TokenReference) { self.token = token }
}

/// Where a token is found; never the token itself.
package enum TokenReference: Equatable, Sendable, CustomStringConvertible {
    case file(String)
    /// The name of an environment variable.
    case environment(String)

    package var description: String {
        switch self {
        case .file(let path): "file \(path)"
        case .environment(let name): "environment variable \(name)"
        }
    }
}

/// An addon of an account by the API's slugs.
package struct Target: Hashable, Sendable {
    package var project: String
    package var addon: String

    package init(project: String, addon: String) {
        self.project = project
        self.addon = addon
    }
}

package struct DiscoveryConfiguration: Equatable, Sendable {
    package var enabled = false
    /// Seconds.
    package var interval = 600.0
    package var projects = GlobFilter()
    package var addons = GlobFilter()
    /// Addon types to watch, nil for all.
    package var types: [String]?

    package init() {}

    /// Whether an addon that was listed is one to watch.
    package func wants(project: String, addon: String, type: String) -> Bool {
        projects.matches(project) && addons.matches(addon) && (types?.contains(type) ?? true)
    }
}

package struct PollConfiguration: Equatable, Sendable {
    /// Seconds between two polls of an addon, as far as the budget carries it.
    package var interval = 300.0
    /// Seconds for one request in all.
    package var timeout = 30.0
    /// Requests at once, over all accounts.
    package var concurrency = 8
    /// Our part of the account's rate limit, above 0 and at most 1.
    package var budgetShare = 0.5

    package init() {}
}
