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

    /// Requests at once of each account: its part of `poll.concurrency`, so that an account whose requests hang cannot
    /// hold up the others; at least one.
    package var concurrencyPerAccount: Int { max(1, poll.concurrency / max(1, accounts.count)) }
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
    /// What `maxAge` can be.
    static let maxAges: ClosedRange<Duration> = .seconds(60) ... .seconds(366 * 86_400)

    /// The longest allowed age of the newest completed backup where there is no schedule; nil for no objective.
    package var maxAge: Duration?
    /// The time after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Duration?
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
    /// Nil for the account's.
    package var maxAge: Duration?
    /// Nil for the account's.
    package var grace: Duration?

    package init(project: String, addon: String, maxAge: Duration? = nil, grace: Duration? = nil) {
        self.project = project
        self.addon = addon
        self.maxAge = maxAge
        self.grace = grace
    }
}

extension AddonKey {
    package init(account: String, _ target: Target) {
        self.init(account: account, project: target.project, addon: target.addon)
    }
}

package struct DiscoveryConfiguration: Equatable, Sendable {
    package var enabled = false
    /// Between two readings of the lists of projects and addons, as far as the budget carries it.
    package var interval = Duration.seconds(600)
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
    /// Between two polls of an addon, as far as the budget carries it.
    package var interval = Duration.seconds(300)
    /// For one request in all.
    package var timeout = Duration.seconds(30)
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
    /// How long deleted backups are kept.
    package var retention = Duration.seconds(400 * 86_400)

    package init() {}
}
