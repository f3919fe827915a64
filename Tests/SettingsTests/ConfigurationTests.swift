import Testing

@testable import Settings

@Suite struct ConfigurationTests {
    private static func target(_ addon: String, _ place: String) -> Target {
        var target = Target(project: "shop", addon: addon)
        target.place = place
        return target
    }

    @Test("a file with everything in it")
    func full() throws {
        var acme = AccountConfiguration(token: .file("\(Testdata.directory)/token"))
        acme.name = "acme"
        acme.baseURL = "https://api.eu.example.com"
        acme.team = "acme-team"
        acme.caFile = "\(Testdata.directory)/ca.pem"
        acme.places = ["base_url": "good-full.yml:3", "team": "good-full.yml:5"]
        acme.addons = [
            Self.target("orders-db", "good-full.yml:8"), Self.target("cache-1", "good-full.yml:9"),
        ]
        acme.discovery.enabled = true
        acme.discovery.interval = .seconds(600)
        acme.discovery.projects = GlobFilter(include: ["shop*", "blog"], exclude: ["sandbox-*"])
        acme.discovery.addons = GlobFilter(include: ["*"], exclude: ["test-*"])
        acme.discovery.types = ["postgresql", "mongodb"]
        var other = AccountConfiguration(token: .environment("TOKEN"))
        other.name = "other"
        other.baseURL = "http://intra.example.com:8080"
        other.places = ["base_url": "good-full.yml:19"]
        other.insecureHTTP = true
        other.discovery.enabled = true
        var poll = PollConfiguration()
        poll.interval = .seconds(5400)
        poll.timeout = .seconds(20)
        poll.concurrency = 4
        poll.budgetShare = 0.25
        #expect(try Testdata.configuration("good-full") == Configuration(accounts: [acme, other], poll: poll))
    }

    @Test("a token is enough: everything is discovered")
    func minimal() throws {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.discovery.enabled = true
        let configuration = try Testdata.configuration("good-minimal")
        #expect(configuration == Configuration(accounts: [account]))
        #expect(configuration.accounts[0].name == "default")
        #expect(configuration.accounts[0].baseURL == "https://api.northflank.com")
        #expect(configuration.poll.interval == .seconds(300))
        #expect(configuration.poll.timeout == .seconds(30))
        #expect(configuration.poll.concurrency == 8)
        #expect(configuration.poll.budgetShare == 0.5)
        #expect(configuration.accounts[0].discovery.interval == .seconds(600))
    }

    @Test("listed addons switch discovery off, unless it is enabled explicitly")
    func listed() throws {
        var account = AccountConfiguration(token: .environment("TOKEN"))
        account.addons = [Self.target("orders-db", "good-listed.yml:3")]
        #expect(try Testdata.configuration("good-listed") == Configuration(accounts: [account]))
    }

    @Test("a section on discovery switches it on, beside listed addons too")
    func configuredDiscovery() throws {
        for (discovery, isEnabled) in [("{interval: 1h}", true), ("{interval: 1h, enabled: false}", false)] {
            let account = "{token_env: T, addons: [{project: shop, addon: db}], discovery: \(discovery)}"
            let configuration = try Configuration(yaml: "accounts: [\(account)]", file: "x.yml")
            #expect(configuration.accounts.map(\.discovery.enabled) == [isEnabled])
            #expect(configuration.accounts.map(\.discovery.interval) == [.seconds(3600)])
        }
    }

    @Test("plain HTTP to this machine is fine")
    func loopback() throws {
        #expect(
            try Testdata.configuration("good-loopback").accounts.map(\.baseURL) == [
                "http://127.0.0.1:8080", "http://[::1]:8080", "http://localhost/prefix",
            ])
    }

    @Test("without checks, tokens and files are not read")
    func withoutChecks() throws {
        for name in ["token-file-missing", "token-env-unset", "ca-missing"] {
            let yaml = try Testdata.read(name)
            #expect(throws: Never.self) { try Configuration(yaml: yaml, file: "x.yml") }
        }
    }

    @Test("problems are written as file, line, key, message; missing parts are left out")
    func descriptions() {
        let error = ConfigurationError([
            ConfigurationProblem(file: "a.yml", line: 3, key: "poll", message: "is wrong"),
            ConfigurationProblem(file: "a.yml", key: "", message: "is empty"),
            ConfigurationProblem(key: "NORTHFLANK_TEAM", message: "is wrong"),
        ])
        #expect("\(error)" == "a.yml:3: poll: is wrong\na.yml: is empty\nNORTHFLANK_TEAM: is wrong")
    }

    @Test("the description of a token has its place, not its value")
    func references() {
        #expect("\(TokenReference.file("/a"))" == "file /a")
        #expect("\(TokenReference.environment("A"))" == "environment variable A")
    }
}
