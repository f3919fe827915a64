import Testing

@testable import Northflank

@Suite struct TokenPermissionTests {
    private static let needed = [TokenPermission.readAddons, .listProjects]

    private static func missing(_ all: [String]) -> [String] {
        TokenPermission.missing(needed, of: all.map(TokenPermission.init)).map(\.text)
    }

    @Test(
        "a permission by its words, however they are divided",
        arguments: [
            "Project > Addons > General > Read", "Addons > General > Read", "project:addons:general:read",
            "addons.general.read", "projectAddonsGeneralRead", "PROJECT_ADDONS_GENERAL_READ", " addons/general/read ",
        ])
    func spellings(text: String) {
        #expect(TokenPermission(text) == .readAddons)
        #expect(Self.missing([text]) == ["Project > Projects > Manage > Read"])
        #expect(!TokenPermission(text).isWriting)
    }

    @Test("projects keep their own name where the scope is left out")
    func projects() {
        #expect(TokenPermission("Projects > Manage > Read") == .listProjects)
        #expect(TokenPermission("Projects > Manage > Read") != TokenPermission("Manage > Read"))
    }

    @Test("what is missing, if that can be told")
    func missing() {
        #expect(Self.missing(["Project > Addons > General > Read", "Project > Projects > Manage > Read"]) == [])
        #expect(
            Self.missing(["Project > Services > General > Read"]) == [
                "Project > Addons > General > Read", "Project > Projects > Manage > Read",
            ])
        #expect(Self.missing(["Project > Addons > General > Update", "odd"]).count == 2)
        for unknown in [[], ["odd"], ["7f3a", ""], ["addons:read"], ["a > b > see"], ["a > b > read", "Project > *"]] {
            #expect(Self.missing(unknown) == [], "\(unknown)")
        }
    }

    @Test(
        "what may write, by its last word",
        arguments: [
            ("Project > Addons > General > Create", true), ("project:addons:general:delete", true),
            ("Project > Projects > Manage", true), ("addons:readWrite", true), ("*", true), ("Project > *", true),
            ("Project > Projects > Manage > Read", false),
            ("Project > Addons > Deployment > View Instance Logs", false),
            ("", false), (">", false),
        ])
    func writing(text: String, isWriting: Bool) { #expect(TokenPermission(text).isWriting == isWriting) }
}
