import Backups

/// What `check-config` prints of an account's policies.
enum PolicyReport {
    /// How long before its end a waiver is warned of.
    static let notice = Duration.seconds(7 * 86_400)

    /// None for an account without policies.
    static func lines(_ account: AccountConfiguration, now: Timestamp) -> [String] {
        if account.policies.isEmpty { return [] }
        var lines = [
            "  \(counted(account.policies.count, "policy", "policies")), the first that matches decides each key:"
        ]
        lines += account.policies.map { "    \($0.title) (\($0.source.place)): \(decided($0).joined(separator: ", "))" }
        if !account.addons.isEmpty {
            lines.append("  policies of the listed addons:")
            lines += account.addons.map { target in
                "    \(target.project)/\(target.addon): \(policies(of: target, account).joined(separator: "; "))"
            }
        }
        return lines + warnings(account, now: now).map { "  WARNING: \($0)" }
    }

    /// What a policy decides, in the order of the documentation.
    private static func decided(_ policy: PolicyConfiguration) -> [String] {
        let said = documented.compactMap { key in policy.sources[key] == nil ? nil : text(key, policy.decisions) }
        return said.isEmpty ? ["its name alone"] : said
    }

    private static let documented: [PolicyKey] = [
        .owner, .maxAge, .grace, .require, .minBackups, .minSpan, .restoreEvery, .onGone, .waive, .windows,
    ]

    private static func text(_ key: PolicyKey, _ decisions: Decisions) -> String {
        let value =
            switch key {
            case .owner: decisions.owner
            case .grace: decisions.grace.map(PrometheusDuration.text)
            case .require: list(decisions.required.map(\.rawValue))
            case .windows: list(decisions.windows.map(\.description))
            case .maxAge: decisions.maxAge.map(PrometheusDuration.text)
            case .minBackups: decisions.minBackups.map { "\($0)" }
            case .minSpan: decisions.minSpan.map(PrometheusDuration.text)
            case .restoreEvery: decisions.restoreEvery.map(PrometheusDuration.text)
            case .onGone: decisions.onGone?.rawValue
            case .waive: decisions.waiver.map { "until \($0.until.text) by \($0.owner): \($0.reason)" }
            }
        return "\(key.rawValue) \(value ?? "none")"
    }

    private static func list(_ texts: [String]) -> String? { texts.isEmpty ? nil : texts.joined(separator: " and ") }

    /// The policies of an explicit addon, in their order, with what has to be known to be sure.
    private static func policies(of target: Target, _ account: AccountConfiguration) -> [String] {
        let key = AddonKey(account: account.name, target)
        let matching = account.policies.filter { $0.match.matches(key) }.map { policy in
            let conditions = [
                policy.match.types.map { "its type is \($0.joined(separator: " or "))" },
                policy.match.tags.map { "it has the tag \($0.joined(separator: " or "))" },
            ].compactMap { $0 }
            return policy.title + (conditions.isEmpty ? "" : " if \(conditions.joined(separator: " and "))")
        }
        return matching.isEmpty ? ["none"] : matching
    }

    private static func warnings(_ account: AccountConfiguration, now: Timestamp) -> [String] {
        var warnings: [String] = []
        if !account.discovery.enabled, !account.shard.isPart {
            let keys = account.addons.map { AddonKey(account: account.name, $0) }
            warnings += account.policies.filter { policy in !keys.contains(where: policy.match.matches) }.map {
                "policy \($0.title) (\($0.source.place)) matches none of the "
                    + "\(counted(keys.count, "listed addon", "listed addons")); correct its match, or remove it"
            }
        }
        for policy in account.policies {
            guard let waiver = policy.decisions.waiver, waiver.until - now <= notice else { continue }
            let verb = waiver.isInForce(at: now) ? "ends" : "has ended"
            warnings.append(
                "the waiver of policy \(policy.title) (\(policy.sources[.waive]?.place ?? policy.source.place)) "
                    + "\(verb) at \(waiver.until.text); renew it with \(waiver.owner), or remove it")
        }
        return warnings
    }

    private static func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}

extension MaintenanceWindow {
    /// Such as `sat,sun 22:00-04:00 Europe/Berlin`.
    fileprivate var description: String {
        func clock(_ minutes: Int) -> String {
            [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        }
        let names = days == Weekday.daily ? "daily" : days.sorted().map { Weekday.names[$0] }.joined(separator: ",")
        return "\(names) \(clock(from))-\(clock(to)) \(timeZone)"
    }
}
