package import Backups

extension AccountConfiguration {
    /// What the configuration decides for an addon of the account. Each key is decided by the addon's own entry, else by
    /// the first matching policy that has the key, else by the account's objective.
    package func resolve(_ key: AddonKey, type: String, tags: [String]) -> ResolvedDecisions {
        var resolved = ResolvedDecisions()
        if let own = target(key) {
            resolved.decide(.maxAge, \.maxAge, own.maxAge, own.sources)
            resolved.decide(.grace, \.grace, own.grace, own.sources)
        }
        for policy in policies where policy.match.matches(key, type: type, tags: tags) {
            if resolved.decisions.policy == nil, let name = policy.name {
                resolved.decisions.policy = name
                resolved.sources["name"] = policy.source
            }
            for (key, source) in policy.sources where resolved.sources[key.rawValue] == nil {
                resolved.decisions.take(key, of: policy.decisions)
                resolved.sources[key.rawValue] = source
            }
        }
        resolved.decide(.maxAge, \.maxAge, objective.maxAge, objective.sources)
        resolved.decide(.grace, \.grace, objective.grace, objective.sources)
        return resolved
    }

    /// The policies that match none of some addons; none if there is no addon.
    package func unmatchedPolicies(among addons: [ListedAddon]) -> [PolicyConfiguration] {
        if addons.isEmpty { return [] }
        return policies.filter { policy in
            !addons.contains { addon in
                policy.match.matches(
                    AddonKey(account: name, project: addon.project, addon: addon.id), type: addon.type, tags: addon.tags
                )
            }
        }
    }

    /// Whether an addon is an explicit target.
    package func lists(_ project: String, _ addon: String) -> Bool {
        target(AddonKey(account: name, project: project, addon: addon)) != nil
    }

    /// Whether restores are read: if the configuration says so, or if a policy demands restores.
    package var readsRestores: Bool { restores || policies.contains { $0.decisions.restoreEvery != nil } }
}

extension ResolvedDecisions {
    /// Decides a key that nothing has decided before. Nil decides nothing.
    fileprivate mutating func decide(
        _ key: PolicyKey, _ path: WritableKeyPath<Decisions, Duration?>, _ value: Duration?,
        _ sources: [PolicyKey: DecisionSource]
    ) {
        guard let value, self.sources[key.rawValue] == nil else { return }
        decisions[keyPath: path] = value
        self.sources[key.rawValue] = sources[key] ?? DecisionSource(key: key.rawValue)
    }
}
