import Testing

@testable import Settings

@Suite struct WrongTypeTests {
    private static let accountKeys =
        "name, base_url, token_file, token_env, team, ca_file, insecure_http, addons, discovery, policies, objective, "
        + "restores, webhook"
    private static let quotes = "(in quotes, or YAML takes it for something else)"

    @Test(
        "the message about a wrong type names the expected and the found type",
        arguments: [
            ("wrong-type-root", "1: expected a mapping with the keys accounts, poll, state, found a list"),
            ("wrong-type-accounts", "2: accounts: expected a list, found a mapping"),
            (
                "wrong-type-account",
                #"2: accounts[0]: expected a mapping with the keys \#(accountKeys), found "acme""#
            ),
            ("wrong-type-name", "3: accounts[0].name: expected a text \(quotes), found 7"),
            (
                "wrong-type-token",
                "2: accounts[0].token_file: expected the path of a file that holds the token, found a list"
            ),
            ("wrong-type-team", #"3: accounts[0].team: expected an id such as "orders-db" \#(quotes), found true"#),
            ("wrong-type-insecure", "3: accounts[0].insecure_http: expected true or false, found 1"),
            ("wrong-type-enabled", #"4: accounts[0].discovery.enabled: expected true or false, found "yes""#),
            ("wrong-type-yes", #"4: accounts[0].discovery.enabled: expected true or false, found "yes""#),
            ("wrong-type-include", #"5: accounts[0].discovery.addons.include: expected a list, found "*""#),
            (
                "wrong-type-poll",
                "3: poll: expected a mapping with the keys interval, timeout, concurrency, budget_share, sentinel, slots, "
                    + #"found "5m""#
            ),
        ])
    func wrongType(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test("each entry of a list is judged for itself")
    func entries() throws {
        let place = "wrong-type-types.yml:4: accounts[0].discovery.types"
        #expect(
            try Testdata.problems("wrong-type-types") == [
                "\(place)[1]: expected a text \(Self.quotes), found 5", "\(place)[2]: expected a text, found nothing",
            ])
    }

    @Test("an empty value is none")
    func emptyValue() throws {
        #expect(
            try Testdata.problems("empty-value") == [
                "empty-value.yml:3: accounts[0].name: must not be empty; expected a text",
                #"empty-value.yml:4: accounts[0].team: expected an id such as "orders-db", found nothing"#,
            ])
    }

    @Test(
        "a list of addons that cannot be read is reported",
        arguments: [
            ("wrong-type-addons", #"3: accounts[0].addons: expected a list, found "orders-db""#),
            (
                "wrong-type-addon",
                "4: accounts[0].addons[0]: expected a mapping with the keys project, addon, max_age, grace, sizes_since, "
                    + #"found "orders-db""#
            ),
            (
                "wrong-type-discovery",
                "3: accounts[0].discovery: expected a mapping with the keys enabled, interval, gone_for, projects, addons, types, tags, "
                    + "found true"
            ),
        ])
    func targets(file: String, problem: String) throws {
        #expect(try Testdata.problems(file).contains("\(file).yml:\(problem)"))
    }
}
