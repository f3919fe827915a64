import Testing

@testable import Settings

/// Whoever writes a configuration wants to hear of all mistakes at once, and of nothing else.
@Suite struct SeveralProblemsTests {
    /// The places and keys of a file's problems.
    private static func places(_ file: String) throws -> [String] {
        try Testdata.problems(file).map { problem in
            problem.split(separator: ": ").prefix(2).joined(separator: ": ").replacing("\(file).yml:", with: "")
        }
    }

    @Test("an account without a token is read to its end all the same")
    func allOfSeveral() throws {
        let places = try Self.places("several")
        #expect(
            places == [
                "2: poll.interval", "4: accounts[0]", "4: accounts[0].name", "5: accounts[0].base_url",
                "6: accounts[0].colour", "9: accounts[0].addons[1]", "10: accounts[1].token_env",
                "11: accounts[1].team", "12: accounts[2]", "14: accounts[2].discovery.interval", "15: extra",
            ])
    }

    @Test(
        "an account whose addons cannot be read is not reported as empty as well",
        arguments: [
            ("wrong-type-addons", ["3: accounts[0].addons"]),
            ("wrong-type-addon", ["4: accounts[0].addons[0]"]),
            ("wrong-type-discovery", ["3: accounts[0].discovery"]),
            ("addon-incomplete", ["4: accounts[0].addons[0]", "5: accounts[0].addons[1]"]),
            ("slug-bad", ["3: accounts[0].team", "5: accounts[0].addons[0].project"]),
        ])
    func noConsequences(file: String, places: [String]) throws {
        #expect(try Self.places(file) == places)
    }

    @Test("a second document in the file is an error")
    func twoDocuments() throws {
        #expect(
            try Testdata.problems("two-documents") == [
                "two-documents.yml:4: not valid YAML: a second document; expected one"
            ])
    }
}
