import Testing

@testable import Settings

@Suite struct StructureErrorTests {
    @Test(
        "a file without anything in it",
        arguments: [
            ("empty", #" the file is empty; expected a list "accounts""#),
            ("only-comment", #" the file is empty; expected a list "accounts""#),
            ("only-marker", "2: expected a mapping with the keys accounts, poll, state, found nothing"),
            ("no-accounts", "1: accounts: missing; expected a list with at least one account"),
            ("empty-accounts", "1: accounts: expected at least one account"),
        ])
    func nothing(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test(
        "a file that is not YAML, in libyaml's words",
        arguments: [
            ("not-yaml", "2: not valid YAML: did not find expected node content"),
            ("not-yaml-tab", "2: not valid YAML: found character that cannot start any token"),
            ("not-yaml-colon", "2: not valid YAML: mapping values are not allowed in this context"),
            ("not-yaml-control", "1: not valid YAML: control characters are not allowed"),
            ("alias-unknown", "1: not valid YAML: found undefined alias"),
            ("alias-bomb", "1: not valid YAML: nested too deeply, or aliases that multiply"),
            ("alias-loop", "1: not valid YAML: nested too deeply, or aliases that multiply"),
        ])
    func notYAML(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test(
        "duplicate keys and names",
        arguments: [
            ("duplicate-key", "4: accounts[0].name: this key is there twice; keep one"),
            ("duplicate-key-root", "4: poll: this key is there twice; keep one"),
            ("duplicate-addon", "6: accounts[0].addons[2]: shop/db is already listed on line 4; remove one of the two"),
            (
                "duplicate-account",
                #"6: accounts[2]: a second account named "acme"; give each account a name of its own"#
            ),
            (
                "duplicate-unnamed-account",
                #"3: accounts[1]: a second account named "default"; give each account a name of its own"#
            ),
        ])
    func twice(file: String, problem: String) throws {
        #expect(try Testdata.problems(file) == ["\(file).yml:\(problem)"])
    }

    @Test(
        "an account without addons and discovery",
        arguments: ["watches-nothing", "watches-nothing-off"])
    func watchesNothing(file: String) throws {
        #expect(
            try Testdata.problems(file) == [
                "\(file).yml:2: accounts[0]: watches nothing: list addons, or set discovery.enabled to true"
            ])
    }

    @Test("all problems at once, in the order of the file")
    func order() throws {
        let problems = try Testdata.problems("several-poll-last")
        #expect(problems.count == 2)
        #expect(problems.first?.hasPrefix("several-poll-last.yml:3: accounts[0].team: ") == true)
        #expect(problems.last?.hasPrefix("several-poll-last.yml:5: poll.interval: ") == true)
    }

    @Test("every bad test file is refused with its name and, except for empty files, a line")
    func allBad() throws {
        let names = try Testdata.names
        #expect(names.count > 70)
        for name in names where !name.hasPrefix("good-") && name != "two-documents" {
            let problems = try Testdata.problems(name)
            #expect(!problems.isEmpty, "\(name)")
            for problem in problems {
                let isEmpty = name == "empty" || name == "only-comment"
                #expect(problem.wholeMatch(of: isEmpty ? /.+\.yml: .+/ : /.+\.yml:[0-9]+: .+/) != nil, "\(problem)")
            }
        }
    }
}
