package import Backups

/// All that the exporter is told: which accounts, which addons, how often.
package struct Configuration: Equatable, Sendable {
    package var accounts: [AccountConfiguration]
    package var poll = PollConfiguration()
    package var state = StateConfiguration()

    package init(
        accounts: [AccountConfiguration], poll: PollConfiguration = PollConfiguration(),
        state: StateConfiguration = StateConfiguration()
    ) {
        self.accounts = accounts
        self.poll = poll
        self.state = state
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
    package var objective = ObjectiveConfiguration()
    /// Whether restores are collected, too.
    package var restores = false
    /// Where the secret of Northflank's webhooks is; nil for no webhooks.
    package var webhookToken: TokenReference?
    /// Which of the account's addons are watched here, and how much of its budget is spent here.
    package var shard = Shard.whole

    package init(token: TokenReference) { self.token = token }
}

/// What was decided about the protection of an account's addons, besides their schedules.
package struct ObjectiveConfiguration: Equatable, Sendable {
    /// Seconds that `maxAge` can be.
    static let maxAges: ClosedRange<Double> = 60...366 * 86_400

    /// Seconds that the newest completed backup may be old where there is no schedule; nil for no objective.
    package var maxAge: Double?
    /// Seconds after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Double?
    /// The zone that schedules are written in, by its IANA name.
    package var timeZone = "UTC"

    package init() {}
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
    /// Seconds; nil for the account's.
    package var maxAge: Double?
    /// Seconds; nil for the account's.
    package var grace: Double?

    package init(project: String, addon: String, maxAge: Double? = nil, grace: Double? = nil) {
        self.project = project
        self.addon = addon
        self.maxAge = maxAge
        self.grace = grace
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
    /// Whether lists of addons are read to see who is being backed up right now.
    package var sentinel = true
    /// Whether addons are asked when their schedules have a backup due.
    package var slots = true

    package init() {}
}

/// What outlives a restart.
package struct StateConfiguration: Equatable, Sendable {
    /// The database file, or `:memory:`; nil for the platform's place.
    package var path: String?
    /// Seconds that deleted backups are remembered for.
    package var retention = 400.0 * 86_400

    package init() {}
}
