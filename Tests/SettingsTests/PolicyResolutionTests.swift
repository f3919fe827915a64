import Backups
import Testing

@testable import Settings

/// Which place of the configuration decides each key for an addon.
@Suite struct PolicyResolutionTests {
    private static let text = """
        accounts:
          - token_env: TOKEN
            objective: {max_age: 40h, grace: 40m}
            addons:
              - {project: prod-eu, addon: own, max_age: 1h}
              - {project: prod-eu, addon: listed}
            discovery: {enabled: true}
            policies:
              - match: {tags: ["tier-1"]}
                max_age: 10h
                min_backups: 10
              - name: production
                match: {projects: ["prod-*"], types: [postgresql, mysql]}
                owner: payments
                max_age: 20h
                require: [dump]
                min_span: 20d
                waive: {reason: a, owner: b, until: 2027-01-01}
                windows: [{from: "01:00", to: "02:00"}]
              - name: standard
                match: {projects: ["prod-*", shop]}
                max_age: 30h
                grace: 30m
                min_backups: 30
                min_span: 30d
                restore_every: 30d
                on_gone: ticket
              - name: postgres of the blog
                match: {addons: [blog/postgres, "db-?"]}
                max_age: 50h
              - name: strict
                match: {projects: [strict], tags: [strict]}
                max_age: none
                grace: none
                require: []
                waive: none
                windows: none
              - match: {projects: [strict]}
                max_age: 60h
                require: [any]
                waive: {reason: a, owner: b, until: 2027-01-01}
                windows: [{from: "01:00", to: "02:00"}]
                min_span: 60d
        """

    static let account: AccountConfiguration = {
        do { return try Configuration(yaml: text, file: "/etc/exporter/config.yml").accounts[0] } catch {
            fatalError("\(error)")
        }
    }()

    private func resolve(_ id: String, _ type: String = "redis", _ tags: [String] = []) -> ResolvedDecisions {
        let parts = id.split(separator: "/").map(String.init)
        return Self.account.resolve(
            AddonKey(account: "default", project: parts[0], addon: parts[1]), type: type, tags: tags)
    }

    @Test(
        "the first policy that matches and has a key decides it",
        arguments: [
            // What no policy says is the account's objective.
            ("other/db", "postgresql", [], nil, 40 * 60, 40, nil),
            // Types are whole words; tags alone match in any project.
            ("prod-eu/db", "postgresql", [], "production", 20 * 60, 30, 30),
            ("prod-eu/db", "postgres", [], "standard", 30 * 60, 30, 30),
            ("prod-eu/db", "mysql", ["a", "tier-1"], "production", 10 * 60, 30, 10),
            ("other/db", "redis", ["tier-1"], nil, 10 * 60, 40, 10),
            ("other/db", "redis", ["tier-10", "a"], nil, 40 * 60, 40, nil),
            ("shop/db", "mysql", [], "standard", 30 * 60, 30, 30),
            // An addon's pattern is for any project, unless it names one.
            ("blog/postgres", "postgresql", [], "postgres of the blog", 50 * 60, 40, nil),
            ("shopping/postgres", "postgresql", [], nil, 40 * 60, 40, nil),
            ("shopping/db-1", "postgresql", [], "postgres of the blog", 50 * 60, 40, nil),
            ("shopping/db-10", "postgresql", [], nil, 40 * 60, 40, nil),
            // The addon's own entry comes before all policies, key by key.
            ("prod-eu/own", "postgresql", ["tier-1"], "production", 60, 30, 10),
            ("prod-eu/listed", "postgresql", ["tier-1"], "production", 10 * 60, 30, 10),
            ("prod-us/own", "postgresql", [], "production", 20 * 60, 30, 30),
            // `none` ends the search, also before the account's objective.
            ("strict/db", "redis", ["strict"], "strict", nil, nil, nil),
            ("strict/db", "redis", [], nil, 60 * 60, 40, nil),
        ] as [(String, String, [String], String?, Int64?, Int64?, Int?)])
    func first(
        id: String, type: String, tags: [String], policy: String?, maxAge: Int64?, grace: Int64?, backups: Int?
    ) {
        let decisions = resolve(id, type, tags).decisions
        #expect(decisions.policy == policy)
        #expect(decisions.maxAge == maxAge.map { .seconds($0 * 60) })
        #expect(decisions.grace == grace.map { .seconds($0 * 60) } as Duration?)
        #expect(decisions.minBackups == backups)
    }

    @Test("all keys of overlapping policies, and where each one stands")
    func overlapping() {
        let resolved = resolve("prod-eu/own", "postgresql", ["tier-1"])
        var decisions = Decisions()
        decisions.policy = "production"
        decisions.owner = "payments"
        decisions.maxAge = .seconds(3600)
        decisions.grace = .seconds(1800)
        decisions.required = [.dump]
        decisions.minBackups = 10
        decisions.minSpan = .seconds(20 * 86_400)
        decisions.restoreEvery = .seconds(30 * 86_400)
        decisions.onGone = .ticket
        decisions.waiver = Waiver(reason: "a", owner: "b", until: Timestamp(rfc3339: "2027-01-01T23:59:59Z")!)
        decisions.windows = [MaintenanceWindow(days: Set(0..<7), from: 60, to: 120, timeZone: "UTC")]
        #expect(resolved.decisions == decisions)
        func source(_ policy: Int, _ name: String?, _ line: Int) -> DecisionSource {
            DecisionSource(policy: name, key: "accounts[0].policies[\(policy)]", file: "config.yml", line: line)
        }
        #expect(
            resolved.sources == [
                "name": source(1, "production", 12), "owner": source(1, "production", 14),
                "max_age": DecisionSource(key: "accounts[0].addons[0]", file: "config.yml", line: 5),
                "grace": source(2, "standard", 23), "require": source(1, "production", 16),
                "min_backups": source(0, nil, 11), "min_span": source(1, "production", 17),
                "restore_every": source(2, "standard", 26), "on_gone": source(2, "standard", 27),
                "waive": source(1, "production", 18), "windows": source(1, "production", 19),
            ])
    }

    @Test("none decides a key, and only what the policy says is decided")
    func none() {
        let resolved = resolve("strict/db", "redis", ["strict"])
        var decisions = Decisions()
        decisions.policy = "strict"
        decisions.minSpan = .seconds(60 * 86_400)
        #expect(resolved.decisions == decisions)
        #expect(
            resolved.sources.mapValues(\.line)
                == ["name": 31, "max_age": 33, "grace": 34, "require": 35, "waive": 36, "windows": 37, "min_span": 43])
        let inherited = resolve("strict/db").decisions
        #expect(inherited.required == [.any])
        #expect(inherited.waiver != nil)
        #expect(inherited.windows.count == 1)
    }

    @Test("what the account or the environment says has a source, too; an addon without decisions has none")
    func objective() throws {
        let objective = DecisionSource(key: "accounts[0].objective", file: "config.yml", line: 3)
        #expect(resolve("other/db").sources == ["max_age": objective, "grace": objective])
        let key = AddonKey(account: "default", project: "p", addon: "a")
        let environment = try Configuration(environment: ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_MAX_AGE": "2h"])
        let resolved = environment.accounts[0].resolve(key, type: "redis", tags: [])
        #expect(resolved.sources == ["max_age": DecisionSource(key: "NORTHFLANK_MAX_AGE")])
        #expect(resolved.decisions.maxAge == .seconds(7200))
        let bare = try Configuration(environment: ["NORTHFLANK_API_TOKEN": "t"]).accounts[0]
        #expect(bare.resolve(key, type: "redis", tags: []) == ResolvedDecisions())
    }

    @Test("an addon is judged by the policies for its type and tags as they are known, and by its windows")
    func objectives() {
        var record = AddonRecord(
            key: AddonKey(account: "default", project: "prod-eu", addon: "db"), firstSeen: .distantPast)
        #expect(Self.account.objectives(for: record).decisions.policy == "standard")
        #expect(Self.account.objectives(for: record).forgiven.isEmpty)
        record.addonType = "mysql"
        let judged = Self.account.objectives(for: record)
        #expect(judged.decisions.policy == "production")
        #expect(!judged.forgiven.contains(Timestamp(rfc3339: "2026-11-28T00:59:59Z")!))
        #expect(judged.forgiven.contains(Timestamp(rfc3339: "2026-11-28T01:00:00Z")!))
        record.tags = ["tier-1"]
        #expect(Self.account.objectives(for: record).maxAge == .seconds(36_000))
    }
}
