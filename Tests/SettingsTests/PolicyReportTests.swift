import Backups
import TestSupport
import Testing

@testable import Settings

/// What `check-config` says of policies.
@Suite struct PolicyReportTests {
    private func report(_ yaml: String, now: String = "2026-11-28T00:00:00Z") throws -> [String] {
        let configuration = try Configuration(yaml: yaml, file: "config.yml")
        return CostReport.text(configuration, source: "config.yml", now: time(now)).split(separator: "\n")
            .map(String.init)
    }

    @Test("each policy with what it decides, and each listed addon with its policies")
    func policies() throws {
        let lines = try report(Testdata.read("good-policies"), now: "2027-01-01T00:00:00Z")
        let start = try #require(lines.firstIndex { $0.contains("policies") })
        #expect(
            lines[start...].joined(separator: "\n").replacing("good-policies.yml", with: "config.yml") == """
                  4 policies, the first that matches decides each key:
                    production (config.yml:15): owner payments@acme.example, max_age 1d1h, grace 30m, require dump and any, \
                min_backups 7, min_span 30d, restore_every 90d, on_gone ticket, windows sat,sun 22:00-04:00 Europe/Berlin \
                and mon,tue,wed,thu,fri 00:30-24:00 UTC and daily 12:00-12:00 Europe/Berlin
                    previews (config.yml:29): waive until 2027-03-31T23:59:59Z by platform@acme.example: throw-away data
                    policies[2] (config.yml:35): max_age 2h, waive until 2027-03-31T06:00:00Z by ops: rebuilt
                    without (config.yml:38): owner none, max_age none, grace none, require none, min_backups none, \
                min_span none, restore_every none, waive none, windows none
                  policies of the listed addons:
                    prod-shop/orders-db: production if its type is postgresql or mysql and it has the tag tier-[12]; without
                    shop/postgres: policies[2]; without
                """)
        #expect(lines.contains("  restores are read, because a policy has restore_every"))
        #expect(lines.contains("  2 requests a day more for each addon, for its schedules and its restores"))
    }

    private static let listed = """
        accounts:
          - token_env: T
            addons: [{project: shop, addon: db}, {project: blog, addon: db}]
            policies:
              - {name: shop, match: {projects: [shop], types: [redis]}}
              - {name: shops, match: {projects: ["shop?"]}}
              - {match: {addons: [shop/cache]}, max_age: 2h}
        """

    @Test("a policy that matches no listed addon is warned of, unless addons are discovered or divided")
    func unmatched() throws {
        let lines = try report(Self.listed)
        let rest = "matches none of the 2 listed addons; correct its match, or remove it"
        #expect(
            lines.filter { $0.contains("WARNING") } == [
                "  WARNING: policy shops (config.yml:6) \(rest)",
                "  WARNING: policy policies[2] (config.yml:7) \(rest)",
            ])
        #expect(lines.contains("    shop (config.yml:5): its name alone"))
        #expect(lines.contains("    shop/db: shop if its type is redis"))
        #expect(lines.contains("    blog/db: none"))
        #expect(try !report(Self.listed + "\n    discovery: {}").contains { $0.contains("WARNING") })
        var configuration = try Configuration(yaml: Self.listed, file: "config.yml")
        configuration.divide(Shard(index: 1, of: 2))
        #expect(
            !CostReport.text(configuration, source: "x", now: .distantPast).contains("WARNING"))
    }

    @Test(
        "a waiver is warned of from a week before its end",
        arguments: [
            ("2027-03-24T23:59:58Z", nil), ("2027-03-24T23:59:59Z", "ends"), ("2027-03-31T23:59:58Z", "ends"),
            ("2027-03-31T23:59:59Z", "has ended"),
        ] as [(String, String?)])
    func waivers(now: String, verb: String?) throws {
        let yaml = """
            accounts:
              - token_env: T
                discovery: {}
                policies:
                  - name: previews
                    waive: {reason: data, owner: ops, until: 2027-03-31}
            """
        #expect(
            try report(yaml, now: now).filter { $0.contains("WARNING") }
                == (verb.map {
                    [
                        "  WARNING: the waiver of policy previews (config.yml:6) \($0) at 2027-03-31T23:59:59Z; "
                            + "renew it with ops, or remove it"
                    ]
                } ?? []))
    }

    @Test("an account without policies has no lines about them")
    func none() throws {
        let lines = try report("accounts: [{token_env: T, addons: [{project: shop, addon: db}]}]")
        #expect(!lines.contains { $0.contains("polic") || $0.contains("restore_every") })
    }
}
