package import Backups

/// The place of the configuration that decided something.
package struct DecisionSource: Hashable, Sendable {
    /// The name of the policy; nil for a policy without a name, and for a place that is no policy.
    package var policy: String?
    /// The key of the place, such as `accounts[0].policies[1]`.
    package var key: String
    /// The name of the file without its folder; nil for the environment.
    package var file: String?
    package var line: Int?

    package init(policy: String? = nil, key: String, file: String? = nil, line: Int? = nil) {
        self.policy = policy
        self.key = key
        self.file = file
        self.line = line
    }

    /// Such as `config.yml:31`; the key if there is no file.
    package var place: String {
        guard let file else { return key }
        return line.map { "\(file):\($0)" } ?? file
    }
}

/// What was decided for one addon, and where.
package struct ResolvedDecisions: Equatable, Sendable {
    package var decisions = Decisions()
    /// By key of a policy, such as `max_age`; only keys that were decided.
    package var sources: [String: DecisionSource] = [:]

    package init() {}
}
