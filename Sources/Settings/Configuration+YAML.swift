import Backups
import YAMLDocument

extension Configuration {
    /// Reads a configuration file's text.
    ///
    /// - Parameters:
    ///   - file: the file's name, for messages.
    ///   - checks: check the tokens and files that the text refers to.
    /// - Throws: `ConfigurationError` with every problem.
    package init(yaml: String, file: String, checks: ReferenceChecks = .none) throws(ConfigurationError) {
        let collector = ProblemCollector(file: file, checks: checks)
        let configuration = Self.read(yaml, collector)
        guard let configuration, collector.problems.isEmpty else {
            throw ConfigurationError(collector.problems)
        }
        self = configuration
    }

    private static func read(_ yaml: String, _ collector: ProblemCollector) -> Configuration? {
        let root: ConfigNode
        do throws(YAMLError) {
            guard let node = try YAMLNode.parse(yaml) else {
                collector.report(line: nil, key: "", "the file is empty; expected a list \"accounts\"")
                return nil
            }
            root = ConfigNode(node: node, path: "", collector: collector)
        } catch {
            collector.report(line: error.line, key: "", "not valid YAML: \(error.message)")
            return nil
        }
        guard let keys = root.mapping(keys: ["accounts", "poll", "state"]) else { return nil }
        let poll = keys["poll"].map(PollConfiguration.init) ?? PollConfiguration()
        let state = keys["state"].map(StateConfiguration.init) ?? StateConfiguration()
        guard let list = keys["accounts"] else {
            root.report("accounts: missing; expected a list with at least one account")
            return nil
        }
        guard let nodes = list.list() else { return nil }
        if nodes.isEmpty { list.report("expected at least one account") }
        let accounts = nodes.compactMap { node in AccountConfiguration(node).map { (node, $0) } }
        for (index, (node, account)) in accounts.enumerated()
        where accounts[..<index].contains(where: { $0.1.name == account.name }) {
            node.report("a second account named \"\(account.name)\"; give each account a name of its own")
        }
        return Configuration(accounts: accounts.map(\.1), poll: poll, state: state)
    }
}

extension PollConfiguration {
    init(_ node: ConfigNode) {
        let known = ["interval", "timeout", "concurrency", "budget_share", "sentinel", "slots"]
        guard let keys = node.mapping(keys: known) else { return }
        interval = keys["interval"]?.duration(.seconds(1) ... .seconds(86_400)) ?? interval
        timeout = keys["timeout"]?.duration(.seconds(1) ... .seconds(600)) ?? timeout
        concurrency = keys["concurrency"]?.integer(1...100) ?? concurrency
        budgetShare = keys["budget_share"]?.share() ?? budgetShare
        sentinel = keys["sentinel"]?.bool() ?? sentinel
        slots = keys["slots"]?.bool() ?? slots
    }
}

extension StateConfiguration {
    init(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["path", "retention"]) else { return }
        path = keys["path"]?.string("the path of a file, or \":memory:\"")
        retention = keys["retention"]?.duration(.seconds(86_400) ... .seconds(10 * 365 * 86_400)) ?? retention
    }
}

extension ObjectiveConfiguration {
    init(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["max_age", "grace", "sizes_since", "time_zone"]) else { return }
        maxAge = keys["max_age"]?.maxAge()
        grace = keys["grace"]?.grace()
        sources = node.sources([.maxAge, .grace], keys)
        sizesSince = keys["sizes_since"]?.instant()
        if let zone = keys["time_zone"], let name = zone.string("a time zone such as \"Europe/Berlin\"") {
            timeZone = name
            if !isTimeZoneAuto, !TimeZones.isKnown(name) { zone.report(TimeZones.problem(name)) }
        }
    }
}

extension ConfigNode {
    /// The longest allowed age of a backup.
    func maxAge() -> Duration? { duration(ObjectiveConfiguration.maxAges) }

    /// An instant, or the start of a day in UTC.
    func instant() -> Timestamp? {
        let text = node.scalar?.text ?? ""
        guard let instant = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") else {
            wrongType("a date such as 2026-11-27, or a time such as 2026-11-27T08:00:00Z")
            return nil
        }
        return instant
    }

    /// The longest allowed delay of a slot.
    func grace() -> Duration? { duration(.seconds(60) ... .seconds(7 * 86_400)) }
}

extension DiscoveryConfiguration {
    init(_ node: ConfigNode) {
        let known = ["enabled", "interval", "gone_for", "projects", "addons", "types", "tags"]
        guard let keys = node.mapping(keys: known) else { return }
        enabled = keys["enabled"].map { $0.bool() ?? true } ?? true
        interval = keys["interval"]?.duration(.seconds(10) ... .seconds(86_400)) ?? interval
        goneFor = keys["gone_for"]?.duration(.seconds(3600) ... .seconds(366 * 86_400)) ?? goneFor
        projects = keys["projects"].map { GlobFilter($0, .projects) } ?? projects
        addons = keys["addons"].map { GlobFilter($0, .addons) } ?? addons
        types = keys["types"]?.patterns(.types)
        tags = keys["tags"].map { GlobFilter($0, .tags) } ?? tags
    }
}

extension GlobFilter {
    init(_ node: ConfigNode, _ kind: PatternKind) {
        self.init()
        guard let keys = node.mapping(keys: ["include", "exclude"]) else { return }
        include = keys["include"]?.checkedPatterns(kind) ?? include
        exclude = keys["exclude"]?.checkedPatterns(kind) ?? exclude
    }
}
