import Backups
import Testing

@testable import Settings

/// The names of Northflank's own clients.
@Suite struct VariableAliasTests {
    private static func account(_ environment: [String: String]) throws -> AccountConfiguration {
        try #require(Configuration(environment: environment).accounts.first)
    }

    private static func problems(_ environment: [String: String], _ checks: ReferenceChecks = .none) -> [String] {
        do throws(ConfigurationError) {
            _ = try Configuration(environment: environment, checks: checks)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }

    @Test(
        "the short name of the token counts if no other place of it is set",
        arguments: [
            (["NF_API_TOKEN": "t"], .environment("NF_API_TOKEN")),
            (["NF_API_TOKEN": "t", "NORTHFLANK_API_TOKEN": ""], .environment("NF_API_TOKEN")),
            (["NF_API_TOKEN": "t", "NORTHFLANK_API_TOKEN": "u"], .environment("NORTHFLANK_API_TOKEN")),
            (["NF_API_TOKEN": "t", "NORTHFLANK_API_TOKEN_FILE": "/f"], .file("/f")),
        ] as [([String: String], TokenReference)])
    func token(environment: [String: String], reference: TokenReference) throws {
        #expect(try Self.account(environment).token == reference)
    }

    @Test(
        "the long name of the host counts first, and a host without a scheme is one of https",
        arguments: [
            (["NF_HOST": "api.test"], "https://api.test", "NF_HOST"),
            (["NF_HOST": "https://api.test/v1/"], "https://api.test", "NF_HOST"),
            (["NF_HOST": "http://127.0.0.1:8080"], "http://127.0.0.1:8080", "NF_HOST"),
            (["NF_HOST": "127.0.0.1:8080"], "https://127.0.0.1:8080", "NF_HOST"),
            (["NF_HOST": "a.test", "NF_API_HOST": "b.test/"], "https://b.test", "NF_API_HOST"),
            (["NF_HOST": "a.test", "NF_API_HOST": ""], "https://a.test", "NF_HOST"),
            (
                ["NF_HOST": "a.test", "NF_API_HOST": "b.test", "NORTHFLANK_API_BASE_URL": "c.test"],
                "https://c.test", "NORTHFLANK_API_BASE_URL"
            ),
            (["NF_HOST": ""], "https://api.northflank.com", nil), ([:], "https://api.northflank.com", nil),
        ] as [([String: String], String, String?)])
    func host(environment: [String: String], url: String, variable: String?) throws {
        let account = try Self.account(environment.merging(["NORTHFLANK_API_TOKEN": "t"]) { $1 })
        #expect(account.baseURL == url)
        #expect(account.baseURLVariable == variable)
    }

    @Test("a mistake names the variable that was used")
    func mistakes() {
        let plain = #""http://api.test": plain http would show the token to the network; use https, "#
        for name in ["NF_API_HOST", "NF_HOST"] {
            #expect(
                Self.problems(["NF_API_TOKEN": "t", name: "http://api.test"]) == [
                    "\(name): \(plain)or set insecure_http: true if you must"
                ])
        }
        let environment = ["NF_API_TOKEN": "two words"]
        #expect(
            Self.problems(environment, .reading(environment: environment)) == [
                "NF_API_TOKEN: environment variable NF_API_TOKEN holds spaces or characters that no token has; "
                    + "expected one token"
            ])
    }

    @Test("check-config says which variables were used")
    func report() throws {
        let configuration = try Configuration(environment: ["NF_API_TOKEN": "t", "NF_HOST": "api.test"])
        #expect(
            CostReport.text(configuration, source: "environment", now: .distantPast).split(separator: "\n")[1]
                == "account default at https://api.test (from NF_HOST), token from \(configuration.accounts[0].token):")
        #expect(configuration.accounts[0].token.description.contains("NF_API_TOKEN"))
    }
}
