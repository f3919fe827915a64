import Backups
import TestSupport
import Testing

@testable import Settings

/// Policies as they stand in a file.
@Suite struct PolicyLoadingTests {
    @Test("a file with all of it")
    func full() throws {
        let acme = try Testdata.configuration("good-policies").accounts[0]
        let production = acme.policies[0]
        #expect(acme.policies.map(\.name) == ["production", "previews", nil, "without"])
        #expect(acme.policies.map(\.title) == ["production", "previews", "policies[2]", "without"])
        #expect(acme.policies.map(\.source.place) == [15, 29, 35, 38].map { "good-policies.yml:\($0)" })
        #expect(production.source.policy == "production")
        #expect(production.source.key == "accounts[0].policies[0]")
        #expect(production.match.projects == ["prod-*"])
        #expect(production.match.addons == ["*"])
        #expect(production.match.types == ["postgresql", "mysql"])
        #expect(production.match.tags == ["tier-[12]"])
        var decisions = Decisions()
        decisions.owner = "payments@acme.example"
        decisions.maxAge = .seconds(90_000)
        decisions.grace = .seconds(1800)
        decisions.required = [.dump, .any]
        decisions.minBackups = 7
        decisions.minSpan = .seconds(30 * 86_400)
        decisions.restoreEvery = .seconds(90 * 86_400)
        decisions.onGone = .ticket
        decisions.windows = [
            MaintenanceWindow(days: [5, 6], from: 22 * 60, to: 4 * 60, timeZone: "Europe/Berlin"),
            MaintenanceWindow(days: [0, 1, 2, 3, 4], from: 30, to: 1440, timeZone: "UTC"),
            MaintenanceWindow(days: [0, 1, 2, 3, 4, 5, 6], from: 720, to: 720, timeZone: "Europe/Berlin"),
        ]
        #expect(production.decisions == decisions)
        #expect(
            production.sources.mapValues(\.line) == [
                .owner: 17, .maxAge: 18, .grace: 19, .require: 20, .minBackups: 21, .minSpan: 22, .restoreEvery: 23,
                .onGone: 24, .windows: 26,
            ])
    }

    @Test("a waiver ends with its day in UTC, or at its instant")
    func waivers() throws {
        let policies = try Testdata.configuration("good-policies").accounts[0].policies
        let day = Waiver(
            reason: "throw-away data", owner: "platform@acme.example", until: time("2027-03-31T23:59:59Z"))
        #expect(policies[1].decisions.waiver == day)
        #expect(day.isInForce(at: time("2027-03-31T23:59:58.999Z")))
        #expect(!day.isInForce(at: time("2027-03-31T23:59:59Z")))
        #expect(policies[2].decisions.waiver?.until == time("2027-03-31T06:00:00Z"))
    }

    @Test("`none` and an empty list decide that nothing is demanded")
    func none() throws {
        let without = try Testdata.configuration("good-policies").accounts[0].policies[3]
        #expect(without.decisions == Decisions())
        #expect(Set(without.sources.keys) == Set(PolicyKey.allCases).subtracting([.onGone]))
        #expect(without.match == PolicyMatch())
    }

    @Test("windows are by UTC if the account names no time zone")
    func timeZone() throws {
        for (objective, zone) in [
            ("", "UTC"), ("objective: {time_zone: auto}, ", "UTC"),
            ("objective: {time_zone: Asia/Tokyo}, ", "Asia/Tokyo"),
        ] {
            let account =
                "{token_env: T, policies: [{windows: [{from: '01:00', to: '02:00'}]}], \(objective)discovery: {}}"
            let configuration = try Configuration(yaml: "accounts: [\(account)]", file: "x.yml")
            #expect(configuration.accounts[0].policies[0].decisions.windows.map(\.timeZone) == [zone])
        }
    }

    @Test("limits are allowed themselves")
    func limits() throws {
        let policies = try Testdata.configuration("good-policy-limits").accounts[0].policies.map(\.decisions)
        #expect(policies.map(\.maxAge) == [.seconds(60), .seconds(366 * 86_400)])
        #expect(policies.map { $0.grace } == [.seconds(7 * 86_400), .seconds(60)])
        #expect(policies.map(\.minBackups) == [1, 10_000])
        #expect(policies.map(\.minSpan) == [.seconds(3600), .seconds(3660 * 86_400)])
        #expect(policies.map(\.restoreEvery) == [.seconds(3660 * 86_400), .seconds(3600)])
        for (length, count) in [(200, 0), (201, 1)] {
            let name = String(repeating: "é", count: length)
            let yaml = "accounts: [{token_env: T, policies: [{name: \(name)}], discovery: {}}]"
            let problems: Int
            do { problems = try Configuration(yaml: yaml, file: "x.yml").accounts.count - 1 } catch {
                problems = error.problems.count
            }
            #expect(problems == count)
        }
    }

    @Test("a policy that demands restores makes the exporter read them")
    func restores() throws {
        var account = AccountConfiguration(token: .environment("T"))
        #expect(!account.readsRestores)
        var policy = PolicyConfiguration(source: DecisionSource(key: "policies[0]"))
        policy.decisions.maxAge = .seconds(3600)
        account.policies = [policy]
        #expect(!account.readsRestores)
        var record = AddonRecord(key: AddonKey(account: "a", project: "p", addon: "db"), firstSeen: .distantPast)
        record.lastFailedRestore = .distantPast
        let before = record
        account.policies[0].decisions.restoreEvery = .seconds(86_400)
        #expect(account.readsRestores)
        account.trim(&record)
        #expect(record == before)
        account.policies = []
        account.trim(&record)
        #expect(record.lastFailedRestore == nil)
        account.restores = true
        #expect(account.readsRestores)
    }
}
