import Testing

@testable import Settings

@Suite struct ValueErrorTests {
    private static let duration = "expected a duration as Prometheus writes it, such as 30s, 5m, 26h or 1d"
    private static let concurrency = "poll.concurrency: expected a whole number from 1 to 100"
    private static let share = "poll.budget_share: expected a number above 0 and at most 1, such as 0.5"
    private static let slugRule =
        "ids have letters, digits and hyphens only, as in the address of the page in Northflank"

    @Test(
        "values out of range or of the wrong form",
        arguments: [
            ("duration-bad", [#"3: poll.interval: \#(duration), found "5 minutes""#]),
            ("duration-no-unit", ["3: poll.interval: \(duration), found 300"]),
            ("duration-list", ["3: poll.interval: \(duration), found a list"]),
            (
                "duration-out-of-range",
                [
                    "3: poll.interval: 2d is out of range; expected 1s to 1d",
                    "3: poll.timeout: 1ms is out of range; expected 1s to 10m",
                ]
            ),
            (
                "discovery-interval-out-of-range",
                ["3: accounts[0].discovery.interval: 5s is out of range; expected 10s to 1d"]
            ),
            ("concurrency-bad", ["3: \(concurrency), found 0"]),
            ("concurrency-fraction", ["3: \(concurrency), found 1.5"]),
            ("concurrency-text", [#"3: \#(concurrency), found "8""#]),
            ("share-zero", ["3: \(share), found 0"]),
            ("share-too-much", ["3: \(share), found 1.01"]),
            ("share-percent", [#"3: \#(share), found "50%""#]),
            ("share-nan", [#"3: \#(share), found ".nan""#]),
            (
                "types-empty",
                ["3: accounts[0].discovery.types: expected at least one type; leave the key out for all"]
            ),
            (
                "ca-missing",
                [
                    "3: accounts[0].ca_file: ${dir}/no-such-ca.pem cannot be read; "
                        + "expected a PEM file with certificate authorities"
                ]
            ),
        ])
    func values(file: String, problems: [String]) throws {
        #expect(try Testdata.problems(file) == problems.map { "\(file).yml:\($0)" })
    }

    @Test("an id is distinguished from a display name")
    func slugs() throws {
        let problems = try Testdata.problems("slug-bad")
        #expect(problems.contains(#"slug-bad.yml:3: accounts[0].team: "Acme Team" is not an id: \#(Self.slugRule)"#))
        #expect(
            problems.contains(
                #"slug-bad.yml:5: accounts[0].addons[0].project: "shop/1" is not an id: \#(Self.slugRule)"#))
    }

    @Test("an addon needs a project, and the other way round")
    func incomplete() throws {
        let rest = "is missing; expected {project: …, addon: …} with the ids of both"
        let problems = try Testdata.problems("addon-incomplete")
        #expect(problems.contains("addon-incomplete.yml:4: accounts[0].addons[0]: addon \(rest)"))
        #expect(problems.contains("addon-incomplete.yml:5: accounts[0].addons[1]: project \(rest)"))
    }

    @Test(
        "ids have letters, digits and hyphens",
        arguments: [
            ("a", true), ("orders-db", true), ("A1-", true), ("-", true), ("", false), ("a b", false), ("a/b", false),
            ("a_b", false), ("a.b", false), ("é", false), ("a\n", false), ("１", false), ("..", false),
        ])
    func slug(text: String, isValid: Bool) {
        #expect(Slug.isValid(text) == isValid)
    }
}
