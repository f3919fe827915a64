package import Backups
import History

/// The whole configuration: accounts, addons, intervals.
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
    /// The environment variable that `baseURL` comes from; nil if it comes from a file, or is the default.
    package var baseURLVariable: String?
    package var token: TokenReference
    package var team: String?
    /// Where keys of the account stand, such as `team` at `config.yml:6`; only keys that the file has.
    package var places: [String: String] = [:]
    /// A PEM file with the authorities to trust instead of the system's.
    package var caFile: String?
    /// Allows plain HTTP to hosts other than this one.
    package var insecureHTTP = false
    /// Explicit targets.
    package var addons: [Target] {
        get { targets.list }
        set { targets = Targets(newValue) }
    }
    private var targets = Targets()
    package var discovery = DiscoveryConfiguration()
    package var objective = ObjectiveConfiguration()
    /// The first one that matches an addon and says something about a key decides that key.
    package var policies: [PolicyConfiguration] = []
    /// Whether restores are collected, too; `readsRestores` says whether they are read.
    package var restores = false
    /// The place of the secret of Northflank's webhooks; nil for no webhooks.
    package var webhookToken: TokenReference?
    /// The part of the account's addons that this exporter watches, and of the account's budget that it spends.
    package var shard = Shard.whole

    package init(token: TokenReference) { self.token = token }

    /// The entry of an explicit addon; nil for another addon.
    func target(_ key: AddonKey) -> Target? { targets[key] }
}

/// The objectives of an account's addons, besides their schedules.
package struct ObjectiveConfiguration: Equatable, Sendable {
    /// The allowed values of `maxAge`.
    static let maxAges: ClosedRange<Duration> = .seconds(60) ... .seconds(366 * 86_400)

    /// The longest allowed age of the newest completed backup where there is no schedule; nil for no objective.
    package var maxAge: Duration?
    /// The time after a slot until it counts as missed; nil to learn it from the addon's own durations.
    package var grace: Duration?
    /// Sizes of backups that were created before do not count; nil if all count.
    package var sizesSince: Timestamp?
    /// The zone that schedules are written in, by its IANA name, or `auto`.
    package var timeZone = Self.auto
    /// Where the objectives stand.
    package var sources: [PolicyKey: DecisionSource] = [:]

    /// The zone that the backups show, UTC before they show any.
    static let auto = "auto"

    package var isTimeZoneAuto: Bool { timeZone == Self.auto }

    package init() {}
}

/// The place of a token; never the token itself.
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

package struct PollConfiguration: Equatable, Sendable {
    /// Between two polls of an addon; longer if the budget requires it.
    package var interval = Duration.seconds(300)
    /// The longest time of one request.
    package var timeout = Duration.seconds(30)
    /// Concurrent requests of each account, so that an account whose requests hang cannot delay the others.
    package var concurrency = 8
    /// The exporter's part of the account's rate limit, above 0 and at most 1.
    package var budgetShare = 0.5
    /// Whether projects' lists of addons are read to see which addons are being backed up.
    package var sentinel = true
    /// Whether addons are polled when their schedules have a backup due.
    package var slots = true

    package init() {}
}

/// The settings of the history, which survives a restart.
package struct StateConfiguration: Equatable, Sendable {
    /// The database file, or `:memory:`; nil for the platform's default.
    package var path: String?
    /// How long deleted backups are kept.
    package var retention = History.defaultRetention

    package init() {}
}
