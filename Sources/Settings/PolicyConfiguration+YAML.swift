import Backups
import YAMLDocument

extension PolicyConfiguration {
    private static let keys = [
        "name", "match", "owner", "max_age", "grace", "require", "min_backups", "min_span", "restore_every", "on_gone",
        "waive", "windows",
    ]

    /// Nil if the node cannot be read; its problems have been reported.
    ///
    /// - Parameter timeZone: the zone of windows that name none.
    init?(_ node: ConfigNode, timeZone: String) {
        guard let keys = node.mapping(keys: Self.keys) else { return nil }
        self.init(source: node.source())
        name = keys["name"]?.label("a name such as \"production\"")
        source.policy = name
        match = keys["match"].flatMap { PolicyMatch($0) } ?? match
        read(.owner, \.owner, keys) { $0.label("a text such as \"payments@acme.example\"") }
        read(.maxAge, \.maxAge, keys) { $0.maxAge() }
        read(.grace, \.grace, keys) { $0.grace() }
        read(.minBackups, \.minBackups, keys) { $0.integer(1...10_000) }
        read(.minSpan, \.minSpan, keys) { $0.duration(.seconds(3600) ... .seconds(3660 * 86_400)) }
        read(.restoreEvery, \.restoreEvery, keys) { $0.duration(.seconds(3600) ... .seconds(3660 * 86_400)) }
        read(.waive, \.waiver, keys) { Waiver($0) }
        if let node = keys["on_gone"], let onGone: Decisions.OnGone = node.word() {
            decisions.onGone = onGone
            decide(.onGone, node)
        }
        if let node = keys["require"],
            let kinds: [Decisions.RequiredKind] = node.entries("a list such as [dump], or none", { $0.word() })
        {
            decisions.required = kinds
            decide(.require, node)
        }
        if let node = keys["windows"],
            let windows = node.entries("a list of windows, or none", { MaintenanceWindow($0, timeZone: timeZone) })
        {
            decisions.windows = windows
            decide(.windows, node)
        }
        if keys.keys.allSatisfy({ $0 == "match" }) {
            node.report("decides nothing; expected a name, or a key such as max_age")
        }
    }

    /// Reads a key whose value can be `none`, which decides that nothing is demanded.
    private mutating func read<Value>(
        _ key: PolicyKey, _ path: WritableKeyPath<Decisions, Value?>, _ keys: [String: ConfigNode],
        _ value: (ConfigNode) -> Value?
    ) {
        guard let node = keys[key.rawValue] else { return }
        if !node.isNone {
            guard let value = value(node) else { return }
            decisions[keyPath: path] = value
        }
        decide(key, node)
    }

    private mutating func decide(_ key: PolicyKey, _ node: ConfigNode) {
        sources[key] = source
        sources[key]?.line = node.line
    }
}

extension PolicyMatch {
    init?(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["projects", "addons", "types", "tags"]) else { return nil }
        self.init()
        projects = keys["projects"]?.patterns(.projects)
        addons = keys["addons"]?.patterns(.addons)
        types = keys["types"]?.patterns(.types)
        tags = keys["tags"]?.patterns(.tags)
    }
}

extension Waiver {
    /// Nil if the node cannot be read; its problems have been reported. `until` can have passed.
    init?(_ node: ConfigNode) {
        guard let keys = node.mapping(keys: ["reason", "owner", "until"]) else { return nil }
        for key in ["reason", "owner", "until"] where keys[key] == nil {
            node.report("\(key) is missing; a waiver needs a reason, an owner and a day until which it holds")
        }
        let reason = keys["reason"]?.label("the reason as a text")
        let owner = keys["owner"]?.label("a text such as \"platform@acme.example\"")
        let until = keys["until"]?.end()
        guard let reason, let owner, let until else { return nil }
        self.init(reason: reason, owner: owner, until: until)
    }
}
