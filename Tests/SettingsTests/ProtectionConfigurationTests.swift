import Backups
import Testing

@testable import Settings

/// Objectives, restores, webhooks, layers of polling and the history, as they stand in a file.
struct ProtectionConfigurationTests {
    @Test("a file with all of it")
    func full() throws {
        let configuration = try Testdata.configuration("good-protection")
        let acme = configuration.accounts[0]
        #expect(acme.objective.maxAge == .seconds(93_600))
        #expect(acme.objective.grace == .seconds(2700))
        #expect(acme.objective.timeZone == "Europe/Berlin")
        #expect(acme.restores)
        #expect(acme.webhookToken == .file("\(Testdata.directory)/token"))
        let addons = acme.addons
        #expect(addons.map(\.project) == ["shop", "shop", "shop"])
        #expect(addons.map(\.addon) == ["orders-db", "carts-db", "cache"])
        #expect(addons.map(\.maxAge) == [.seconds(7200), .seconds(86_400), nil])
        #expect(addons.map(\.grace) == [.seconds(600), nil, nil])
        let other = configuration.accounts[1]
        #expect(other.objective == ObjectiveConfiguration())
        #expect(!other.restores)
        #expect(other.webhookToken == .environment("TOKEN"))
        #expect(!configuration.poll.sentinel)
        #expect(!configuration.poll.slots)
        #expect(configuration.state.path == "/var/lib/exporter/history.sqlite")
        #expect(configuration.state.retention == .seconds(2_592_000))
    }

    @Test("the defaults")
    func defaults() throws {
        let configuration = try Testdata.configuration("good-memory")
        let account = configuration.accounts[0]
        #expect(account.objective.maxAge == nil)
        #expect(account.objective.grace == nil)
        #expect(account.objective.timeZone == "auto")
        #expect(account.objective.isTimeZoneAuto)
        #expect(account.zone == .utc)
        #expect(!account.restores)
        #expect(account.webhookToken == nil)
        #expect(configuration.poll.sentinel)
        #expect(configuration.poll.slots)
        #expect(configuration.state.path == ":memory:")
        #expect(configuration.state.retention == .seconds(34_560_000))
    }

    @Test("an addon's settings have precedence over its account's")
    func objectives() throws {
        let acme = try Testdata.configuration("good-protection").accounts[0]
        func objectives(_ addon: String, project: String = "shop") -> [Duration?] {
            let key = AddonKey(account: "acme", project: project, addon: addon)
            let objectives = acme.objectives(for: AddonRecord(key: key, firstSeen: .distantPast))
            #expect(objectives.zone.identifier == "Europe/Berlin")
            return [objectives.maxAge, objectives.decisions.grace]
        }
        #expect(objectives("orders-db") == [.seconds(7_200), .seconds(600)])
        #expect(objectives("carts-db") == [.seconds(86_400), .seconds(2_700)])
        #expect(objectives("cache") == [.seconds(93_600), .seconds(2_700)])
        // Only the ids of both make it the same addon.
        #expect(objectives("orders-db", project: "blog") == [.seconds(93_600), .seconds(2_700)])
    }

    @Test(
        "one mistake each",
        arguments: [
            (
                "objective-wrong-type",
                [
                    #"3: accounts[0].objective: expected a mapping with the keys max_age, grace, sizes_since, time_zone, found "26h""#
                ]
            ),
            (
                "objective-values",
                [
                    "4: accounts[0].objective.max_age: 59s is out of range; expected 1m to 366d",
                    "5: accounts[0].objective.grace: 8d is out of range; expected 1m to 7d",
                    #"6: accounts[0].objective.time_zone: "Berlin" is not a known time zone; "#
                        + #"expected auto, or a name such as "Europe/Berlin" or "UTC""#,
                ]
            ),
            (
                "objective-types",
                [
                    "4: accounts[0].objective.max_age: expected a duration as Prometheus writes it, "
                        + "such as 30s, 5m, 26h or 1d, found 26",
                    "5: accounts[0].objective.grace: expected a duration as Prometheus writes it, "
                        + "such as 30s, 5m, 26h or 1d, found a list",
                    #"6: accounts[0].objective.time_zone: expected a time zone such as "Europe/Berlin" "#
                        + "(in quotes, or YAML takes it for something else), found 1",
                ]
            ),
            (
                "objective-addon",
                [
                    "4: accounts[0].addons[0].max_age: 367d is out of range; expected 1m to 366d",
                    "5: accounts[0].addons[1].grace: expected a duration as Prometheus writes it, "
                        + #"such as 30s, 5m, 26h or 1d, found "never""#,
                ]
            ),
            (
                "unknown-key-objective",
                [
                    #"4: accounts[0].objective.maxage: unknown key; did you mean "max_age"? "#
                        + "known here: max_age, grace, sizes_since, time_zone"
                ]
            ),
            (
                "unknown-key-state",
                ["4: state.file: unknown key; known here: path, retention"]
            ),
            ("restores-text", [#"3: accounts[0].restores: expected true or false, found "true""#]),
            (
                "poll-layers",
                [
                    "3: poll.sentinel: expected true or false, found 0",
                    #"4: poll.slots: expected true or false, found "off""#,
                ]
            ),
            (
                "state-wrong-type",
                [#"2: state: expected a mapping with the keys path, retention, found "/var/lib/exporter""#]
            ),
            (
                "state-values",
                [
                    #"3: state.path: must not be empty; expected the path of a file, or ":memory:""#,
                    "4: state.retention: 23h is out of range; expected 1d to 3650d",
                ]
            ),
            (
                "state-types",
                [
                    #"3: state.path: expected the path of a file, or ":memory:", found a list"#,
                    "4: state.retention: expected a duration as Prometheus writes it, such as 30s, 5m, 26h or 1d, "
                        + "found 400",
                ]
            ),
        ])
    func mistakes(file: String, problems: [String]) throws {
        #expect(try Testdata.problems(file) == problems.map { "\(file).yml:\($0)" })
    }

    @Test("every way to have no secret for webhooks names its line")
    func webhookSecrets() throws {
        for (file, start) in [
            ("webhook-empty", "3: accounts[0].webhook: expected token_file (a path) or token_env"),
            ("webhook-both", "5: accounts[0].webhook.token_env: token_file is set too; keep one of the two"),
            ("webhook-unset", "3: accounts[0].webhook.token_env: environment variable NOBODY is not set"),
            ("webhook-missing", "3: accounts[0].webhook.token_file: token file ${dir}/no-such-token does not exist"),
            ("webhook-token-in-place", "3: accounts[0].webhook: expected a mapping with the keys token_file"),
            ("unknown-key-webhook", "4: accounts[0].webhook.token: unknown key; known here: token_file, token_env"),
        ] {
            let first = try Testdata.problems(file).first
            #expect(first?.hasPrefix("\(file).yml:\(start)") == true, "\(first ?? "none")")
        }
    }

    @Test("a secret that stands in the file itself is not repeated")
    func misplacedSecret() throws {
        for file in ["unknown-key-webhook", "webhook-token-in-place"] {
            #expect(try !Testdata.problems(file).joined().contains("s3cret"), "\(file)")
        }
    }
}
