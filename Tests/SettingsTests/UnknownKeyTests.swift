import Testing

@testable import Settings

/// A key that nobody reads is a mistake that nobody sees: it is refused wherever it stands.
@Suite struct UnknownKeyTests {
    private static let accountKeys =
        "known here: name, base_url, token_file, token_env, team, ca_file, insecure_http, addons, discovery, "
        + "policies, objective, restores, webhook"

    @Test(
        "unknown keys, with the one that was probably meant",
        arguments: [
            (
                "unknown-key-root",
                #"1: acounts: unknown key; did you mean "accounts"? known here: accounts, poll, state"#
            ),
            ("unknown-key-far", "3: webhooks: unknown key; known here: accounts, poll, state"),
            ("unknown-key-account", #"3: accounts[0].teem: unknown key; did you mean "team"? \#(accountKeys)"#),
            ("unknown-key-token", "3: accounts[0].token: unknown key; \(accountKeys)"),
            (
                "unknown-key-addon",
                #"6: accounts[0].addons[0].adon: unknown key; did you mean "addon"? "#
                    + "known here: project, addon, max_age, grace, sizes_since"
            ),
            (
                "unknown-key-discovery",
                #"4: accounts[0].discovery.enable: unknown key; did you mean "enabled"? "#
                    + "known here: enabled, interval, gone_for, projects, addons, types, tags"
            ),
            (
                "unknown-key-filter",
                #"5: accounts[0].discovery.projects.includes: unknown key; did you mean "include"? "#
                    + "known here: include, exclude"
            ),
            (
                "unknown-key-poll",
                #"4: poll.intervall: unknown key; did you mean "interval"? "#
                    + "known here: interval, timeout, concurrency, budget_share, sentinel, slots"
            ),
        ])
    func unknown(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test("a token in the file itself is not repeated in the message")
    func tokenInFile() throws {
        #expect(try !Testdata.problems("unknown-key-token").joined().contains("s3cret"))
    }

    @Test(
        "a suggestion is at most two letters away, the nearest first",
        arguments: [
            ("name", "name"), ("nam", "name"), ("nmae", "name"), ("names", "name"), ("n", nil), ("", nil),
            ("tokenfile", "token_file"), ("token-env", "token_env"), ("token", nil), ("teams", "team"), ("😀", nil),
        ] as [(String, String?)])
    func nearest(word: String, meant: String?) {
        let keys = ["name", "token_file", "token_env", "team"]
        #expect(EditDistance.nearest(to: word, in: keys) == meant)
    }

    @Test("without candidates there is no suggestion")
    func noCandidates() {
        #expect(EditDistance.nearest(to: "a", in: []) == nil)
    }
}
