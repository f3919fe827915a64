import Testing

@testable import Settings

@Suite struct EnvironmentTests {
    private static func problems(_ environment: [String: String]) -> [String] {
        do throws(ConfigurationError) {
            _ = try Configuration(environment: environment)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test("a token is enough; empty variables count as unset")
    func minimal() throws {
        var account = AccountConfiguration(token: .environment("NORTHFLANK_API_TOKEN"))
        account.discovery.enabled = true
        let environment = [
            "NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_API_TOKEN_FILE": "", "NORTHFLANK_API_BASE_URL": "",
            "NORTHFLANK_TEAM": "", "NORTHFLANK_ADDONS": "", "OTHER": "x",
        ]
        #expect(try Configuration(environment: environment) == Configuration(accounts: [account]))
    }

    @Test("everything that can be set")
    func full() throws {
        var account = AccountConfiguration(token: .file("/run/token"))
        account.baseURL = "http://127.0.0.1:8080"
        account.baseURLVariable = "NORTHFLANK_API_BASE_URL"
        account.team = "acme"
        account.addons = [Target(project: "shop", addon: "orders-db"), Target(project: "blog", addon: "db")]
        let environment = [
            "NORTHFLANK_API_TOKEN_FILE": "/run/token", "NORTHFLANK_API_BASE_URL": "http://127.0.0.1:8080/v1/",
            "NORTHFLANK_TEAM": "acme", "NORTHFLANK_ADDONS": " shop/orders-db , blog/db,",
        ]
        #expect(try Configuration(environment: environment) == Configuration(accounts: [account]))
    }

    @Test(
        "one mistake each",
        arguments: [
            (
                [:],
                "NORTHFLANK_API_TOKEN: not set; set it or NORTHFLANK_API_TOKEN_FILE, "
                    + "or name a file with --config.file"
            ),
            (
                ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_API_TOKEN_FILE": "/f"],
                "NORTHFLANK_API_TOKEN_FILE: NORTHFLANK_API_TOKEN is set too; keep one of the two"
            ),
            (
                ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_API_BASE_URL": "http://api.test"],
                #"NORTHFLANK_API_BASE_URL: "http://api.test": plain http would show the token to the network; "#
                    + "use https, or set insecure_http: true if you must"
            ),
            (
                ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_TEAM": "Acme Team"],
                #"NORTHFLANK_TEAM: "Acme Team" is not an id: ids have letters, digits and hyphens only, "#
                    + "as in the address of the page in Northflank"
            ),
            (
                ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_ADDONS": "shop/db,shop/db"],
                "NORTHFLANK_ADDONS: shop/db is listed twice"
            ),
        ] as [([String: String], String)])
    func mistakes(environment: [String: String], problem: String) {
        #expect(Self.problems(environment) == [problem])
    }

    @Test("objective, zone, webhooks and the history's place can be set, too")
    func protection() throws {
        var account = AccountConfiguration(token: .environment("NORTHFLANK_API_TOKEN"))
        account.discovery.enabled = true
        account.objective.maxAge = .seconds(93_600)
        account.objective.sources[.maxAge] = DecisionSource(key: "NORTHFLANK_MAX_AGE")
        account.objective.timeZone = "Europe/Berlin"
        account.webhookToken = .environment("NORTHFLANK_WEBHOOK_TOKEN")
        var state = StateConfiguration()
        state.path = "/var/lib/exporter/history.sqlite"
        var environment = [
            "NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_MAX_AGE": "26h", "NORTHFLANK_TIME_ZONE": "Europe/Berlin",
            "NORTHFLANK_WEBHOOK_TOKEN": "w", "NORTHFLANK_STATE_PATH": "/var/lib/exporter/history.sqlite",
        ]
        #expect(try Configuration(environment: environment) == Configuration(accounts: [account], state: state))
        environment["NORTHFLANK_WEBHOOK_TOKEN"] = ""
        environment["NORTHFLANK_WEBHOOK_TOKEN_FILE"] = "/run/webhook"
        account.webhookToken = .file("/run/webhook")
        #expect(try Configuration(environment: environment) == Configuration(accounts: [account], state: state))
    }

    @Test(
        "one mistake in each of these",
        arguments: [
            ("NORTHFLANK_MAX_AGE", "59s"), ("NORTHFLANK_MAX_AGE", "26"), ("NORTHFLANK_MAX_AGE", "soon"),
            ("NORTHFLANK_MAX_AGE", "9223372036854775807ms"),
        ])
    func maxAge(variable: String, value: String) {
        let problems = Self.problems(["NORTHFLANK_API_TOKEN": "t", variable: value])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(variable): \"\(value)\": expected a duration") == true)
    }

    @Test("an unknown zone, and a secret that is given twice or cannot be read")
    func protectionMistakes() {
        #expect(
            Self.problems(["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_TIME_ZONE": "Berlin"]) == [
                #"NORTHFLANK_TIME_ZONE: "Berlin" is not a known time zone; "#
                    + #"expected auto, or a name such as "Europe/Berlin" or "UTC""#
            ])
        #expect(
            Self.problems([
                "NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_WEBHOOK_TOKEN": "s3cret",
                "NORTHFLANK_WEBHOOK_TOKEN_FILE": "/f",
            ]) == ["NORTHFLANK_WEBHOOK_TOKEN_FILE: NORTHFLANK_WEBHOOK_TOKEN is set too; keep one of the two"])
        let loader = ConfigurationLoader(
            file: nil, environment: ["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_WEBHOOK_TOKEN_FILE": "/nonexistent"])
        let error = #expect(throws: ConfigurationError.self) { try loader.load() }
        #expect(
            error?.problems.map(\.description) == [
                "NORTHFLANK_WEBHOOK_TOKEN_FILE: token file /nonexistent does not exist; "
                    + "check the path and its permissions"
            ])
    }

    @Test(
        "not an addon", arguments: ["orders-db", "shop/", "/db", "a/b/c", "sh op/db", "shop/db;x/y", "/"])
    func addons(entry: String) {
        #expect(
            Self.problems(["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_ADDONS": "shop/cache,\(entry)"]) == [
                #"NORTHFLANK_ADDONS: "\#(entry)": expected project/addon,project/addon; "#
                    + "ids have letters, digits and hyphens only, as in the address of the page in Northflank"
            ])
    }

    @Test("all mistakes at once, and no token in any of them")
    func several() {
        let problems = Self.problems([
            "NORTHFLANK_API_TOKEN": "s3cret", "NORTHFLANK_API_TOKEN_FILE": "/f", "NORTHFLANK_API_BASE_URL": "x y",
            "NORTHFLANK_TEAM": "?", "NORTHFLANK_ADDONS": "a,b",
        ])
        #expect(problems.count == 5)
        #expect(!problems.joined().contains("s3cret"))
    }

    @Test("a list of addons without any is a mistake, not an exporter that watches nothing")
    func emptyList() {
        #expect(
            Self.problems(["NORTHFLANK_API_TOKEN": "t", "NORTHFLANK_ADDONS": ","]) == [
                "NORTHFLANK_ADDONS: names no addon; expected project/addon,project/addon, or unset to discover all"
            ])
    }
}
